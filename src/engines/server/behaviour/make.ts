import type { World } from '../../../simulator/index.js';
import { assertNever, type NodeId, type ShardId } from '../../../topology/index.js';
import type { Front } from '../front.js';
import { ActiveBehaviour } from './active.js';
import { BalancerBehaviour } from './balancer.js';
import type { FrontBehaviour } from './front.js';
import { ListBehaviour } from './list.js';
import { VipBehaviour } from './vip.js';

/** The behaviour of one address. Whoever is active behind it leads `service`; undefined: it leads nothing. */
export function frontBehaviour(
    world: World,
    front: Front,
    succession: readonly NodeId[],
    service: ShardId | undefined,
): FrontBehaviour {
    switch (front.kind) {
        case 'vip':
            return new VipBehaviour(world, front, service, succession[0]!);
        case 'balancer':
            return new BalancerBehaviour(world, front, service, succession);
        case 'list':
            return new ListBehaviour(world, succession);
        case 'active':
            return new ActiveBehaviour(world, front, service, succession);
        default:
            return assertNever(front);
    }
}
