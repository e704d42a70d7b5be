import type { Member } from '../../topology/index.js';
import type { Placement, PlacementRequest } from '../engine.js';
import { DEFAULT_PRIORITY } from './timers.js';

/** Every member carries the service. First the one that serves first. */
export function place(request: PlacementRequest): Placement {
    const order = succession(request).map((member) => member.node);
    return { kind: 'placed', copies: request.shards.map(() => order) };
}

/** By VRRP priority behind a `vip`, else by the failover order, else as declared. Ties keep the order of declaration. */
function succession({ cluster, members }: PlacementRequest): readonly Member[] {
    if (cluster.endpoints.some((endpoint) => endpoint.kind === 'vip')) {
        return [...members].sort(
            (one, other) => (other.priority ?? DEFAULT_PRIORITY) - (one.priority ?? DEFAULT_PRIORITY),
        );
    }
    const order = cluster.failover?.order ?? [];
    const rank = (member: Member): number => {
        const index = order.indexOf(member.node);
        return index < 0 ? order.length : index;
    };
    return [...members].sort((one, other) => rank(one) - rank(other));
}
