import type { Point, World } from '../../../simulator/index.js';
import type { Cluster } from '../../../topology/index.js';
import { regionsOf } from '../replications.js';
import { connected } from '../simulation/index.js';

/** Where the provider runs what belongs to the cluster beside its nodes: every zone of its Region, else where its nodes stand. */
export function presence(world: World, cluster: Cluster): readonly Point[] {
    const zones = [...regionsOf(world.topology, cluster)].flatMap((region) => world.topology.regions[region]!.zones);
    return zones.length > 0 ? zones.map((zone) => world.providerIn(zone)) : cluster.members.map(({ node }) => node);
}

/** Whether something at one of the points can talk to something at one of the others. */
export function anyConnected(world: World, some: readonly Point[], others: readonly Point[]): boolean {
    const living = others.filter((point) => world.hasPower(point));
    return some.some((one) => world.hasPower(one) && living.some((other) => connected(world, one, other)));
}
