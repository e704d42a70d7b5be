/** How fast pods are taken off failed nodes, which depends on how many nodes of a zone failed. */
import type { NodeId, Topology } from '../../topology/index.js';
import type { EvictionConfig } from './config.js';

/** `partial`: so many nodes are away that the fault may lie with whoever watches them. */
type ZoneState = 'normal' | 'partial' | 'full';

/** A zone with fewer nodes that are not ready is never unhealthy (nodelifecycle: ComputeZoneState). */
const FEWEST_NOT_READY = 3;

/** Nodes a second that may be tainted in each zone, by the zone's id; nodes outside all zones count as one of -1. */
export function evictionRates(
    topology: Topology,
    nodes: readonly NodeId[],
    isReady: (node: NodeId) => boolean,
    config: EvictionConfig,
): ReadonlyMap<number, number> {
    const zones = new Map<number, { readonly state: ZoneState; readonly size: number }>();
    for (const zone of new Set(nodes.map((node) => zoneOf(topology, node)))) {
        const own = nodes.filter((node) => zoneOf(topology, node) === zone);
        const state = zoneState(own.length, own.filter((node) => !isReady(node)).length, config);
        zones.set(zone, { state, size: own.length });
    }
    const allFull = [...zones.values()].every(({ state }) => state === 'full');
    return new Map([...zones].map(([zone, { state, size }]) => [zone, allFull ? 0 : rateOf(state, size, config)]));
}

export function zoneOf(topology: Topology, node: NodeId): number {
    return topology.nodes[node]!.zone ?? -1;
}

function zoneState(nodes: number, notReady: number, { unhealthyShare }: EvictionConfig): ZoneState {
    if (notReady === nodes) {
        return 'full';
    }
    return notReady >= FEWEST_NOT_READY && notReady / nodes >= unhealthyShare ? 'partial' : 'normal';
}

/** Nodes of a zone that may be found not ready before it counts as unhealthy. */
export function mostBeforeUnhealthy(nodes: number, { unhealthyShare }: EvictionConfig): number {
    return Math.max(FEWEST_NOT_READY, Math.ceil(nodes * unhealthyShare)) - 1;
}

/** The documentation speaks of the cluster's nodes; the source counts those of the zone (setLimiterInZone, ReducedQPSFunc). */
function rateOf(state: ZoneState, zoneNodes: number, config: EvictionConfig): number {
    if (state === 'partial') {
        return zoneNodes > config.largeClusterNodes ? config.secondaryRate : 0;
    }
    return config.usualRate;
}
