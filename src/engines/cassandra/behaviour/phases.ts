/** Instants that come again and again, such as a node's rounds of gossip. */
import type { World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';

/** The first instant of a rhythm at or after `timeMs`. */
export function nextOf(phaseMs: number, periodMs: number, timeMs: number): number {
    return phaseMs + Math.ceil((timeMs - phaseMs) / periodMs) * periodMs;
}

/** The last instant of a rhythm at or before `timeMs`; it may lie before the start. */
export function lastOf(phaseMs: number, periodMs: number, timeMs: number): number {
    return phaseMs + Math.floor((timeMs - phaseMs) / periodMs) * periodMs;
}

/** When in a period a node does something, drawn once for each purpose. */
export function phaseOf(world: World, node: NodeId, purpose: string, periodMs: number): number {
    return world
        .stream(`${world.cluster.name} ${world.topology.nodes[node]!.name}`, purpose)
        .below(Math.max(1, Math.floor(periodMs)));
}
