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
    const tenants = topology.clusters.filter(({ members }) => members.some((member) => member.node === node));
    return !isAlive(state, node) && !dark && tenants.length === 1;
}
