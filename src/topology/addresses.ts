/** Addresses before several clusters: to whom they lead. */
import type {
    Cluster,
    ClusterId,
    Demand,
    PlaceId,
    Route,
    ShardId,
    SharedAddress,
    Topology,
    Workload,
} from './model.js';
import { shardsOf } from './targets.js';

/** The address that a cluster stands for; undefined for one of its own. */
export function addressOf(topology: Topology, { address }: Pick<Cluster, 'address'>): SharedAddress | undefined {
    return address === undefined ? undefined : topology.addresses[address];
}

/** Whose system a client of the cluster talks to; of an address that of the first cluster behind it. */
export function systemBehind(
    { clusters, addresses }: Pick<Topology, 'clusters' | 'addresses'>,
    id: ClusterId,
): Cluster | undefined {
    const cluster = clusters[id];
    return cluster?.address === undefined ? cluster : clusters[addresses[cluster.address]?.routes[0]?.cluster ?? -1];
}

/** Clusters whose members answer, as opposed to addresses before them. */
export function ownClusters({ clusters }: Pick<Topology, 'clusters'>): readonly Cluster[] {
    return clusters.filter(({ address }) => address === undefined);
}

/** Whom a cluster depends on: what it needs or wants, or what stands behind it if it is an address. */
export function dependenciesOf(topology: Topology, id: ClusterId): readonly ClusterId[] {
    const cluster = topology.clusters[id];
    const routes = cluster === undefined ? undefined : addressOf(topology, cluster)?.routes;
    const targets = [...(cluster?.needs ?? []).map(({ target }) => target), ...(routes ?? [])];
    return targets.flatMap((target) => (target.kind === 'workload' ? [] : [target.cluster]));
}

/**
 * The routes of an address in the order in which a client that stands there is sent to them, by `latency` to what stands in its
 * own region first. How far regions are from each other no file says, so the order of the file decides among the others.
 */
export function routesFrom(topology: Topology, address: SharedAddress, place: PlaceId | undefined): readonly Route[] {
    const { routes, by } = address;
    const region = place?.kind === 'zone' ? topology.zones[place.zone]?.region : place?.region;
    if (by !== 'latency' || region === undefined) {
        return routes;
    }
    const isNear = ({ cluster }: Route): boolean =>
        (topology.clusters[cluster]?.members ?? []).some(({ node }) => topology.nodes[node]?.region === region);
    return [...routes.filter(isNear), ...routes.filter((route) => !isNear(route))];
}

/** A demand on an address as those behind it see it in health: which share of it each is asked for. */
export function demandsBehind(topology: Topology, workload: Workload, demand: Demand): readonly Demand[] {
    const { target } = demand;
    const cluster = target.kind === 'cluster' ? topology.clusters[target.cluster] : undefined;
    const address = cluster && addressOf(topology, cluster);
    if (address === undefined) {
        return [];
    }
    const routes = routesFrom(topology, address, workload.place);
    return routes.map((route, index) => ({
        ...demand,
        target: route,
        rate: address.by === 'weight' ? demand.rate / routes.length : index === 0 ? demand.rate : 0,
    }));
}

/** The shards that may answer in the place of an address's own; none of any other. */
export function shardsBehind(topology: Topology, shard: ShardId): readonly ShardId[] {
    const cluster = topology.clusters[topology.shards[shard]?.cluster ?? -1];
    const address = cluster && addressOf(topology, cluster);
    return (address?.routes ?? []).flatMap((route) => shardsOf(topology, route));
}
