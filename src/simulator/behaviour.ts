/** What an engine fills in so that the simulator can run its clusters, and what it is given in return. */
import type {
    AddressId,
    Cluster,
    ClusterId,
    Fault,
    GroupId,
    NodeId,
    Operation,
    Setting,
    ShardId,
    SourceRange,
    Topology,
    ZoneId,
} from '../topology/index.js';
import type { RandomStream } from './random.js';
import type { Assumed } from './result.js';
import type { Belief, TraceKind } from './trace.js';

/**
 * A place in the network: a node's id, a client's, what a provider has in a zone, or what checks those behind an address before
 * several clusters. Clients are numbered behind the nodes, zones behind the clients, addresses behind the zones.
 */
export type Point = number;

/** Number of a handler, as {@link World.handler} gives it out. */
export type HandlerId = number;

/** A node's id, or -1: no node. */
export type NodeOrNone = NodeId;

/** Index of a trace event, or -1: nothing that the trace shows. */
export type Cause = number;

/** What meets a connection to a process. `silent`: no answer of any kind; `refused`: the host answers that nothing listens. */
export type Reach = 'open' | 'refused' | 'silent';

/** `stopped` is a clean end, `crashed` a sudden one; in both the host refuses connections. `off`: the host has no power. */
export type ProcessState = 'running' | 'frozen' | 'crashed' | 'stopped' | 'off';

/** The simulated world as one cluster's behaviour sees it. Times are integer milliseconds from the scenario's start. */
export interface World {
    readonly topology: Topology;
    readonly cluster: Cluster;
    readonly now: number;
    /** A point outside all places, where the probe stands and an address that has no place of its own. */
    readonly outside: Point;
    /** The instants at which faults are known to strike, in order: detectors may sleep while nothing can happen. */
    readonly faultTimes: readonly number[];

    /** Registers what is called when an event comes due; to be done once, at the start. */
    handler(callback: (a: number, b: number) => void): HandlerId;
    /** Calls the handler at `timeMs` (rounded up to a millisecond, never before now). Ties run in order of scheduling. */
    schedule(timeMs: number, handler: HandlerId, a?: number, b?: number): void;
    /** The named random stream of this seed; the same name always gives the same history. */
    stream(component: string, purpose: string): RandomStream;

    /** State of this cluster's process on the node. */
    process(node: NodeId): ProcessState;
    /** One-way delay of a message in milliseconds, or -1 if the network does not carry it. Processes play no part. */
    delay(from: Point, to: Point): number;
    /**
     * Chance that a packet from one to the other is lost. A datagram then is lost; what travels by TCP comes later:
     * {@link resendMs}. Clients' own requests are dealt with outside the behaviours.
     */
    loss(from: Point, to: Point): number;
    /** Points with the same number have the same delays to and from all others, until {@link ClusterBehaviour.networkChanged}. */
    linksOf(point: Point): number;
    /** What a connection from `from` to this cluster's process on `to` meets now; both directions count. */
    reach(from: Point, to: NodeId): Reach;
    /** What a provider has in the zone beside the declared nodes, such as storage or a monitor. */
    providerIn(zone: ZoneId): Point;
    /** Where the checks of an address before several clusters come from: outside all places. */
    checkerOf(address: AddressId): Point;
    /** Whether the place that the point stands in has power; of a node, whatever became of the node itself. */
    hasPower(point: Point): boolean;
    /**
     * The provider puts a new host with a running process in the place of a dead one. Returns false, and does nothing, where
     * the place is without power, the process runs, or the host is not this cluster's alone.
     */
    replaceHost(node: NodeId, cause: Cause): boolean;
    /** What the cluster `needs` and does not answer when asked from this node; undefined: everything does. */
    lackedBy(node: NodeId): Lack | undefined;
    /** The behaviour of another cluster in this run, for systems whose clusters copy each other. */
    behaviourOf(cluster: ClusterId): ClusterBehaviour;

    /** Writes that this node acknowledged for the shard from the start until now. */
    acknowledged(shard: ShardId, node: NodeId): number;
    /** Counts acknowledged writes that nobody holds any more. */
    lose(shard: ShardId, count: number, cause: Cause): void;

    /** The shard's copies stand on these nodes from now on, those that are still being made among them; two on one break an invariant. */
    placed(shard: ShardId, nodes: readonly NodeId[]): void;

    /** Acknowledged writes may be lost now, as chance or what nobody documents decides: why, as part of a sentence. */
    mayLose(shard: ShardId, reason: string): void;

    /** Reads of the shard may be stale by what is not simulated: why, as part of a sentence. To be called once. */
    mayBeStale(shard: ShardId, reason: string): void;

    /** The node acts as the shard's leader from now on. `epoch` numbers the leadership; a second claim in one epoch breaks an invariant. */
    claim(shard: ShardId, node: NodeId, epoch: number, cause: Cause): void;
    /** The node no longer acts as the shard's leader. */
    release(shard: ShardId, node: NodeId, cause: Cause): void;

    /** Of an address before several clusters: it sends the client's requests to these from now on, and to no others. */
    sendsOn(client: Point, clusters: readonly ClusterId[]): void;

    /**
     * To be called after every change that a client could notice: it ends the aggregation of identical requests. Where only
     * requests to some shards may end differently now, naming them spares the others the question.
     */
    changed(shards?: Iterable<ShardId>): void;
    /** Adds to the trace and returns the event's index, the cause of what follows. */
    record(event: {
        readonly kind: TraceKind;
        readonly text: string;
        readonly cause: Cause;
        readonly node?: NodeId;
        readonly peer?: NodeId;
        readonly knownTo?: readonly NodeId[];
        readonly shard?: ShardId;
        readonly belief?: Belief;
        readonly source?: SourceRange;
    }): Cause;
    /** What the run rests on from now on though nobody documents it; told once with all that is found about the cluster. */
    assume(assumption: Assumed): void;
    /** The last event that the trace tells about the node where it concerns the shard, of whichever cluster; else about that shard. */
    lastEventAbout(shard: ShardId, node: NodeOrNone): Cause;
    /** The last fault that struck the node, its zone, its region or its links. */
    lastFault(node: NodeId): Cause;
}

/** Something that a cluster needs and that does not answer it. */
export interface Lack {
    /** `writes of orders` */
    readonly what: string;
    /** Why it does not answer. */
    readonly cause: Cause;
}

/** One try of one request. */
export interface AttemptContext {
    readonly client: Point;
    readonly shard: ShardId;
    readonly operation: Operation;
    /** 0 for the first try, 1 for the retry … */
    readonly attempt: number;
    /** Node that the previous try of this request went to, or -1. */
    readonly previous: NodeOrNone;
    /** Whether the owner may be passed over for any copy (`from replicas`). */
    readonly fromReplicas: boolean;
    /** Time after which the client gives the try up, in milliseconds. */
    readonly timeoutMs: number;
    /** The client's own settings, such as `acks` or `consistency`; the last one of a key counts. */
    readonly settings: readonly Setting[];
    /** Of a try that was made before and is held: what it was recognised by then. */
    readonly held?: number | undefined;
    /** Of a client of an address before several clusters: which of its streams this is, from 0. */
    readonly turn?: number | undefined;
    /** The one service of the address before several clusters that sent the request on to this shard. */
    readonly through?: ShardId;
    /** The run has ended: what would a client get that knows all there is to know? Nothing comes of it. */
    readonly final?: true;
}

/** What all requests of one client to one shard have in common. */
export type StreamContext = Omit<AttemptContext, 'attempt' | 'previous' | 'held' | 'final'>;

/**
 * How a try ends. `hang`: no answer, so the client gives it up at its timeout. With `held`, whoever has it may answer yet, or
 * otherwise than it would as things stand, so that it is asked about again, under that number, whenever something changes.
 * Tries of a stream with one number are alike, and one of them is asked about. A failure without a `cause` is blamed on
 * the last event that the trace tells about the node, or about the shard, its cluster and its copies if nobody answers.
 */
export type Attempt = (
    | {
          readonly outcome: 'ok';
          readonly afterMs: number;
          readonly node: NodeId;
          readonly stale?: boolean;
          /** Why it may succeed now, such as what let a held try be answered; else it is put down to the last event about the node or what it needs. */
          readonly cause?: Cause;
      }
    | {
          readonly outcome: 'error';
          readonly afterMs: number;
          readonly node: NodeOrNone;
          readonly reason: string;
          readonly cause?: Cause;
          readonly held?: number;
      }
    | {
          readonly outcome: 'hang';
          readonly node: NodeOrNone;
          readonly reason: string;
          readonly cause?: Cause;
          readonly held?: number;
      }
) &
    SentOn;

/** Of a request to an address before several clusters: the shard that it was sent on to. */
interface SentOn {
    readonly behind?: ShardId;
}

/** What befell a node's host or this cluster's process on it. */
export type HostChange =
    /** Power lost, without a word. */
    | 'failed'
    /** The process died, the host closes its connections. */
    | 'crashed'
    /** The process ended cleanly and could say so. */
    | 'stopped'
    /** The process runs (again); its memory is empty. */
    | 'started'
    | 'frozen'
    | 'unfrozen'
    /** The disk's contents are gone. */
    | 'wiped';

/** One cluster's failure behaviour during one run. Everything it does is caused by these calls or by events it scheduled. */
export interface ClusterBehaviour {
    /** Called once at time 0, in health, with every shard led by its first listed copy. */
    start(): void;
    hostChanged(node: NodeId, change: HostChange, cause: Cause): void;
    /** Links were cut, slowed or healed: ask {@link World.reach} and {@link World.delay} again. */
    networkChanged(cause: Cause): void;
    /** Decides one try at this instant; may keep what the client learns by it. */
    attempt(context: AttemptContext): Attempt;
    /**
     * Whether, as long as nothing changes, every such request ends the same way at the first try: `ok` or `fails` with one
     * immediate answer on every try. Anything else `varies` and is simulated one by one.
     */
    steadiness(context: StreamContext): Steadiness;
    /** Nodes that act as the shard's leader, in the order in which they began to. Empty: nobody does. */
    leaders(shard: ShardId): readonly NodeId[];
    /**
     * Why nothing comes into force that the node accepts as the shard's leader, as part of a sentence; undefined: it does. Missing:
     * whoever acts as leader can acknowledge. Asked about leaders that another one follows: two that can are a split brain.
     */
    whyPowerless?(shard: ShardId, leader: NodeId): string | undefined;
    /** Whether the node takes its part of the cluster's load. */
    serving(node: NodeId): boolean;
    /** Share of the group's members that are up, between 0 and 1; missing where groups have no members of their own. */
    groupShare?(group: GroupId): number;
    /** As the system itself colours these shards: all copies assigned, all primaries, or not even these. */
    health?(shards: readonly ShardId[]): Health;
    /** Whether every shard has all the copies that it is to have, each up to date. */
    fullyReplicated?(shards: readonly ShardId[]): boolean;
    /** Moves everything off the node, politely: `drain node`. */
    drain?(node: NodeId, cause: Cause): void;
    drainState?(node: NodeId): DrainState;
    /** An operator is about to start the node's process: `restart node`, which also ends a drain. A power cut that is over does not. */
    endDrain?(node: NodeId): void;
    /** An operator promotes the cluster, a copy of another: `promote`. */
    promote?(cause: Cause): void;
    /** The cluster that it is a copy of, as long as it takes no writes for that reason. */
    copyOf?(): ClusterId | undefined;
    /** Why nothing can be said about lost writes and stale reads; missing: all are counted. */
    readonly dataNotModelled?: string | undefined;
    /** A planned change of leader to the node: `switchover`. */
    switchover?(to: NodeId, cause: Cause): void;
    /** Called once when the run has ended, for what is only counted then. */
    finish?(): void;
    /**
     * Longest one-way delay in milliseconds of a link between two members up to which it is followed what becomes of the
     * messages that the system itself sends over it; missing or undefined: however long.
     */
    slowestLink?(one: NodeId, other: NodeId): number | undefined;
    /** false: its nodes send each other nothing, so that no loss of packets among them is felt. */
    readonly talksAmongItself?: boolean;
    /** Of orders that it does not take, why: whether the system has none such, or it is not simulated yet. Parts of a sentence. */
    readonly lacks?: LackingOrders;
    /** Whether the start of a process on the node takes time. Missing: none does, and a run in which one starts says so. */
    takesTimeToStart?(node: NodeId): boolean;
    /** Whether a process that goes on answers what its host accepted while it was frozen. Missing: it does not, and a run says so. */
    readonly answersBacklog?: true;
    /** Why this fault is not modelled for the cluster; undefined if it is. */
    unsupported?(fault: Fault): string | undefined;
}

/** What an operator can order some systems to do. */
export const ORDERS = ['drain', 'promote', 'switchover'] as const;

export type LackingOrders = Partial<Readonly<Record<(typeof ORDERS)[number], string>>>;

/** `unanswered`: whoever would say is not there, so nobody is told a colour. */
export type Health = 'green' | 'yellow' | 'red' | 'unanswered';

/** `blocked`: something on the node may not be evicted now. `none`: the node is not being drained. */
export type DrainState = 'blocked' | 'done' | 'none';

export type Steadiness =
    | ({
          readonly kind: 'ok';
          readonly afterMs: number;
          readonly node: NodeId;
          readonly stale?: boolean;
          /** As of a single try: why it may succeed now. */
          readonly cause?: Cause;
      } & SentOn)
    | ({
          readonly kind: 'fails';
          readonly afterMs: number;
          readonly reason: string;
          /** Who refuses. */
          readonly node: NodeOrNone;
          readonly cause?: Cause;
      } & SentOn)
    | { readonly kind: 'varies' };

/** Makes the behaviour of one cluster for one run. */
export type BehaviourFactory = (world: World) => ClusterBehaviour;
