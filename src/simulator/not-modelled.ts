import type { ClusterId, Fault, Scenario, SourceRange, Step, Topology } from '../topology/index.js';
import { ORDERS, type ClusterBehaviour } from './behaviour.js';
import { concerns } from './concerned.js';

/** A scenario asks for something that the simulator or an engine does not model. The message is for the user. */
export class NotModelledError extends Error {
    constructor(
        message: string,
        readonly source: SourceRange,
    ) {
        super(message);
        this.name = 'NotModelledError';
    }
}

/** Each takes 8 bytes. */
const MOST_RANDOM_ARRIVALS = 20_000_000;

/**
 * Looks at every step before anything runs.
 *
 * @throws NotModelledError for the first step that cannot be simulated truthfully.
 */
export function refuseWhatIsNotModelled(
    topology: Topology,
    scenario: Scenario,
    behaviours: readonly ClusterBehaviour[],
): void {
    for (const { name, arrivals, demands, source } of topology.workloads) {
        const requests = (demands.reduce((sum, { rate }) => sum + rate, 0) * scenario.untilMs) / 1000;
        if (arrivals === 'poisson' && requests > MOST_RANDOM_ARRIVALS) {
            throw new NotModelledError(
                `The workload ${name} would send ${Math.round(requests)} requests at random times, each of which is drawn by ` +
                    `itself; at most ${MOST_RANDOM_ARRIVALS} are. End the scenario earlier, or leave out "arrivals poisson".`,
                source,
            );
        }
    }
    const [first] = notModelled(topology, scenario.steps, behaviours);
    if (first !== undefined) {
        throw first;
    }
}

/** What a run with one of these steps would be refused with, a refusal for each that cannot be simulated truthfully. */
export function notModelled(
    topology: Topology,
    steps: readonly Step[],
    behaviours: readonly ClusterBehaviour[],
): readonly NotModelledError[] {
    return steps.flatMap(({ fault, text, source }) => {
        const reason = refusal(topology, fault, behaviours);
        return reason === undefined ? [] : new NotModelledError(`"${text}" is not modelled${reason}`, source);
    });
}

/** Why the fault cannot be simulated, with what leads to it; undefined if it can. */
function refusal(topology: Topology, fault: Fault, behaviours: readonly ClusterBehaviour[]): string | undefined {
    const lacking = lackingOrder(fault, topology, behaviours);
    if (lacking !== undefined) {
        const behaviour = behaviours[lacking]!;
        const why =
            behaviour.unsupported?.(fault) ??
            behaviour.lacks?.[ORDERS.find((order) => order === fault.kind)!] ??
            'its system has no such order, or it is not simulated yet.';
        return ` for ${topology.clusters[lacking]!.name}: ${why}`;
    }
    for (const { id, name } of topology.clusters.filter((cluster) => concerns(topology, fault, cluster))) {
        const reason = behaviours[id]!.unsupported?.(fault);
        if (reason !== undefined) {
            return ` for ${name}: ${reason}`;
        }
    }
    return undefined;
}

/** The cluster whose behaviour does not take the operator's order, if the fault is one. */
function lackingOrder(
    fault: Fault,
    topology: Topology,
    behaviours: readonly ClusterBehaviour[],
): ClusterId | undefined {
    if (fault.kind === 'promote') {
        return behaviours[fault.cluster]!.promote === undefined ? fault.cluster : undefined;
    }
    if (fault.kind === 'switchover') {
        return behaviours[fault.cluster]!.switchover === undefined ? fault.cluster : undefined;
    }
    if (fault.kind !== 'drain') {
        return undefined;
    }
    const drained = new Set(fault.nodes.flatMap((selector) => (selector.kind === 'node' ? [selector.node] : [])));
    return topology.clusters.find(
        ({ id, members }) => members.some(({ node }) => drained.has(node)) && behaviours[id]!.drain === undefined,
    )?.id;
}
