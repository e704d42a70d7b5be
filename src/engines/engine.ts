/** The one interface behind which everything about one system stands. */
import type { ServiceRules } from '../proof/index.js';
import type { ClusterBehaviour, World } from '../simulator/index.js';
import type {
    Cluster,
    Endpoint,
    Finding,
    Fix,
    Member,
    Node,
    NodeId,
    Operation,
    Patience,
    Setting,
    Severity,
    Shard,
    ShardGroup,
    SourceRange,
    Topology,
    Zone,
} from '../topology/index.js';

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
    /**
     * Whether reads that a workload wants `from replicas` are simulated as such, where others go to the owner. Missing: any
     * copy answers any read.
     */
    readonly replicaReads?: 'simulated' | 'not-modelled';
    /** What decides for all shards of a cluster, such as an elected controller; missing where nothing does. */
    readonly controlPlane?: ControlPlaneSpec;
    /** An operator can have everything on a node moved off it politely: `drain node`. Its behaviour takes the order then. */
    readonly drains?: true;
    /** Whether a member can hold copies of shards; without it every member can. */
    readonly holds?: (member: Member) => boolean;
    readonly settings: readonly SettingSpec[];
    /** How long a client goes on with one request, where its own settings say so in the system's words. */
    readonly patience?: (operation: Operation, settings: readonly Setting[], version: string) => ClientPatience;
    /** What makes the placement rule keep copies in different zones, where it does not by itself. */
    readonly keepsApart?: KeepsApart;
    /** Kinds of addresses that do not fit in front of this system; the others do. */
    readonly unfitEndpoints?: Readonly<Partial<Record<Endpoint['kind'], UnfitEndpoint>>>;
    /** A body for `cluster NAME: ENGINE { … }` in LSP snippet syntax. */
    readonly snippet: string;
    /** Decides where the copies of shards stand that the file does not place. */
    place(request: PlacementRequest): Placement;
    /** Members that decide by majority. Checked alike for every engine, and shown as hints. */
    quorums(context: EngineContext): readonly Quorum[];
    /** Findings about one cluster, beside those about quorums and copies that every engine shares. */
    check(context: EngineContext): readonly Finding[];
    /** The engine's codes, one entry for every code that {@link check} and {@link quorums} may report. */
    readonly codes: readonly CodeSpec[];
    /** What still answers when parts are gone. Without it nothing is proved about the system. */
    readonly rules?: (context: EngineContext) => ServiceRules;
    /** How it fails second by second. Without it nothing is simulated with the system. */
    readonly behaviour?: (context: EngineContext, world: World) => ClusterBehaviour;
}

/** Members that decide by majority: controllers, voting masters, owners of shards, members of etcd. */
export interface Quorum {
    /** One of them and several: `controller`, `controllers`. */
    readonly one: string;
    readonly many: string;
    readonly voters: readonly NodeId[];
    /** The system keeps its votes odd: of an even number one member has none, and the system chooses which. */
    readonly keepsOdd?: boolean;
    /** An odd number; more than so many cost more than they bring, which the engine tells itself. */
    readonly enough?: number;
    /** What stops without a majority, as the end of a sentence: `no partition gets a new leader`. */
    readonly without: string;
    /** The declaration of each voter, in the same order: the source of its member or of the shard that it owns. */
    readonly declarations: readonly SourceRange[];
    /** Where a finding is told. */
    readonly source: SourceRange;
    /** Codes of what the shared check may find; nothing is looked for where a code is missing. */
    readonly codes: {
        readonly even?: string;
        readonly majorityInOneZone?: string;
        /** Fewer than three voters tolerate no failure. */
        readonly tooFew?: { readonly code: string; readonly severity: Severity; readonly runs?: true };
    };
}

/** What a client's settings make of its patience. */
export interface ClientPatience {
    /** Missing where `timeout` and `retries` decide, as for every client. */
    readonly patience?: Patience;
    /** For the notes of a result, as the end of `The writes of … to …`; missing where the file says what every client is told by. */
    readonly told?: string;
    /** Keys among the settings that play no part for such a request, although they do for others. */
    readonly idle: readonly string[];
}

interface ControlPlaneSpec {
    /** What its leader is called: `controller`, `active NameNode`. */
    readonly leader: string;
    /** Whether reads and writes of the cluster mean it, too: so for an API or a namespace that clients ask. */
    readonly serves: boolean;
    /** Nodes that may lead it, in order of declaration; the first leads at the start. Empty: the cluster has none. */
    candidates(members: readonly Member[]): readonly NodeId[];
}

interface KeepsApart {
    /** What to do, as a sentence. */
    readonly help: string;
    fixes(place: { readonly cluster: Cluster; readonly group: ShardGroup | undefined }): readonly Fix[];
}

interface UnfitEndpoint {
    /** Why, as a sentence about the system: `Clients of Redis Cluster ask the owner of each slot itself.` */
    readonly why: string;
    /** What to do, as a sentence. */
    readonly instead: string;
    /** The statement that does it, where it needs no further word. */
    readonly replacement?: 'endpoint discovery';
}

interface RoleSpec {
    readonly name: string;
    readonly documentation: string;
}

export interface GroupWord {
    /** `shards`, `topic`, … */
    readonly word: string;
    /**
     * `shards s-[1..3] { … }` (each name is one shard), `topic payments { partitions 12 }` (a name with numbered shards), or
     * `deployment web { replicas 6 }` (one shard of that name, whose copies are numbered and placed one by one).
     */
    readonly form: 'each-name-one-shard' | 'numbered-shards' | 'one-shard';
    /** The word inside the block that counts the shards: `partitions`. Only with numbered shards. */
    readonly countWord?: string;
    /** How many numbered shards a group has where its members decide and not the file, such as token ranges; at least 1. */
    readonly ownCount?: (ground: PlacementGround, group: ShardGroup) => number;
    /** The word that places one by hand: `shard s-1 on …`, `partition 0 on …`; with one shard it places a copy: `pod 0 on …`. */
    readonly placedWord: string;
    /** `all`: `replicas 3` is three copies; `beside-primary`: `replicas 1` is two. */
    readonly replicasCount: 'all' | 'beside-primary';
    /** Where the file gives no `replicas`; `every-member`: one on each member that can hold one. */
    readonly defaultReplicas: number | 'every-member';
    /** The setting that counts instead where the file gives no `replicas`. */
    readonly replicasSetting?: string;
    /** What the system itself calls the count and the replicas in configuration that may be pasted into the block. */
    readonly systemKeys?: { readonly count?: readonly string[]; readonly replicas?: readonly string[] };
    /** The copies of a shard are equals: none of them leads, and none follows. */
    readonly leaderless?: true;
    /** `spread` changes nothing: what decides where copies stand, as the end of a sentence, and what to set instead. */
    readonly ignoresSpread?: { readonly why: string; readonly instead: string };
    /** `replicas PLACE N` changes nothing but their sum. */
    readonly ignoresPlaces?: true;
    /** `replicas PLACE N` is a finding of the engine's own, so that nothing proposes it. */
    readonly refusesPlaces?: true;
    /** Keywords that the block takes beside `replicas`, `spread` and the count. */
    readonly takes?: readonly ('required' | 'disruption-budget')[];
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
    /**
     * A bare number has this unit, unless the system refuses one (`refusesBare`), as some do but for `0`. `noLimit`: the bare
     * value that means none, such as `-1`; it is read as Infinity.
     */
    | {
          readonly kind: 'duration';
          readonly unit: 'ms' | 's';
          readonly noLimit?: string;
          readonly refusesBare?: 'any' | 'but-zero';
      }
    /** A whole number, unless fractions make sense or the default is one. */
    | { readonly kind: 'number'; readonly minimum?: number; readonly maximum?: number; readonly fractions?: true }
    /** Bytes. `suffixes`: bytes of each, in lower case, as this system counts them: `1k` is 1,000 here and 1,024 there. */
    | { readonly kind: 'size'; readonly suffixes: Readonly<Record<string, number>> }
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
    readonly scope: readonly SettingScope[];
    /** Missing: it was not looked up, or every known version has it. */
    readonly since?: SettingOrigin;
    /** Markdown, in our own words. */
    readonly documentation: string;
    readonly source: FactSource;
    /** Whether simulation and proof take it into account. */
    readonly modelled: boolean;
}

/** The first version that has a setting. */
export interface SettingOrigin {
    readonly version: string;
    /** What older versions call the same setting. */
    readonly formerly?: string;
    readonly source: FactSource;
}

export type SettingDefault = number | boolean | string;

/** `client`: said by a workload behind `with`, such as `acks`. */
export type SettingScope = 'cluster' | 'group' | 'shard' | 'node' | 'client';

/** The page of a code. */
export interface CodeSpec {
    readonly code: string;
    /** What is wrong, in a few words. */
    readonly title: string;
    /** Why it matters. */
    readonly why: string;
    /** What to do about it. */
    readonly fix: string;
    /** A whole file that gets the finding. */
    readonly example: string;
    /** The same file, mended: it does not get the finding. */
    readonly remedy: string;
    /** Where the fact about the real system was read; missing for rules of the language itself. */
    readonly source?: FactSource;
    /** The code of a shared check that this one says more exactly: where both find something in one place, only this counts. */
    readonly replaces?: string;
}

/** The members of a cluster and where they stand. */
export interface PlacementGround {
    readonly cluster: Pick<Cluster, 'name' | 'places' | 'endpoints' | 'failover'>;
    readonly members: readonly Member[];
    node(id: NodeId): Node;
    /** Zone of a member's node, if any. */
    zoneOf(node: NodeId): Zone | undefined;
    /** Settings of the cluster and, asked with a group, of its groups. */
    readonly settings: SettingReader;
}

export interface PlacementRequest extends PlacementGround {
    /** Shards without a place, in order of declaration. */
    readonly shards: readonly UnplacedShard[];
    /** Copies that the file has placed already. */
    readonly placed: readonly Pick<Shard, 'name' | 'copies' | 'group'>[];
}

export interface UnplacedShard {
    readonly name: string;
    /** The group that declares it, whose `copies`, `perPlace` and `spread` count; none for a cluster's one service. */
    readonly group?: ShardGroup;
    /** Copies in all that it wants. */
    readonly copies: number;
    /** Nodes of the copies that the file places one by one, by their number from 0; they stay where they are. */
    readonly given?: ReadonlyMap<number, NodeId>;
}

/** Copies for each requested shard, in the same order, leader first; or why there can be none. */
export type Placement =
    | { readonly kind: 'placed'; readonly copies: readonly (readonly NodeId[])[] }
    | { readonly kind: 'impossible'; readonly message: string; readonly help: string };

/** Settings of a cluster: the nearest one wins, then the default of the version. */
export interface SettingReader {
    /** The version that counts. */
    readonly version: string;
    /** Milliseconds for durations. Throws for a key that the engine does not declare, which is a mistake in the engine. */
    duration(key: string, at?: SettingPlace): number;
    number(key: string, at?: SettingPlace): number;
    boolean(key: string, at?: SettingPlace): boolean;
    text(key: string, at?: SettingPlace): string;
    /** The setting as the file gives it at or above this place; undefined where the default counts. */
    written(key: string, at?: SettingPlace): Setting | undefined;
}

/** A cluster with its settings resolved. */
export interface EngineContext extends SettingReader {
    readonly topology: Topology;
    readonly cluster: Cluster;
}

export interface SettingPlace {
    readonly member?: Member;
    readonly shard?: Shard;
    readonly group?: ShardGroup;
}
