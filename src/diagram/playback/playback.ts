/**
 * What a run showed, as the drawing's elements saw it: plain data that is sent to the webview. Times are milliseconds from
 * the start of the scenario. Elements are named by the ids of the drawing.
 */
import type { SourceRange } from '../../topology/index.js';

export interface Playback {
    /** Name of the scenario; undefined for one that was clicked together. */
    readonly scenario?: string;
    readonly title: string;
    readonly seed: number;
    /** 16 hexadecimal digits; equal for equal histories on every machine. */
    readonly traceHash: string;
    readonly untilMs: number;
    readonly status: 'passed' | 'failed' | 'error';
    /** The outcome in one or two sentences: what could not be read or written for how long, what was lost. */
    readonly summary: string;
    /** Expectations with what was found, in the file's order. */
    readonly clauses: readonly PlaybackClause[];
    /** Sentences about the whole run: what changed nothing, what is not modelled, what is taken for granted. */
    readonly notes: readonly string[];
    /** In order of time. At most {@link EVENT_LIMIT}; `untold` says how many more there were. */
    readonly events: readonly PlaybackEvent[];
    readonly untold: number;
    /** A lane a shard that clients ask for, grouped by cluster in the file's order. */
    readonly lanes: readonly Lane[];
    /** Only nodes to which something happened. */
    readonly nodes: readonly NodeHistory[];
    /** Who was out of reach of whom, whether they ran or not; each holds until the next, and before the first all reach all. */
    readonly reach: readonly ReachChange[];
    /** Where addresses before several clusters sent requests, once that was elsewhere than declared. */
    readonly sending: readonly SendingHistory[];
    /** Who led each shard, from the start, and the control of each cluster. Only what has a leader. */
    readonly leaders: readonly LeaderHistory[];
    /** What observers took nodes for, in order of time; before that all hold all alive. */
    readonly beliefs: readonly BeliefChange[];
}

/** More would neither be read by anybody nor fit a message. */
export const EVENT_LIMIT = 20_000;

export interface PlaybackClause {
    readonly text: string;
    readonly status: 'passed' | 'failed' | 'error';
    /** A sentence: what was found. */
    readonly actual: string;
    readonly source: SourceRange;
    /** The instant that decides it, if there is one. */
    readonly atMs?: number;
}

export type EventKind =
    | 'fault'
    | 'suspicion'
    | 'detection'
    | 'election'
    | 'vote'
    | 'promotion'
    | 'demotion'
    | 'state'
    | 'recovery'
    | 'loss'
    | 'client';

export interface PlaybackEvent {
    readonly atMs: number;
    readonly kind: EventKind;
    /** A sentence without the time. */
    readonly text: string;
    /** Index in `events` of what led to it; -1: a step of the scenario, or unknown. */
    readonly cause: number;
    /** Id of the drawn node that acts or believes. */
    readonly node?: string;
    /** Id of the drawn node that it is about. */
    readonly peer?: string;
    /** Ids of drawn nodes that know of it from now on, beside `node`. */
    readonly knownTo?: readonly string[];
    /** `node`, and whoever knows of it, take `peer` for something else from now on. */
    readonly believes?: true;
    /** {@link Lane.id} */
    readonly lane?: string;
    /** The line of the file that it stems from. */
    readonly source?: SourceRange;
}

export interface Lane {
    /** As {@link DrawnCopy.shard}: `shard:sessions.s-1`. */
    readonly id: string;
    /** Id of the drawn cluster. */
    readonly cluster: string;
    /** `s-1`, `payments.0`; the cluster's name where it has one service. */
    readonly label: string;
    readonly source: SourceRange;
    /** Only trouble: in between all is well. */
    readonly troubles: readonly Trouble[];
}

export interface Trouble {
    readonly operation: 'read' | 'write';
    /** When the first failed request was sent, or the fault struck that it met. */
    readonly fromMs: number;
    /** null: not over when the scenario ends. */
    readonly toMs: number | null;
    /** As the verdict counts it, from the last answer before to the next one; without it from `fromMs` to `toMs`. */
    readonly lengthMs?: number;
    /** `degraded`: some requests succeeded meanwhile. */
    readonly form: 'dark' | 'degraded';
    /** Who noticed: a workload's name, or undefined for the probe. */
    readonly workload?: string;
}

/** What a node looks like; the worst of its processes where they differ. */
export type NodeState = 'serving' | 'frozen' | 'crashed' | 'stopped' | 'off';
export type NodeConnection = 'whole' | 'slow' | 'cut' | 'isolated';

export interface NodeHistory {
    /** Id of the drawn node. */
    readonly id: string;
    /** Each holds until the next; before the first all is well. */
    readonly changes: readonly {
        readonly atMs: number;
        readonly state: NodeState;
        readonly connection: NodeConnection;
    }[];
}

export interface ReachChange {
    readonly atMs: number;
    /** Ids of drawn nodes and clients: those of a group are alike to all others. */
    readonly groups: readonly (readonly string[])[];
    /** Pairs of indices of groups: what the first sends does not arrive at the second. */
    readonly severed: readonly (readonly [from: number, to: number])[];
}

export interface SendingHistory {
    /** Id of the drawn client. */
    readonly client: string;
    /** The address, by {@link DrawnAddress.service}. */
    readonly service: string;
    /** Ids of drawn clusters; each holds until the next, and before the first the file does. */
    readonly changes: readonly { readonly atMs: number; readonly clusters: readonly string[] }[];
}

/** What an observer could find out, which need not be the truth. */
export interface BeliefChange {
    readonly atMs: number;
    /** Id of the drawn node that believes it, or of the cluster that agreed on it or has it written down. */
    readonly by: string;
    /** Ids of drawn nodes. */
    readonly about: readonly string[];
    readonly holds: 'alive' | 'suspected' | 'failed' | 'fenced';
}

export interface LeaderHistory {
    /** {@link Lane.id} */
    readonly lane: string;
    /** `node: null`: nobody leads. */
    readonly changes: readonly { readonly atMs: number; readonly node: string | null }[];
}
