import type { Placement, PlacementRequest } from '../engine.js';
import { promotionOrder } from './promotion.js';

/**
 * All instances serve the one volume: the writer first, then the readers as they would be promoted. The six copies of the
 * data stand in the storage of three zones, wherever the instances are.
 */
export function place({ members, settings, shards }: PlacementRequest): Placement {
    const order = promotionOrder(members, settings).map(({ node }) => node);
    return { kind: 'placed', copies: shards.map(() => order) };
}
