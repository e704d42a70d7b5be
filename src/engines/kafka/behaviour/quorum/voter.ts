import type { Cause } from '../../../../simulator/index.js';
import type { NodeId } from '../../../../topology/index.js';

/** As KafkaRaftClient.java names them; a prospective asks whether it could win before it stands. */
type Role = 'follower' | 'unattached' | 'prospective' | 'candidate' | 'leader' | 'resigned';

/** How far a log goes: the epoch of its last record, and when that was written. */
export interface LogEnd {
    readonly epoch: number;
    readonly atMs: number;
}

/** One controller as it sees itself. Epoch, vote and log are on its disk and survive a restart. */
export interface Voter {
    readonly node: NodeId;
    role: Role;
    epoch: number;
    leader: NodeId | undefined;
    votedFor: NodeId | undefined;
    log: LogEnd;
    /** Whether its fetches are answered by the leader that it follows; of a leader, whether a majority fetches from it. */
    inTouch: boolean;
    /** Whether it has fetched from the leader that it follows at all: then it helps nobody to another one. */
    hasFetched: boolean;
    /** Its leader has said that it leaves. */
    isDismissed: boolean;
    /** The trace has told that it looks for another leader. */
    isSearching: boolean;
    /** The one deadline that counts; a later number makes the scheduled one void. */
    deadline: number;
    /** The deadline passed while the process was frozen. */
    overdue: boolean;
    /** Candidacies in a row, and whether it waits before the next one. */
    retries: number;
    isBackingOff: boolean;
    readonly granted: Set<NodeId>;
    readonly refused: Set<NodeId>;
    /** The leader has taken up its work as active controller. */
    isActive: boolean;
    /** Trace event of what it last noticed. */
    cause: Cause;
}

export type QuorumMessage =
    | {
          readonly kind: 'vote-request';
          readonly epoch: number;
          readonly log: LogEnd;
          readonly inAdvance: boolean;
          readonly cause: Cause;
      }
    | { readonly kind: 'vote'; readonly epoch: number; readonly inAdvance: boolean; readonly granted: boolean }
    /** The leader tells the others that its epoch has begun. */
    | { readonly kind: 'begin-epoch'; readonly epoch: number; readonly cause: Cause }
    /** The leader leaves; successors are asked in this order. */
    | {
          readonly kind: 'end-epoch';
          readonly epoch: number;
          readonly successors: readonly NodeId[];
          readonly cause: Cause;
      }
    /** The receiver is behind: this is the epoch, and who leads in it. */
    | { readonly kind: 'newer-epoch'; readonly epoch: number; readonly leader: NodeId | undefined };

export function newVoter(node: NodeId): Voter {
    return {
        node,
        role: 'unattached',
        epoch: 0,
        leader: undefined,
        votedFor: undefined,
        log: { epoch: 0, atMs: 0 },
        inTouch: false,
        hasFetched: false,
        isDismissed: false,
        isSearching: false,
        deadline: 0,
        overdue: false,
        retries: 0,
        isBackingOff: false,
        granted: new Set(),
        refused: new Set(),
        isActive: false,
        cause: -1,
    };
}

/** Whether the voter gives its vote, or would, to one whose log ends there and who is in the voter's own epoch. */
export function grants(voter: Voter, candidate: NodeId, isUpToDate: boolean, inAdvance: boolean): boolean {
    if (!isUpToDate) {
        return false;
    }
    switch (voter.role) {
        case 'leader':
            return false;
        case 'follower':
            return inAdvance && !voter.hasFetched;
        case 'candidate':
        case 'resigned':
            return inAdvance;
        case 'unattached':
        case 'prospective':
            return (
                inAdvance ||
                voter.votedFor === candidate ||
                (voter.votedFor === undefined && voter.leader === undefined)
            );
    }
}

export function isUpToDate(one: LogEnd, other: LogEnd): boolean {
    return one.epoch > other.epoch || (one.epoch === other.epoch && one.atMs >= other.atMs);
}
