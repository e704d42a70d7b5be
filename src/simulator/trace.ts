import type { ClusterId, NodeId, ShardId, SourceRange } from '../topology/index.js';

/** What a trace event is about; the vocabulary that every engine's story is told in. */
export type TraceKind =
    /** A step of the scenario. */
    | 'fault'
    /** An observer begins to doubt, or to trust again. */
    | 'suspicion'
    /** A failure, or its end, is agreed upon. */
    | 'detection'
    | 'election'
    | 'vote'
    | 'promotion'
    | 'demotion'
    /** A service or a node's view of it changes state. */
    | 'state'
    /** Copies, members or addresses come back into service. */
    | 'recovery'
    /** Acknowledged writes are gone. */
    | 'loss'
    /** Clients begin to fail, or succeed again. */
    | 'client';

/** What somebody takes nodes for from now on, as far as it could find out: this need not be the truth. */
export interface Belief {
    readonly holds: 'alive' | 'suspected' | 'failed' | 'fenced';
    readonly about: readonly NodeId[];
    /** Without it, the event's node; `all-told`: everyone who knows of the event; `cluster`: what is written down or agreed upon for all members. */
    readonly by?: 'all-told' | 'cluster';
}

/** One line of the story. The index in the trace is its name: `cause` refers to it. */
export interface TraceEvent {
    readonly atMs: number;
    readonly kind: TraceKind;
    /** A sentence about the fact, without the time. */
    readonly text: string;
    /** Index of the event that led to this one, or -1. */
    readonly cause: number;
    readonly cluster?: ClusterId;
    /** Who acts or believes. */
    readonly node?: NodeId;
    /** About whom. */
    readonly peer?: NodeId;
    /** Who knows of it from this instant on, beside `node`. */
    readonly knownTo?: readonly NodeId[];
    readonly shard?: ShardId;
    readonly belief?: Belief;
    readonly source?: SourceRange;
}
