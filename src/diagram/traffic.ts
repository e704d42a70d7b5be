/** The lines from clients to the clusters that they ask, through an address before several of these where they do so. */
import {
    addressOf,
    demandsBehind,
    distinct,
    figure,
    groupedBy,
    listed,
    type Cluster,
    type Demand,
    type SharedAddress,
    type Topology,
    type Workload,
} from '../topology/index.js';
import type { DrawnLink } from './drawing.js';
import { clientId, clusterId } from './ids.js';

/** A demand as one cluster meets it. */
interface Ask {
    readonly demand: Demand;
    readonly cluster: Cluster;
    readonly by?: Way;
}

/** Through an address before several clusters. */
interface Way {
    readonly address: SharedAddress;
    /** Requests per second of the demand that come to this cluster while all are healthy. */
    readonly rate: number;
    /** What the address leads to in the place of this, as it stands in the file. */
    readonly before: readonly string[];
}

export function traffic(topology: Topology): DrawnLink[] {
    return topology.workloads.flatMap((workload) => {
        const asks = workload.demands.flatMap((demand) => asksOf(topology, workload, demand));
        return [...groupedBy(asks, ({ cluster }) => cluster)].map(([cluster, all]) =>
            trafficLink(topology, workload, cluster, all),
        );
    });
}

function asksOf(topology: Topology, workload: Workload, demand: Demand): readonly Ask[] {
    const cluster = demand.target.kind === 'workload' ? undefined : topology.clusters[demand.target.cluster];
    const address = cluster && addressOf(topology, cluster);
    if (cluster === undefined || address === undefined) {
        return cluster === undefined ? [] : [{ demand, cluster }];
    }
    const behind = demandsBehind(topology, workload, demand).flatMap(({ target, rate }) => {
        const found = target.kind === 'workload' ? undefined : topology.clusters[target.cluster];
        return found === undefined ? [] : [{ cluster: found, rate, text: target.text }];
    });
    return [...groupedBy(behind, (each) => each.cluster)].map(([found, shares]) => {
        const first = behind.findIndex((each) => each.cluster === found);
        const rate = shares.reduce((sum, share) => sum + share.rate, 0);
        const before = address.by === 'weight' ? [] : behind.slice(0, first).map(({ text }) => text);
        return { demand, cluster: found, by: { address, rate, before } };
    });
}

function trafficLink(topology: Topology, workload: Workload, cluster: Cluster, asks: readonly Ask[]): DrawnLink {
    const ways = asks.flatMap(({ by }) => by ?? []);
    const isDirect = ways.length < asks.length;
    const seen = distinct(ways.map(({ address }) => address.cluster)).flatMap((id) => topology.clusters[id] ?? []);
    return {
        id: `link:traffic:${clientId(workload)}>${clusterId(cluster)}`,
        label: '',
        source: asks[0]?.demand.source ?? workload.source,
        facts: [
            ...directFacts(workload, cluster, asks),
            ...[...groupedBy(asks, ({ by }) => by?.address)].flatMap(([address, all]) =>
                address === undefined ? [] : [wayFact(workload, cluster, address, all)],
            ),
        ],
        kind: 'traffic',
        from: clientId(workload),
        to: clusterId(cluster),
        count: asks.length,
        asynchronous: false,
        ...(isDirect ? {} : { through: seen.map(clusterId) }),
        ...(!isDirect && ways.every(({ before }) => before.length > 0) && { standby: true as const }),
    };
}

function directFacts({ name }: Workload, cluster: Cluster, asks: readonly Ask[]): string[] {
    const own = asks.filter(({ by }) => by === undefined);
    const rate = own.reduce((sum, { demand }) => sum + demand.rate, 0);
    return own.length === 0 ? [] : [`${name} sends ${figure(rate)} requests/s to ${cluster.name}.`];
}

/** Through one address. */
function wayFact({ name }: Workload, cluster: Cluster, address: SharedAddress, asks: readonly Ask[]): string {
    const total = asks.reduce((sum, { demand }) => sum + demand.rate, 0);
    const here = asks.reduce((sum, { by }) => sum + (by?.rate ?? 0), 0);
    const before = asks[0]?.by?.before ?? [];
    if (before.length > 0) {
        const fail = before.length === 1 ? 'fails its checks' : 'fail their checks';
        return `${cluster.name} stands by for ${name}: ${address.name} leads to it only while ${listed(before)} ${fail}.`;
    }
    const sends = `${name} sends ${figure(total)} requests/s to ${address.name}, which leads`;
    if (address.routes.length === 1) {
        return `${sends} to ${cluster.name}.`;
    }
    return address.by === 'weight'
        ? `${sends} to ${listed(address.routes.map(({ text }) => text))} in turn: ${figure(here)} requests/s come here.`
        : `${sends} to ${cluster.name} while that passes its checks.`;
}
