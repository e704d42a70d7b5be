import type { NodeId, PlaceId, Topology } from '../topology/index.js';
import { nodeId, regionId, zoneId } from './ids.js';

/** What an element of the drawing that something can be done to stands for in the model. */
export type NamedElement =
    | { readonly kind: 'node'; readonly node: NodeId }
    | { readonly kind: 'place'; readonly place: PlaceId }
    /** A line between two places. */
    | { readonly kind: 'link'; readonly ends: readonly [PlaceId, PlaceId] };

const LINK = /^link:replication:([^>]+)>([^>]+)$/;

/** Undefined for an id that names neither a node nor a place nor a line between two places of this topology. */
export function elementNamed(topology: Topology, id: string): NamedElement | undefined {
    const node = topology.nodes.find((each) => nodeId(each) === id);
    if (node !== undefined) {
        return { kind: 'node', node: node.id };
    }
    const place = placeNamed(topology, id);
    if (place !== undefined) {
        return { kind: 'place', place };
    }
    const [, from = '', to = ''] = LINK.exec(id) ?? [];
    const [one, other] = [placeNamed(topology, from), placeNamed(topology, to)];
    return one === undefined || other === undefined ? undefined : { kind: 'link', ends: [one, other] };
}

function placeNamed({ zones, regions }: Topology, id: string): PlaceId | undefined {
    const zone = zones.find((each) => zoneId(each) === id);
    if (zone !== undefined) {
        return { kind: 'zone', zone: zone.id };
    }
    const region = regions.find((each) => regionId(each) === id);
    return region === undefined ? undefined : { kind: 'region', region: region.id };
}
