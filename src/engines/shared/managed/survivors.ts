/** What is left of a cluster that a provider runs, when all of a failure set died at one instant. */
import type { FailureState } from '../../../proof/index.js';
import type { NodeId, Topology } from '../../../topology/index.js';

export function isAlive(state: FailureState, node: NodeId): boolean {
    return state.alive[node] === 1;
}

/** Whether the provider creates the node anew: it died by itself, not with its zone, and its host is this cluster's alone. */
export function isReplaced(topology: Topology, state: FailureState, node: NodeId): boolean {
    const { zone, region } = topology.nodes[node]!;
    const dark = (state.dark ?? []).some((place) =>
        place.kind === 'zone' ? place.zone === zone : place.region === region,
    );
    return !isAlive(state, node) && !dark && tenantsOf(topology).get(node) === 1;
}

/** How many clusters each node belongs to; every failure set asks for it. */
const tenants = new WeakMap<Topology, ReadonlyMap<NodeId, number>>();

function tenantsOf(topology: Topology): ReadonlyMap<NodeId, number> {
    const found = tenants.get(topology);
    if (found !== undefined) {
        return found;
    }
    const counts = new Map<NodeId, number>();
    for (const { members } of topology.clusters) {
        new Set(members.map(({ node }) => node)).forEach((node) => counts.set(node, (counts.get(node) ?? 0) + 1));
    }
    tenants.set(topology, counts);
    return counts;
}
