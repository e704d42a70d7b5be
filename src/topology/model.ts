/**
 * The resolved model of a workspace: what a `.cluster` file says once every name is looked up, every range is spelled
 * out and every shard is placed. Plain immutable data that survives `structuredClone` and `JSON.stringify`.
 *
 * Elements refer to each other by their index in the list that holds them (`topology.nodes[id]`), so that hot paths can
 * work on typed arrays. Durations are milliseconds, rates are per second, shares lie between 0 and 1.
 */
import type { Objective } from './objective.js';
import type { Scenario } from './scenario.js';
import type { SourceRange } from './source.js';

export type RegionId = number;
export type ZoneId = number;
export type NodeId = number;
export type ClusterId = number;
export type ShardId = number;
export type GroupId = number;
export type WorkloadId = number;
export type AddressId = number;

/** What a client does to a shard. */
export type Operation = 'read' | 'write';

export interface Topology {
    /** The document whose objectives and scenarios are run; imported ones are not. */
    readonly uri: string;
    readonly regions: readonly Region[];
    readonly zones: readonly Zone[];
    readonly nodes: readonly Node[];
    readonly clusters: readonly Cluster[];
    readonly groups: readonly ShardGroup[];
    readonly shards: readonly Shard[];
    readonly workloads: readonly Workload[];
    readonly replications: readonly Replication[];
    /** Addresses that stand before several clusters. */
    readonly addresses: readonly SharedAddress[];
    /** How often parts fail, unless a cluster or a member says otherwise. */
    readonly failureRates?: FailureRates;
    readonly objectives: readonly Objective[];
    readonly scenarios: readonly Scenario[];
}

export interface Declared {
    readonly name: string;
    /** The name itself when it stands in the text; the whole declaration otherwise. */
    readonly source: SourceRange;
    /** Markdown of the doc comment in front of the declaration. */
    readonly documentation?: string;
}

export interface Region extends Declared {
    readonly id: RegionId;
    readonly zones: readonly ZoneId[];
}

export interface Zone extends Declared {
    readonly id: ZoneId;
    readonly region: RegionId;
    /** `us-east-1.a` */
    readonly qualifiedName: string;
}

/** A host. It may run a member of several clusters. */
export interface Node extends Declared {
    readonly id: NodeId;
    /** `sessions.cache-1` for a node that a cluster declares, the bare name for one that stands in a zone. */
    readonly qualifiedName: string;
    readonly region?: RegionId;
    readonly zone?: ZoneId;
    readonly rack?: string;
    /** The cluster whose block declares the node. */
    readonly owner?: ClusterId;
}

export interface Cluster extends Declared {
    readonly id: ClusterId;
    /** Key in the engine registry: `redis`, `server`, … */
    readonly engine: string;
    readonly engineSource: SourceRange;
    /** As written; without it the newest version that the engine knows counts. */
    readonly version?: string;
    /** Where it is said to stand: `in us-east-1`. */
    readonly places: readonly PlaceId[];
    readonly members: readonly Member[];
    readonly groups: readonly GroupId[];
    /** Shards of all groups, in order of declaration. A cluster without groups has one: itself. */
    readonly shards: readonly ShardId[];
    /** What decides for all shards, if the system has it. */
    readonly controlPlane?: ControlPlane;
    /**
     * What clients see of this address before several clusters. It has no members: its one shard is answered by whatever the
     * address sends them to.
     */
    readonly address?: AddressId;
    /** Its nodes can be told to move off, politely, what runs on them. */
    readonly drains?: true;
    readonly endpoints: readonly Endpoint[];
    readonly failover?: FailoverPolicy;
    readonly needs: readonly Need[];
    readonly assumptions: readonly Assumption[];
    readonly waivers: readonly Waiver[];
    readonly settings: readonly Setting[];
    readonly failureRates?: FailureRates;
}

/** The elected controller, the active NameNode, the API server in front of etcd. */
interface ControlPlane {
    /** Stands beside the cluster's shards and bears its name; its copies are the nodes that may lead it. */
    readonly shard: ShardId;
    /** Whether reads and writes of the cluster mean it, too. */
    readonly serves: boolean;
}

/** A node's part in a cluster: one process of the cluster's engine. */
export interface Member {
    readonly node: NodeId;
    readonly roles: readonly string[];
    /** Requests per second; without a figure the member is never the bottleneck. */
    readonly capacity?: number;
    readonly tier?: number;
    readonly priority?: number;
    readonly settings: readonly Setting[];
    readonly failureRates?: FailureRates;
    readonly source: SourceRange;
}

/** What one statement such as `shards s-1 { … }` or `topic payments { … }` declares. */
export interface ShardGroup extends Declared {
    readonly id: GroupId;
    readonly cluster: ClusterId;
    /** The engine's word that declares it, `shard`, `topic`, … */
    readonly word: string;
    readonly shards: readonly ShardId[];
    /** Copies in all that each shard is to have, however the system counts them. */
    readonly copies: number;
    /** Copies for each place, where the file says so; their sum is {@link copies}. */
    readonly perPlace?: readonly CopiesInPlace[];
    readonly spread?: Spread;
    /** The copies are equals, such as pods or blocks: none of them leads, and none follows. */
    readonly leaderless?: true;
    /** Members that make a group of processes available. */
    readonly required?: number;
    readonly disruptionBudget?: DisruptionBudget;
    readonly settings: readonly Setting[];
}

type Spread = 'zone' | 'node' | 'none';

export interface CopiesInPlace {
    readonly place: PlaceId;
    readonly copies: number;
}

/** How many members of a group an operator may take away at once: a bound on those away or on those that stay. */
export interface DisruptionBudget {
    readonly maxUnavailable?: CountOrShare;
    readonly minAvailable?: CountOrShare;
    readonly source: SourceRange;
}

/** A number of members, or a share of them between 0 and 1. */
export type CountOrShare = { readonly kind: 'count' | 'share'; readonly value: number };

export interface Shard {
    readonly id: ShardId;
    readonly cluster: ClusterId;
    readonly group?: GroupId;
    /** Path under the cluster: `s-1`, `payments.0`; the cluster's own name for its control plane, and for the one service of a cluster without groups. */
    readonly name: string;
    /** The first is the primary or preferred leader. */
    readonly copies: readonly NodeId[];
    /** Whether the file says where the copies are or the engine's placement rule decided. */
    readonly placedBy: 'file' | 'engine';
    readonly settings: readonly Setting[];
    readonly source: SourceRange;
}

export interface Endpoint {
    readonly kind: 'vip' | 'load-balancer' | 'dns' | 'discovery';
    /** Missing for `discovery`. */
    readonly address?: string;
    readonly serves: 'all' | 'reads' | 'writes';
    readonly advertiseMs?: number;
    readonly preempt?: boolean;
    readonly preemptDelayMs?: number;
    readonly balance?: string;
    readonly checkMs?: number;
    readonly timeoutMs?: number;
    readonly fall?: number;
    readonly rise?: number;
    readonly ttlMs?: number;
    readonly crossZone?: boolean;
    readonly failOpen?: boolean;
    readonly source: SourceRange;
}

/** One address before several clusters, such as one for each region. */
export interface SharedAddress extends Declared, Omit<Endpoint, 'source' | 'serves'> {
    readonly id: AddressId;
    /** The one that stands for it wherever a cluster is asked for. */
    readonly cluster: ClusterId;
    /** Where it sends requests, in the order of the file. */
    readonly routes: readonly Route[];
    readonly by: 'failover' | 'latency' | 'weight';
}

/** A cluster that an address sends requests to, or one of its groups or shards. */
export type Route = Exclude<Target, { readonly kind: 'workload' }>;

/** Mean times of parts that fail on their own, by the kind of part. */
export type FailureRates = Readonly<Partial<Record<FailingPart, FailureRate>>>;

export type FailingPart = 'process' | 'disk' | 'node' | 'rack' | 'zone' | 'region';

export interface FailureRate {
    /** Mean time between two failures of one part, in ms. */
    readonly everyMs: number;
    /** Mean time until it is back, in ms. */
    readonly repairMs: number;
}

export interface FailoverPolicy {
    readonly kind: 'active-active' | 'active-passive';
    /** The name of a shared `failover-policy`. */
    readonly name?: string;
    readonly detectMs?: number;
    readonly promote?: 'automatically' | 'manually';
    readonly order: readonly NodeId[];
    readonly fence?: boolean;
    readonly failback?: 'automatically' | 'manually';
    readonly source: SourceRange;
}

export interface Need {
    /** `wants`: answers without it, degraded. */
    readonly kind: 'needs' | 'wants';
    readonly operation: Operation;
    readonly target: Target;
    readonly source: SourceRange;
}

export interface Assumption {
    readonly what: 'failover' | 'detection' | 'recovery';
    readonly minimumMs: number;
    readonly maximumMs: number;
    readonly source: SourceRange;
}

export interface Waiver {
    readonly code: string;
    readonly reason: string;
    /** ISO day, the last one on which the finding is accepted. */
    readonly until?: string;
    readonly source: SourceRange;
}

export interface Setting {
    readonly key: string;
    readonly values: readonly SettingValue[];
    readonly source: SourceRange;
    readonly keySource: SourceRange;
}

export type SettingValue =
    | { readonly kind: 'number'; readonly value: number; readonly unit: string; readonly text: string }
    | { readonly kind: 'word' | 'string'; readonly text: string };

/** A cluster, one of its groups, one of its shards, or a workload (then only its own requests). */
export type Target =
    | { readonly kind: 'cluster'; readonly cluster: ClusterId; readonly text: string }
    | { readonly kind: 'group'; readonly cluster: ClusterId; readonly group: GroupId; readonly text: string }
    | { readonly kind: 'shard'; readonly cluster: ClusterId; readonly shard: ShardId; readonly text: string }
    | { readonly kind: 'workload'; readonly workload: WorkloadId; readonly text: string };

export interface Workload extends Declared {
    readonly id: WorkloadId;
    /** Where its clients stand; without it, outside everything. */
    readonly place?: PlaceId;
    readonly arrivals: 'even' | 'poisson';
    readonly demands: readonly Demand[];
}

export interface Demand {
    readonly operation: Operation;
    readonly target: Target;
    /** Requests per second. */
    readonly rate: number;
    readonly fromReplicas: boolean;
    /** The client's own settings: `acks`, `consistency`, `timeout`, `retries`. */
    readonly settings: readonly Setting[];
    /** How long a client goes on with a request, where the system's own keys among the settings decide. */
    readonly patience?: Patience;
    readonly source: SourceRange;
}

/** How long a client goes on with one request. Durations in milliseconds. */
export interface Patience {
    /** How long it waits for the answer to one try. */
    readonly timeoutMs: number;
    readonly retries: number;
    /** When it gives the request up, however many tries are left; missing: the tries decide. */
    readonly deadlineMs?: number;
}

export type PlaceId =
    { readonly kind: 'region'; readonly region: RegionId } | { readonly kind: 'zone'; readonly zone: ZoneId };

/** An asynchronous copy of a whole cluster, one way. */
export interface Replication {
    readonly from: ClusterId;
    readonly to: ClusterId;
    readonly lagMs?: number;
    readonly failover?: 'automatically' | 'manually';
    readonly source: SourceRange;
}
