import type { Cause, RandomStream } from '../../../simulator/index.js';
import { ELECTION_DELAY_MS, ELECTION_JITTER_MS, maximumDataAgeMs, RANK_DELAY_MS } from '../config.js';
import type { Bus, Envelope } from './bus.js';
import type { Replication } from './replication.js';
import { Flag, type ClusterState, type Peer } from './state.js';

/** A manual failover is given up after this time (CLUSTER_MF_TIMEOUT). */
export const MANUAL_MS = 5000;

/** A replica's candidacy. */
interface Candidacy {
    /** When it asks for votes; it may be put off further while its rank gets worse. */
    startMs: number;
    rank: number;
    /** Epoch that the votes are asked for in, once they are. */
    epoch: number | undefined;
    /** An operator wants it, and its primary waits. */
    readonly isManual: boolean;
    readonly voters: Set<Peer>;
    cause: Cause;
}

/**
 * Replicas of a failed primary stand for election one after the other, and the primaries vote.
 *
 * Follows clusterHandleSlaveFailover and clusterSendFailoverAuthIfNeeded of Redis 7 (src/cluster.c).
 */
export class Election {
    private readonly candidacies = new Map<Peer, Candidacy>();
    private readonly lastVoteEpoch: Int32Array;
    /** When a voter last voted for a replica of this primary: `voter * size + primary`. */
    private readonly votedAt = new Map<number, number>();
    private readonly delays = new Map<Peer, RandomStream>();
    private readonly refusedForAge = new Set<Peer>();

    constructor(
        private readonly state: ClusterState,
        private readonly bus: Bus,
        private readonly replication: Replication,
        /** The candidate has won: it owns its shard from now on. */
        private readonly won: (winner: Peer, epoch: number, cause: Cause) => void,
        private readonly failureOf: (observer: Peer, other: Peer) => Cause,
        private readonly changed: () => void,
    ) {
        this.lastVoteEpoch = new Int32Array(state.size);
    }

    /** A new process has no memory of a candidacy. */
    started(peer: Peer): void {
        this.candidacies.delete(peer);
        this.refusedForAge.delete(peer);
    }

    /** The replica's part of the cron. Returns when it wants the next one: Infinity if it does not care. */
    onCron(replica: Peer): number {
        const { state } = this;
        const shard = state.shardOf[replica]!;
        const primary = shard < 0 ? replica : state.ownerSeenBy(replica, shard);
        const candidacy = this.candidacies.get(replica);
        if (candidacy?.isManual && state.world.now <= candidacy.startMs + MANUAL_MS) {
            return Number.POSITIVE_INFINITY;
        }
        if (primary === replica || state.flag(replica, primary) !== Flag.failed) {
            this.candidacies.delete(replica);
            this.refusedForAge.delete(replica);
            return Number.POSITIVE_INFINITY;
        }
        if (state.neverStands(replica) || this.isTooOld(replica)) {
            return Number.POSITIVE_INFINITY;
        }
        const timeout = Math.max(2 * state.config.nodeTimeoutMs, 2000);
        if (!candidacy || state.world.now - candidacy.startMs > 2 * timeout) {
            this.stand(replica, primary);
        } else if (candidacy.epoch === undefined) {
            this.await(replica, shard, candidacy);
        }
        const { epoch, startMs } = this.candidacies.get(replica)!;
        // Until it has asked, its rank may change with every run.
        return epoch === undefined ? state.world.now : startMs + 2 * timeout;
    }

    private stand(replica: Peer, primary: Peer): void {
        const { state } = this;
        const rank = this.rankOf(replica);
        const delay = ELECTION_DELAY_MS + this.jitterOf(replica) + rank * RANK_DELAY_MS;
        const cause = state.world.record({
            kind: 'election',
            text: `${state.nameOf(replica)} will ask for votes in ${delay} ms (rank ${rank})`,
            cause: this.failureOf(replica, primary),
            node: state.nodeOf(replica),
            peer: state.nodeOf(primary),
            shard: this.shardOf(replica),
        });
        this.candidacies.set(replica, {
            startMs: state.world.now + delay,
            rank,
            epoch: undefined,
            isManual: false,
            voters: new Set(),
            cause,
        });
        this.changed();
    }

    private jitterOf(replica: Peer): number {
        const { context, world } = this.state;
        const { qualifiedName } = context.topology.nodes[this.state.nodeOf(replica)]!;
        const random = this.delays.get(replica) ?? world.stream(qualifiedName, 'election delay');
        this.delays.set(replica, random);
        return random.below(ELECTION_JITTER_MS);
    }

    /** The replica's primary waits for it: it asks at once. */
    standManually(replica: Peer, cause: Cause): void {
        const candidacy = {
            startMs: this.state.world.now,
            rank: 0,
            epoch: undefined,
            isManual: true,
            voters: new Set<Peer>(),
            cause,
        };
        this.candidacies.set(replica, candidacy);
        this.ask(replica, this.state.shardOf[replica]!, candidacy);
    }

    private await(replica: Peer, shard: number, candidacy: Candidacy): void {
        const { state } = this;
        const rank = this.rankOf(replica);
        if (rank > candidacy.rank) {
            candidacy.startMs += (rank - candidacy.rank) * RANK_DELAY_MS;
            candidacy.rank = rank;
        }
        if (state.world.now >= candidacy.startMs) {
            this.ask(replica, shard, candidacy);
        }
    }

    private ask(replica: Peer, shard: number, candidacy: Candidacy): void {
        const { state } = this;
        const epoch = ++state.currentEpoch[replica]!;
        candidacy.epoch = epoch;
        candidacy.cause = state.world.record({
            kind: 'election',
            text: `${state.nameOf(replica)} asks the primaries for votes, epoch ${epoch}`,
            cause: candidacy.cause,
            node: state.nodeOf(replica),
            shard: this.shardOf(replica),
        });
        const ownerEpoch = state.epochSeenBy(replica, shard);
        const { cause, isManual } = candidacy;
        this.bus.broadcast(replica, { kind: 'vote-request', epoch, shard, ownerEpoch, cause, isManual });
        this.changed();
    }

    /** Replicas of the same primary that hold more of its data, as far as this one has heard. */
    private rankOf(replica: Peer): number {
        return this.replication.siblingsAhead(replica);
    }

    private isTooOld(replica: Peer): boolean {
        const { state } = this;
        const age = this.replication.dataAgeMs(replica) - state.config.nodeTimeoutMs;
        const limit = maximumDataAgeMs(state.context, state.placeOf(replica));
        if (age <= limit) {
            return false;
        }
        if (!this.refusedForAge.has(replica)) {
            this.refusedForAge.add(replica);
            const shard = state.shardOf[replica]!;
            const why =
                age === Number.POSITIVE_INFINITY
                    ? 'it has not been in sync with its primary since it started'
                    : `its data is ${(age / 1000).toFixed(1)} s older than the node timeout and ${(limit / 1000).toFixed(1)} s are allowed`;
            state.world.record({
                kind: 'election',
                text: `${state.nameOf(replica)} does not stand for election: ${why}`,
                cause: this.failureOf(replica, state.ownerSeenBy(replica, shard)),
                node: state.nodeOf(replica),
                shard: this.shardOf(replica),
            });
        }
        return true;
    }

    /** A primary votes once an epoch, for a replica whose primary it sees as failed too, and gives it time to take over. */
    onVoteRequest(voter: Peer, { from: candidate, message }: Envelope): void {
        const { state } = this;
        if (message.kind !== 'vote-request' || !state.isPrimary(voter)) {
            return;
        }
        const primary = state.ownerSeenBy(voter, message.shard);
        const voted = voter * state.size + primary;
        if (
            message.epoch < state.currentEpoch[voter]! ||
            this.lastVoteEpoch[voter] === state.currentEpoch[voter] ||
            (state.flag(voter, primary) !== Flag.failed && !message.isManual) ||
            message.ownerEpoch < state.epochSeenBy(voter, message.shard) ||
            state.world.now - (this.votedAt.get(voted) ?? Number.NEGATIVE_INFINITY) < 2 * state.config.nodeTimeoutMs
        ) {
            return;
        }
        this.lastVoteEpoch[voter] = message.epoch;
        this.votedAt.set(voted, state.world.now);
        if (!state.isLarge) {
            // Hundreds of votes for each of hundreds of shards would be no story: the promotion tells that there were enough.
            state.world.record({
                kind: 'vote',
                text: `${state.nameOf(voter)} votes for ${state.nameOf(candidate)} in epoch ${message.epoch}`,
                cause: message.cause,
                node: state.nodeOf(voter),
                peer: state.nodeOf(candidate),
                shard: state.shards[message.shard]!.id,
            });
        }
        this.bus.send(voter, candidate, { kind: 'vote', epoch: message.epoch });
    }

    onVote(candidate: Peer, { from: voter, message }: Envelope): void {
        const { state } = this;
        const candidacy = this.candidacies.get(candidate);
        if (message.kind !== 'vote' || candidacy?.epoch !== message.epoch || state.isPrimary(candidate)) {
            return;
        }
        candidacy.voters.add(voter);
        if (candidacy.voters.size >= state.quorum) {
            this.candidacies.delete(candidate);
            this.won(candidate, message.epoch, candidacy.cause);
        }
    }

    private shardOf(peer: Peer): number {
        return this.state.shards[this.state.shardOf[peer]!]!.id;
    }
}
