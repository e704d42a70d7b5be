import type { NodeId } from '../../../topology/index.js';

/** How a group of Raft members is set up. Durations in milliseconds. */
export interface RaftConfig {
    readonly heartbeatMs: number;
    /** A follower stands for election after one to two of these without a heartbeat, drawn anew each time. */
    readonly electionMs: number;
    /** Whether a member asks if it could win before it begins a new term. */
    readonly preVote: boolean;
}

type Role = 'follower' | 'pre-candidate' | 'candidate' | 'leader';

/** How far a member's log goes: the term of its last entry and the entries of that term. */
export interface LogPosition {
    readonly term: number;
    readonly entries: number;
}

/** One member as it sees itself. What is on its disk survives a restart: term, vote and log. */
export interface RaftMember {
    readonly node: NodeId;
    /** When its clock ticks, within a heartbeat interval. */
    readonly phaseMs: number;
    role: Role;
    term: number;
    votedFor: NodeId | undefined;
    leader: NodeId | undefined;
    log: LogPosition;
    /** Ticks since it last heard from a leader, or since a leader last made sure of its majority. */
    elapsed: number;
    /** Ticks without a leader after which it stands for election. */
    patience: number;
    /** Who answered: with a vote for a candidate, with anything at all for a leader. */
    readonly supporters: Set<NodeId>;
    /** Who refused the candidate. */
    readonly refusers: Set<NodeId>;
}

export type RaftMessage =
    | { readonly kind: 'heartbeat'; readonly term: number }
    | { readonly kind: 'heartbeat-answer'; readonly term: number }
    | {
          readonly kind: 'vote-request';
          readonly term: number;
          readonly log: LogPosition;
          /** Only asks whether the vote would be given. */
          readonly inAdvance: boolean;
          /** The leader itself has asked for this election: its lease stands in nobody's way. */
          readonly isHandover: boolean;
          /** Trace event of the candidacy. */
          readonly cause: number;
      }
    /** A leader that stops asks for a successor. `cause` is the trace event. */
    | { readonly kind: 'take-over'; readonly term: number; readonly cause: number }
    | { readonly kind: 'vote'; readonly term: number; readonly inAdvance: boolean; readonly granted: boolean };

/** Whether a log that goes to `one` holds everything that one which goes to `other` does. */
export function isUpToDate(one: LogPosition, other: LogPosition): boolean {
    return one.term > other.term || (one.term === other.term && one.entries >= other.entries);
}
