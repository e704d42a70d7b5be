/** Where a load balancer stands: no file says it, and what that decides is said with the run. */
import type { Point, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { connected } from '../simulation/index.js';
import type { Balancing } from './balancing.js';

/** Whether the client reaches the balancer, which stands outside all places. */
export function reachesBalancer(world: World, client: Point, front: Balancing, servers: readonly NodeId[]): boolean {
    const reaches = connected(world, client, world.outside);
    if (!reaches && servers.some((node) => connected(world, client, node))) {
        assumeOutside(world, front);
    }
    return reaches;
}

/** To be called when links are different: a balancer among its servers would not reach them on both sides of a partition. */
export function reviewStanding(world: World, front: Balancing, servers: readonly NodeId[]): void {
    const seen = servers.filter((node) => connected(world, world.outside, node));
    if (seen.some((one) => seen.some((other) => !connected(world, one, other)))) {
        assumeOutside(world, front);
    }
}

function assumeOutside(world: World, { address }: Balancing): void {
    const brief = `${address} of ${world.cluster.name} stands outside all places`;
    world.assume({
        brief,
        sentence:
            `${brief}, since no file says where a load balancer stands: whoever is isolated is cut off from it, servers in the same ` +
            'place or not, and it reaches servers on both sides of a partition.',
    });
}
