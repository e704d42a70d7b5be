/** The one interface behind which everything about one system stands. */
import type { ServiceRules } from '../proof/index.js';
import type { ClusterBehaviour, World } from '../simulator/index.js';
import type { Cluster, Finding, Member, NodeId, Shard, ShardGroup, Topology, Zone } from '../topology/index.js';

export interface Engine {
    /** The word in `cluster NAME: ENGINE`. */
    readonly name: string;
    readonly title: string;
    /** Markdown: what the system is and what is modelled of it. */
    readonly documentation: string;
    /** Known versions, oldest first; the last is taken when a file names none. */
    readonly versions: readonly string[];
    readonly roles: readonly RoleSpec[];
    /** The words that declare shards. */
    readonly groupWords: readonly GroupWord[];
    /** Whether a cluster without any group has one service of its own, named like the cluster. */
    readonly singleService: boolean;
    readonly settings: readonly SettingSpec[];
    /** A body for `cluster NAME: ENGINE { … }` in LSP snippet syntax. */
    readonly snippet: string;
    /** Decides where the copies of shards stand that the file does not place. */
    place(request: PlacementRequest): Placement;
    /** Findings about one cluster. */
    check(context: EngineContext): readonly Finding[];
    /** The engine's codes, one entry for every code that {@link check} may report. */
    readonly codes: readonly CodeSpec[];
    rules(context: EngineContext): ServiceRules;
    behaviour(context: EngineContext, world: World): ClusterBehaviour;
}

interface RoleSpec {
    readonly name: string;
    readonly documentation: string;
}

export interface GroupWord {
    /** `shards`, `topic`, … */
    readonly word: string;
    /** `shards s-[1..3] { … }` (each name is one shard) or `topic payments { partitions 12 }` (a name with numbered shards). */
    readonly form: 'each-name-one-shard' | 'numbered-shards';
    /** The word inside the block that counts the shards: `partitions`. Only with numbered shards. */
    readonly countWord?: string;
    /** The word that places one by hand: `shard s-1 on …`, `partition 0 on …`. */
    readonly placedWord: string;
    /** `all`: `replicas 3` is three copies; `beside-primary`: `replicas 1` is two. */
    readonly replicasCount: 'all' | 'beside-primary';
    readonly defaultReplicas: number;
    readonly documentation: string;
}

/** Where a fact about a real system was read. */
export interface FactSource {
    readonly title: string;
    readonly url?: string;
    /** true: no source was found; shown as an assumption that the user can override. */
    readonly unconfirmed?: boolean;
}

export type SettingType =
    /** A bare number has this unit. */
    | { readonly kind: 'duration'; readonly unit: 'ms' | 's' }
    | { readonly kind: 'number'; readonly minimum?: number; readonly maximum?: number }
    | { readonly kind: 'boolean'; readonly yes: string; readonly no: string }
    | { readonly kind: 'enum'; readonly values: readonly string[] }
    | { readonly kind: 'text' };

export interface SettingSpec {
    /** The real system's own key. */
    readonly key: string;
    readonly type: SettingType;
    /** The system's default; undefined: it has none. Durations in milliseconds. */
    readonly default: SettingDefault | undefined;
    /** Defaults of versions from `since` on, oldest first; the last that applies wins over `default`. */
    readonly defaultsSince?: readonly { readonly since: string; readonly value: SettingDefault }[];
    readonly scope: readonly ('cluster' | 'group' | 'shard' | 'node')[];
    /** Markdown, in our own words. */
    readonly documentation: string;
    readonly source: FactSource;
    /** Whether simulation and proof take it into account. */
    readonly modelled: boolean;
}

export type SettingDefault = number | boolean | string;

export interface CodeSpec {
    readonly code: string;
    readonly title: string;
    readonly why: string;
    readonly source?: FactSource;
}

export interface PlacementRequest {
    readonly cluster: Pick<Cluster, 'name' | 'settings' | 'endpoints' | 'failover'>;
    readonly members: readonly Member[];
    /** Zone of a member's node, if any. */
    zoneOf(node: NodeId): Zone | undefined;
    /** Shards without a place, in order of declaration, with the copies (in all) that each wants. */
    readonly shards: readonly {
        readonly name: string;
        readonly copies: number;
        readonly spread?: 'zone' | 'node' | 'none';
    }[];
    /** Copies that the file has placed already. */
    readonly placed: readonly Pick<Shard, 'name' | 'copies'>[];
}

/** Copies for each requested shard, in the same order, leader first; or why there can be none. */
export type Placement =
    | { readonly kind: 'placed'; readonly copies: readonly (readonly NodeId[])[] }
    | { readonly kind: 'impossible'; readonly message: string; readonly help: string };

/** A cluster with its settings resolved: the nearest one wins, then the default of the version. */
export interface EngineContext {
    readonly topology: Topology;
    readonly cluster: Cluster;
    /** The version that counts. */
    readonly version: string;
    /** Milliseconds for durations. Throws for a key that the engine does not declare, which is a mistake in the engine. */
    duration(key: string, at?: SettingPlace): number;
    number(key: string, at?: SettingPlace): number;
    boolean(key: string, at?: SettingPlace): boolean;
    text(key: string, at?: SettingPlace): string;
    /** Whether the file sets the key at or above this place, rather than the default. */
    isSet(key: string, at?: SettingPlace): boolean;
}

export interface SettingPlace {
    readonly member?: Member;
    readonly shard?: Shard;
    readonly group?: ShardGroup;
}
