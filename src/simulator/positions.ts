import type { Topology } from '../topology/index.js';
import { probePoint, providerPoint, workloadPoint } from './demands.js';
import type { Position } from './network.js';

/** Nodes first, then workloads' clients, the probe, and what providers have in the zones, as {@link Point} numbers them. */
export function positions(topology: Topology): Position[] {
    const list: Position[] = topology.nodes.map(({ id, zone, region }) => ({ node: id, zone, region }));
    for (const { id, place } of topology.workloads) {
        list[workloadPoint(topology, id)] =
            place === undefined
                ? {}
                : place.kind === 'zone'
                  ? { zone: place.zone, region: topology.zones[place.zone]!.region }
                  : { region: place.region };
    }
    list[probePoint(topology)] = {};
    for (const { id, region } of topology.zones) {
        list[providerPoint(topology, id)] = { zone: id, region };
    }
    return list;
}
