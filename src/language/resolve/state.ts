import type {
    Cluster,
    ClusterId,
    FailureRates,
    Node,
    NodeId,
    Region,
    RegionId,
    Shard,
    ShardGroup,
    ShardId,
    SharedAddress,
    Workload,
    WorkloadId,
    Zone,
    ZoneId,
} from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import type { EngineLookup } from '../services.js';
import { Figures } from './figures.js';
import type { PropertyValues } from './properties.js';
import { Report } from './report.js';

/** Most nodes and most shard copies that one workspace may have. */
export const MAXIMUM_NODES = 100_000;
export const MAXIMUM_COPIES = 1_000_000;

/** A list or an object that is still being filled. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** What has been resolved so far, and which declaration became which element. */
export class Resolution {
    readonly report = new Report();
    readonly figures = new Figures(this.report);

    readonly regions: Draft<Region>[] = [];
    readonly zones: Zone[] = [];
    readonly nodes: Node[] = [];
    readonly clusters: Draft<Cluster>[] = [];
    readonly groups: ShardGroup[] = [];
    readonly shards: Shard[] = [];
    readonly workloads: Draft<Workload>[] = [];
    readonly addresses: SharedAddress[] = [];

    readonly regionIds = new Map<string, RegionId>();
    /** By region and zone, since regions of one name are one. */
    readonly zoneIds = new Map<string, ZoneId>();
    /** The nodes of each statement by their names. */
    readonly nodeIds = new Map<ast.Nodes, ReadonlyMap<string, NodeId>>();
    readonly clusterIds = new Map<ast.Cluster, ClusterId>();
    /** The cluster that stands for each address before several. */
    readonly addressIds = new Map<ast.SharedEndpoint, ClusterId>();
    readonly workloadIds = new Map<ast.Workload, WorkloadId>();
    /** The group that a statement declares. */
    readonly groupIds = new Map<ast.ShardGroup, number>();
    /** Shards by their path under the cluster. */
    readonly shardIds = new Map<ClusterId, Map<string, ShardId>>();
    /** Copies of all shards so far. */
    copies = 0;
    /** Clusters of which a member is missing, because it is not understood: nothing else is said about their placement. */
    readonly incomplete = new Set<ClusterId>();
    /** Whether the limit of nodes has been reported. */
    overflowed = false;
    private readonly propertiesRead = new Map<ast.Nodes, PropertyValues>();
    private readonly ratesRead = new Map<ast.FailureRates, FailureRates>();

    constructor(
        readonly documents: readonly ast.Document[],
        readonly engines: EngineLookup,
    ) {}

    /** A node's properties are asked for by its host and by each of its members, and reported once. */
    nodeProperties(statement: ast.Nodes, read: () => PropertyValues): PropertyValues {
        let values = this.propertiesRead.get(statement);
        if (!values) this.propertiesRead.set(statement, (values = read()));
        return values;
    }

    /** Rates of a range of nodes are asked for by each of its members, and reported once. */
    failureRates(statement: ast.FailureRates, read: () => FailureRates): FailureRates {
        let rates = this.ratesRead.get(statement);
        if (!rates) this.ratesRead.set(statement, (rates = read()));
        return rates;
    }
}

export function zoneKey(region: string, zone: string): string {
    return `${region}\n${zone}`;
}
