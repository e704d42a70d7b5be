/** Small topologies built by hand, so that the drawing's tests stand on nothing but the model. */
import type {
    Cluster,
    Demand,
    Endpoint,
    FailoverPolicy,
    Node,
    Shard,
    SourceRange,
    Topology,
    Workload,
    Zone,
} from '../../src/topology/index.js';

let line = 0;

function source(): SourceRange {
    line += 1;
    return { uri: 'file:///example.cluster', start: { line, character: 0 }, end: { line, character: 10 } };
}

export interface ClusterSketch {
    readonly name: string;
    readonly engine: string;
    readonly version?: string;
    /** Names of nodes by the index of their zone; `-1` stands nowhere, `-2` in the first region but in no zone. */
    readonly nodes: readonly { readonly name: string; readonly zone: number; readonly roles?: readonly string[] }[];
    /** Copies by the index of the node in the cluster. */
    readonly shards?: readonly { readonly name: string; readonly copies: readonly number[] }[];
    readonly endpoints?: readonly Pick<Endpoint, 'kind' | 'address'>[];
    readonly failover?: FailoverPolicy['kind'];
    /** Names of clusters. */
    readonly needs?: readonly string[];
}

export interface TopologySketch {
    /** Names of zones by region. */
    readonly regions: Readonly<Record<string, readonly string[]>>;
    readonly clusters: readonly ClusterSketch[];
    readonly workloads?: readonly {
        readonly name: string;
        readonly reads?: readonly string[];
        readonly writes?: readonly string[];
    }[];
    readonly replications?: readonly { readonly from: string; readonly to: string; readonly lagMs?: number }[];
}

export function topologyOf(sketch: TopologySketch): Topology {
    line = 0;
    const zones: Zone[] = [];
    const regions = Object.entries(sketch.regions).map(([name, names], id) => ({
        id,
        name,
        source: source(),
        zones: names.map((zone) => {
            zones.push({
                id: zones.length,
                name: zone,
                region: id,
                qualifiedName: `${name}.${zone}`,
                source: source(),
            });
            return zones.length - 1;
        }),
    }));
    const nodes: Node[] = [];
    const shards: Shard[] = [];
    const indexOf = (name: string): number => sketch.clusters.findIndex((cluster) => cluster.name === name);
    const clusters = sketch.clusters.map((cluster, id) => clusterOf(cluster, id, zones, nodes, shards, indexOf));
    const workloads = (sketch.workloads ?? []).map(({ name, reads = [], writes = [] }, id): Workload => ({
        id,
        name,
        source: source(),
        arrivals: 'even',
        demands: [
            ...reads.map((cluster) => demand('read', cluster, indexOf(cluster), 2_000)),
            ...writes.map((cluster) => demand('write', cluster, indexOf(cluster), 400)),
        ],
    }));
    const replications = (sketch.replications ?? []).map(({ from, to, lagMs }) => ({
        from: indexOf(from),
        to: indexOf(to),
        ...(lagMs === undefined ? {} : { lagMs }),
        source: source(),
    }));
    const uri = 'file:///example.cluster';
    return {
        uri,
        regions,
        zones,
        nodes,
        clusters,
        groups: [],
        shards,
        workloads,
        replications,
        addresses: [],
        objectives: [],
        scenarios: [],
    };
}

function demand(operation: 'read' | 'write', text: string, cluster: number, rate: number): Demand {
    const target = { kind: 'cluster', cluster, text } as const;
    return { operation, target, rate, fromReplicas: false, settings: [], source: source() };
}

function clusterOf(
    sketch: ClusterSketch,
    id: number,
    zones: readonly Zone[],
    nodes: Node[],
    shards: Shard[],
    indexOf: (name: string) => number,
): Cluster {
    const first = nodes.length;
    for (const { name, zone } of sketch.nodes) {
        const region = zone === -2 ? 0 : zones[zone]?.region;
        nodes.push({
            id: nodes.length,
            name,
            qualifiedName: `${sketch.name}.${name}`,
            owner: id,
            source: source(),
            ...(region === undefined ? {} : { region }),
            ...(zone < 0 ? {} : { zone }),
        });
    }
    const own = (sketch.shards ?? []).map(({ name, copies }): Shard => {
        const shard: Shard = {
            id: shards.length,
            cluster: id,
            name,
            copies: copies.map((index) => first + index),
            placedBy: 'file',
            settings: [],
            source: source(),
        };
        shards.push(shard);
        return shard;
    });
    return {
        id,
        name: sketch.name,
        engine: sketch.engine,
        engineSource: source(),
        places: [],
        ...(sketch.version === undefined ? {} : { version: sketch.version }),
        source: source(),
        members: sketch.nodes.map(({ roles }, index) => ({
            node: first + index,
            roles: roles ?? [],
            settings: [],
            source: source(),
        })),
        groups: [],
        shards: own.map((shard) => shard.id),
        endpoints: (sketch.endpoints ?? []).map((endpoint) => ({ ...endpoint, serves: 'all', source: source() })),
        ...(sketch.failover === undefined ? {} : { failover: { kind: sketch.failover, order: [], source: source() } }),
        needs: (sketch.needs ?? []).map((name) => ({
            kind: 'needs',
            operation: 'read',
            target: { kind: 'cluster', cluster: indexOf(name), text: name },
            source: source(),
        })),
        assumptions: [],
        waivers: [],
        settings: [],
    };
}

/** Names with a number, one after the other over the zones from `firstZone` on. */
export function spread(prefix: string, count: number, zoneCount: number, firstZone = 0): ClusterSketch['nodes'] {
    return Array.from({ length: count }, (_, index) => ({
        name: `${prefix}-${index + 1}`,
        zone: firstZone + (index % zoneCount),
    }));
}

export const REDIS = {
    regions: { 'us-east-1': ['a', 'b', 'c'] },
    clusters: [
        {
            name: 'sessions',
            engine: 'redis',
            version: '7.2',
            nodes: spread('cache', 6, 3),
            shards: [
                { name: 's-1', copies: [0, 4] },
                { name: 's-2', copies: [1, 5] },
                { name: 's-3', copies: [2, 3] },
            ],
            endpoints: [{ kind: 'discovery' }],
        },
    ],
    workloads: [{ name: 'app', reads: ['sessions'], writes: ['sessions'] }],
} as const satisfies TopologySketch;

export const SERVERS = {
    regions: { dc: ['a', 'b'] },
    clusters: [
        {
            name: 'gateway',
            engine: 'server',
            nodes: spread('gw', 2, 2),
            shards: [{ name: 'gateway', copies: [0, 1] }],
            endpoints: [{ kind: 'vip', address: '10.0.0.10' }],
            failover: 'active-passive',
        },
        {
            name: 'web',
            engine: 'server',
            nodes: spread('web', 6, 2),
            shards: [{ name: 'web', copies: [0, 1, 2, 3, 4, 5] }],
            endpoints: [{ kind: 'load-balancer', address: '10.0.0.20' }],
            failover: 'active-active',
        },
    ],
    workloads: [{ name: 'browsers', reads: ['web'] }],
} as const satisfies TopologySketch;

/** Several clusters in two regions with needs, copies across regions, and every kind of address. */
export const SHOP: TopologySketch = {
    regions: { 'us-east-1': ['a', 'b', 'c'], 'eu-west-1': ['a', 'b'] },
    clusters: [
        {
            name: 'storefront',
            engine: 'server',
            nodes: spread('web', 9, 3),
            shards: [{ name: 'storefront', copies: [0, 1, 2, 3, 4, 5, 6, 7, 8] }],
            endpoints: [{ kind: 'load-balancer', address: '203.0.113.10' }],
            failover: 'active-active',
            needs: ['sessions', 'orders', 'ledger'],
        },
        { ...REDIS.clusters[0], needs: [] },
        {
            name: 'orders',
            engine: 'kafka',
            version: '3.7',
            nodes: spread('broker', 6, 3).map((node, index) => ({
                ...node,
                roles: index < 3 ? ['broker', 'controller'] : ['broker'],
            })),
            shards: Array.from({ length: 12 }, (_, index) => ({
                name: `payments.${index}`,
                copies: [index % 6, (index + 1) % 6, (index + 2) % 6],
            })),
            endpoints: [{ kind: 'discovery' }],
        },
        {
            name: 'ledger',
            engine: 'aurora',
            nodes: [
                { name: 'ledger-1', zone: 0 },
                { name: 'ledger-2', zone: 1 },
            ],
            shards: [{ name: 'ledger', copies: [0, 1] }],
            endpoints: [
                { kind: 'dns', address: 'ledger.internal' },
                { kind: 'dns', address: 'ledger-ro.internal' },
            ],
        },
        {
            name: 'ledger-eu',
            engine: 'aurora',
            nodes: [
                { name: 'ledger-eu-1', zone: 3 },
                { name: 'ledger-eu-2', zone: 4 },
            ],
            shards: [{ name: 'ledger-eu', copies: [0, 1] }],
            endpoints: [{ kind: 'dns', address: 'ledger.eu.internal' }],
        },
        {
            name: 'profiles',
            engine: 'cassandra',
            nodes: spread('ring', 5, 5),
            shards: Array.from({ length: 5 }, (_, index) => ({
                name: `users.${index}`,
                copies: [index, (index + 1) % 5, (index + 2) % 5],
            })),
        },
    ],
    workloads: [
        { name: 'customers', reads: ['storefront'], writes: ['storefront'] },
        { name: 'reports', reads: ['ledger', 'profiles'] },
    ],
    replications: [{ from: 'ledger', to: 'ledger-eu', lagMs: 800 }],
};

/** One cluster of `count` nodes with a replica for each leader in the next zone. */
export function large(count: number, regionCount = 1): TopologySketch {
    const zonesPerRegion = 3;
    const zoneCount = regionCount * zonesPerRegion;
    const half = Math.floor(count / 2);
    return {
        regions: Object.fromEntries(
            Array.from({ length: regionCount }, (_, index) => [`region-${index + 1}`, ['a', 'b', 'c']]),
        ),
        clusters: [
            {
                name: 'cache',
                engine: 'redis',
                version: '7.2',
                nodes: spread('cache', half, zoneCount),
                shards: Array.from({ length: Math.floor(half / 2) }, (_, index) => ({
                    name: `s-${index + 1}`,
                    copies: [index * 2, (index * 2 + 1) % half],
                })),
                endpoints: [{ kind: 'discovery' }],
            },
            {
                name: 'web',
                engine: 'server',
                nodes: spread('web', count - half, zoneCount),
                endpoints: [{ kind: 'load-balancer', address: '10.0.0.20' }],
                failover: 'active-active',
                needs: ['cache'],
            },
        ],
        workloads: [{ name: 'customers', reads: ['web'], writes: ['web'] }],
    };
}
