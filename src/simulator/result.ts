import type { ClusterId, GroupId, NodeId, Operation, ShardId, WorkloadId } from '../topology/index.js';
import type { ProcessState } from './behaviour.js';
import type { LateCluster } from './late-messages.js';
import type { LinkState } from './network.js';
import type { Reach } from './reach.js';
import type { TraceEvent } from './trace.js';

/** Everything that one run of one scenario with one seed showed. Times are milliseconds from the scenario's start. */
export interface Run {
    readonly seed: number;
    /** 16 hexadecimal digits; equal for equal histories on every machine. */
    readonly traceHash: string;
    /** Events that the kernel processed. */
    readonly events: number;
    readonly untilMs: number;
    readonly faults: readonly AppliedFault[];
    readonly outages: readonly Outage[];
    /** Missing if no request waited when the run ended. */
    readonly outagesIfWaiting?: IfWaiting<Outage>;
    readonly leaders: readonly LeaderChange[];
    readonly lostWrites: readonly { readonly cluster: ClusterId; readonly shard: ShardId; readonly count: number }[];
    readonly staleReads: readonly { readonly cluster: ClusterId; readonly shard: ShardId; readonly count: number }[];
    /** Of the stale reads, those that were sent before anything was done. Missing if there are none. */
    readonly staleBefore?: readonly { readonly shard: ShardId; readonly count: number }[];
    readonly workloads: readonly WorkloadCount[];
    /** Spans in which two nodes led one shard, and each could acknowledge what it was told. */
    readonly splitBrains: readonly {
        readonly shard: ShardId;
        readonly fromMs: number;
        readonly toMs: number | null;
        readonly nodes: readonly NodeId[];
    }[];
    /** Leaders that did not know that another led, and could decide nothing. Missing if there were none. */
    readonly deposed?: readonly DeposedLeader[];
    /** Share of each cluster's declared capacity that was up; an entry per change, beginning with time 0. */
    readonly capacity: readonly CapacityChange[];
    /** What became of the processes; all of them run at first. */
    readonly processes: readonly ProcessChange[];
    /** What became of the nodes' links; all of them are whole at first. */
    readonly links: readonly LinkChange[];
    /** Who reaches whom; all reach all at first. Missing if that never changes. */
    readonly reach?: readonly ReachChange[];
    /** Where addresses send the requests of workloads; as {@link routesFrom} orders them at first. Missing if that never changes. */
    readonly sending?: readonly SendingChange[];
    /** What expectations asked about at their instants. */
    readonly states: readonly StateSample[];
    /** Requests sent in the second after each instant that an expectation asks about. */
    readonly windows: readonly Window[];
    /** Clusters whose lost writes and stale reads are not counted, and why. */
    readonly dataNotModelled?: readonly { readonly cluster: ClusterId; readonly reason: string }[];
    /** What the run rests on though nobody documents it. */
    readonly assumptions?: readonly (Assumed & { readonly cluster: ClusterId })[];
    /** Where no more was lost than is told, chance or what nobody documents had a part in it: parts of a sentence. */
    readonly mayHaveLost?: readonly { readonly shard: ShardId; readonly reason: string }[];
    /** Where reads may be stale by what is not simulated, though none is counted for that: parts of a sentence. */
    readonly mayBeStale?: readonly { readonly shard: ShardId; readonly reason: string }[];
    /** Processes that started and were at work at once, since the start itself is not modelled. */
    readonly startedAtOnce?: readonly { readonly cluster: ClusterId; readonly atMs: number }[];
    /** Clusters with members on both sides of a loss of packets, none of whose own messages are lost in the model. */
    readonly untouchedByLoss: readonly ClusterId[];
    /** Clusters among whose members links were slower than what their behaviours follow. */
    readonly lateClusters: readonly LateCluster[];
    readonly trace: readonly TraceEvent[];
}

/** The outages of a run if the requests that waited when it ended succeed after all, and if they fail. */
export interface IfWaiting<Each> {
    readonly succeed: readonly Each[];
    readonly fail: readonly Each[];
}

export interface DeposedLeader {
    readonly shard: ShardId;
    readonly node: NodeId;
    readonly fromMs: number;
    /** When it noticed, or ended; null: not within the run. */
    readonly toMs: number | null;
}

export interface Assumed {
    /** To be read behind a colon: `a failover of ledger takes 15 s to 60 s`. */
    readonly brief: string;
    /** With all that is to be known about it; missing where the file itself assumes it. */
    readonly sentence?: string;
}

export interface CapacityChange {
    readonly cluster: ClusterId;
    /** Of this group alone, counted in its own members. */
    readonly group?: GroupId;
    readonly atMs: number;
    readonly share: number;
    /** Of a whole cluster: the members that took no part of its load. */
    readonly idle?: readonly NodeId[];
}

/** A member's process from this instant on. */
export interface ProcessChange {
    readonly atMs: number;
    readonly cluster: ClusterId;
    readonly node: NodeId;
    readonly state: ProcessState;
}

/** How a node is connected from this instant on. */
export interface LinkChange {
    readonly atMs: number;
    readonly node: NodeId;
    readonly state: LinkState;
}

/** Who reaches whom from this instant on. */
export interface ReachChange extends Reach {
    readonly atMs: number;
}

/** To which clusters an address sends a workload's requests from this instant on. */
export interface SendingChange {
    readonly atMs: number;
    /** The cluster that stands for the address. */
    readonly address: ClusterId;
    readonly workload: WorkloadId;
    readonly clusters: readonly ClusterId[];
}

/** What an expectation about health, replication or a drain found at its instant. */
export interface StateSample {
    /** Index of the expectation in the scenario. */
    readonly expectation: number;
    /** A {@link Health}, `yes` or `no`, a {@link DrainState}; null: the system has no such state, or it is not modelled. */
    readonly state: string | null;
}

export interface AppliedFault {
    readonly atMs: number;
    readonly text: string;
    /** How many nodes or links it changed; 0: it changed nothing. */
    readonly affected: number;
}

/** Who watches a shard: a workload's clients, or the probe that stands outside all places. */
export interface Observer {
    readonly shard: ShardId;
    readonly cluster: ClusterId;
    readonly operation: Operation;
    /** Missing for the probe. */
    readonly workload?: WorkloadId;
}

/** The gap between the completion of two successes that holds at least one failed request. */
export interface Outage extends Observer {
    readonly fromMs: number;
    /** null: not over at the end of the run. */
    readonly toMs: number | null;
    /** `degraded`: some requests succeeded meanwhile. */
    readonly form: 'dark' | 'degraded';
    /** Of one that is `degraded`: the longest time in which none succeeded. */
    readonly silentMs?: number;
    readonly failed: number;
    /** When the first failed request was sent. */
    readonly sentMs: number;
    /** None of its requests had failed when the run ended; all waited for an answer, and would fail as things stood. */
    readonly isPending?: true;
    /** The first answer came, but too late for the client. */
    readonly isLate?: true;
    /**
     * The probe found no write from the start of the run on, because the cluster is a copy of this one that nobody has promoted:
     * nothing has failed.
     */
    readonly copyOf?: ClusterId;
    /** Nobody had succeeded since the start of the run when clients knew of a failure before anything was done: no fault's work. */
    readonly fromStart?: true;
}

export interface LeaderChange {
    readonly atMs: number;
    readonly cluster: ClusterId;
    readonly shard: ShardId;
    readonly from: NodeId | null;
    readonly to: NodeId | null;
}

export interface WorkloadCount {
    readonly workload: WorkloadId;
    readonly operation: Operation;
    /** Index of the demand in the workload. */
    readonly demand: number;
    /** Those with an outcome. */
    readonly sent: number;
    readonly ok: number;
    readonly failed: number;
    /** Without an outcome when the run ended; missing: none. */
    readonly waiting?: number;
    /** Those of `ok` whose answer was stale; missing: none. */
    readonly stale?: number;
}

export interface Window extends Observer {
    readonly atMs: number;
    /** Those with an outcome. */
    readonly sent: number;
    readonly ok: number;
    readonly failed: number;
    /** Without an outcome when the run ended; missing: none. */
    readonly waiting?: number;
}
