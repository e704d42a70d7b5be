/** What a scenario that loses packets takes for granted, and what it cannot decide because the model does not follow them. */
import type { Run } from '../../simulator/index.js';
import { listed, type ClusterId, type Expectation, type Scenario, type Topology } from '../../topology/index.js';
import { clustersBehind } from './concerned.js';
import type { Answer } from './judge.js';

const ASSUMED =
    'assumed that connections send a lost packet again after 200 ms (1 s while they are opened), each time twice as long, so ' +
    'requests and messages come late or too late; that datagrams, such as VRRP adverts, are lost; and that timers which are ' +
    'computed to their deadlines, as heartbeats of a healthy node are, do not feel it.';

/** The first loss of some packets; where all are lost it is a cut, which everything follows. */
function firstLoss({ steps }: Scenario): Scenario['steps'][number] | undefined {
    return steps.find(({ fault }) => fault.kind === 'drop' && fault.share > 0 && fault.share < 1);
}

export function lossNotes(topology: Topology, scenario: Scenario, run: Run): readonly string[] {
    const drop = firstLoss(scenario);
    if (drop === undefined) {
        return [];
    }
    return [
        `'${drop.text}': ${ASSUMED}`,
        ...(run.untouchedByLoss.length === 0
            ? []
            : [
                  `Not modelled: the loss of messages among the nodes of ${names(topology, run.untouchedByLoss)}; only requests to ` +
                      'them feel it, so expectations about them cannot be decided. All of them are lost with `drop 100%`, ' +
                      'which is modelled.',
              ]),
    ];
}

/** The answer as it stands if what was found cannot depend on messages whose loss the model does not follow. */
export function unlessLossDecides(
    topology: Topology,
    scenario: Scenario,
    run: Run,
    expectation: Expectation,
    answer: Answer,
): Answer {
    const lossAtMs = firstLoss(scenario)?.atMs;
    if (answer.status === 'error' || lossAtMs === undefined || askedBefore(expectation, lossAtMs)) {
        return answer;
    }
    const concerned = clustersBehind(topology, expectation);
    const unsure = run.untouchedByLoss.filter((cluster) => concerned.includes(cluster));
    if (unsure.length === 0) {
        return answer;
    }
    const why = `The loss of messages among the nodes of ${names(topology, unsure)} is not modelled, so nobody can tell.`;
    return { status: 'error', actual: `${why} As if they felt nothing: ${answer.actual}` };
}

function askedBefore(expectation: Expectation, lossAtMs: number): boolean {
    const { atMs } =
        expectation.kind === 'service'
            ? { atMs: undefined, ...expectation.outcome }
            : { atMs: undefined, ...expectation };
    return atMs !== undefined && atMs < lossAtMs;
}

function names(topology: Topology, clusters: readonly ClusterId[]): string {
    return listed(clusters.map((cluster) => topology.clusters[cluster]?.name ?? ''));
}
