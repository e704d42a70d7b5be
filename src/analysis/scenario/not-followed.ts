/** What a scenario that loses or delays packets takes for granted, and what it cannot decide because the model does not follow them. */
import type { Run } from '../../simulator/index.js';
import {
    listed,
    setDuration,
    type ClusterId,
    type Expectation,
    type Scenario,
    type Topology,
} from '../../topology/index.js';
import { clustersBehind } from './concerned.js';
import type { Answer } from './judge.js';

const ASSUMED =
    'assumed that connections send a lost packet again after 200 ms (1 s while they are opened), each time twice as long, so ' +
    'requests and messages come late or too late; that datagrams, such as VRRP adverts, are lost; and that timers which are ' +
    'computed to their deadlines, as heartbeats of a healthy node are, do not feel it.';

/** Clusters of which it is not followed what becomes of the messages among their nodes. */
interface Gap {
    readonly clusters: readonly ClusterId[];
    readonly fromMs: number;
    /** What is not modelled, as the beginning of a sentence. */
    readonly what: string;
    /** A sentence on what can be asked instead. */
    readonly instead: string;
}

/** The first loss of some packets; where all are lost it is a cut, which everything follows. */
function firstLoss({ steps }: Scenario): Scenario['steps'][number] | undefined {
    return steps.find(({ fault }) => fault.kind === 'drop' && fault.share > 0 && fault.share < 1);
}

function gapsIn(scenario: Scenario, run: Run): readonly Gap[] {
    const lossAtMs = firstLoss(scenario)?.atMs;
    const delays = [...new Set(run.lateClusters.map(({ fromMs }) => fromMs))];
    return [
        ...(lossAtMs === undefined || run.untouchedByLoss.length === 0
            ? []
            : [
                  {
                      clusters: run.untouchedByLoss,
                      fromMs: lossAtMs,
                      what: 'the loss of messages among the nodes of',
                      instead: 'All of them are lost with `drop 100%`, which is modelled.',
                  },
              ]),
        ...delays.map((fromMs) => ({
            clusters: run.lateClusters.filter((late) => late.fromMs === fromMs).map(({ cluster }) => cluster),
            fromMs,
            what: `messages that come as late as from ${setDuration(fromMs)} on among the nodes of`,
            instead: 'Shorter delays are modelled, and so are `cut` and `isolate`.',
        })),
    ];
}

export function notesOnPackets(topology: Topology, scenario: Scenario, run: Run): readonly string[] {
    const drop = firstLoss(scenario);
    return [
        ...(drop === undefined ? [] : [`'${drop.text}': ${ASSUMED}`]),
        ...gapsIn(scenario, run).map(
            ({ clusters, what, instead }) =>
                `Not modelled: ${what} ${names(topology, clusters)}; only requests to them feel it, so expectations about ` +
                `them cannot be decided. ${instead}`,
        ),
    ];
}

/** The answer as it stands if what was found cannot depend on messages that the model does not follow. */
export function unlessMessagesDecide(
    topology: Topology,
    scenario: Scenario,
    run: Run,
    expectation: Expectation,
    answer: Answer,
): Answer {
    if (answer.status === 'error') {
        return answer;
    }
    const concerned = clustersBehind(topology, expectation);
    for (const { clusters, fromMs, what } of gapsIn(scenario, run)) {
        const unsure = clusters.filter((cluster) => concerned.includes(cluster));
        if (unsure.length > 0 && !askedBefore(expectation, fromMs)) {
            const why = `Not modelled: ${what} ${names(topology, unsure)}, so nobody can tell.`;
            return { status: 'error', actual: `${why} As if they felt nothing: ${answer.actual}` };
        }
    }
    return answer;
}

function askedBefore(expectation: Expectation, fromMs: number): boolean {
    const { atMs } =
        expectation.kind === 'service'
            ? { atMs: undefined, ...expectation.outcome }
            : { atMs: undefined, ...expectation };
    return atMs !== undefined && atMs < fromMs;
}

function names(topology: Topology, clusters: readonly ClusterId[]): string {
    return listed(clusters.map((cluster) => topology.clusters[cluster]?.name ?? ''));
}
