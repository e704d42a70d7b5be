import type { PlaceId, Topology } from '../topology/index.js';
import type { Point } from './behaviour.js';
import { checkerPoint, probePoint, providerPoint, workloadPoint } from './demands.js';
import type { Position } from './network.js';

/** Nodes first, then workloads' clients, the probe, and what providers have in the zones, and what checks for addresses, as {@link Point} numbers them. */
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
    for (const { id } of topology.addresses) {
        list[checkerPoint(topology, id)] = {};
    }
    return list;
}

/** Where a node or the clients of a workload stand; undefined: outside all places. */
export function placeOf(topology: Topology, point: Point): PlaceId | undefined {
    const node = topology.nodes[point];
    if (node === undefined) {
        return topology.workloads[point - topology.nodes.length]?.place;
    }
    if (node.zone !== undefined) {
        return { kind: 'zone', zone: node.zone };
    }
    return node.region === undefined ? undefined : { kind: 'region', region: node.region };
}
