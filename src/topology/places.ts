import type { PlaceId, Topology } from './model.js';

/** Whether the first place is the second or lies in it. What stands nowhere lies in no place. */
export function isWithin(topology: Topology, inner: PlaceId | undefined, outer: PlaceId): boolean {
    if (inner === undefined) {
        return false;
    }
    if (outer.kind === 'zone') {
        return inner.kind === 'zone' && inner.zone === outer.zone;
    }
    const region = inner.kind === 'region' ? inner.region : topology.zones[inner.zone]?.region;
    return region === outer.region;
}
