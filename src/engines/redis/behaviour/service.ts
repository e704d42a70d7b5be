import type { Cause, HandlerId } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { REJOIN_DELAY_MS, WRITABLE_DELAY_MS } from '../config.js';
import { Flag, type ClusterState, type Peer } from './state.js';

/** Whether a node answers requests, and whether it acts as the leader of its shard. */
export class Service {
    /** Whether the node acts as leader: it owns the slots, as far as it knows, and is not in the minority. */
    private readonly acting: readonly Set<Peer>[];
    /** Whether the node sees too few primaries, when it last did, and when its process began. */
    private readonly inMinority: Uint8Array;
    private readonly minorityAt: Float64Array;
    private readonly startedAt: Float64Array;
    private readonly recheck: HandlerId;

    constructor(
        private readonly state: ClusterState,
        /** The node answers from now on, or no longer does. */
        private readonly changed: (peer: Peer) => void,
    ) {
        this.acting = state.shards.map(() => new Set());
        this.inMinority = new Uint8Array(state.size);
        this.minorityAt = new Float64Array(state.size).fill(Number.NEGATIVE_INFINITY);
        this.startedAt = new Float64Array(state.size).fill(Number.NEGATIVE_INFINITY);
        this.recheck = state.world.handler((peer) => this.review(peer, state.world.lastFault(state.nodeOf(peer))));
    }

    /** Nodes that act as leader of the shard, in the order in which they began to. */
    leaders(shard: number): readonly NodeId[] {
        return [...this.acting[shard]!].map((peer) => this.state.nodeOf(peer));
    }

    died(peer: Peer): void {
        this.actingBeside(peer)?.delete(peer);
    }

    /** The process that runs in the node's place knows no cluster: it leads nothing, however soon it came. */
    replaced(peer: Peer, cause: Cause): void {
        const shard = this.state.shards[this.state.shardOf[peer]!];
        if (shard) {
            this.died(peer);
            this.state.world.release(shard.id, this.state.nodeOf(peer), cause);
        }
    }

    /** A new process refuses requests until it has looked around. */
    started(peer: Peer): void {
        this.startedAt[peer] = this.state.world.now;
        this.state.setAnswers(peer, false);
        this.state.whyStopped[peer] = this.state.world.lastFault(this.state.nodeOf(peer));
        this.state.world.schedule(this.state.world.now, this.recheck, peer);
    }

    /** The node owns its shard's slots, as far as it knows, and the others can see it. */
    lead(peer: Peer, cause: Cause): void {
        const acting = this.actingBeside(peer)!;
        if (!acting.has(peer)) {
            acting.add(peer);
            const shard = this.state.shardOf[peer]!;
            const epoch = this.state.epochSeenBy(peer, shard);
            this.state.world.claim(this.state.shards[shard]!.id, this.state.nodeOf(peer), epoch, cause);
        }
    }

    /** The node has lost its slots or sight of the majority. */
    standBack(peer: Peer, cause: Cause): void {
        if (this.actingBeside(peer)?.delete(peer)) {
            this.state.world.release(this.state.shards[this.state.shardOf[peer]!]!.id, this.state.nodeOf(peer), cause);
        }
    }

    /** clusterUpdateState of Redis 7: full coverage, and a majority of primaries in sight. */
    review(peer: Peer, cause: Cause, about?: Peer): void {
        const { state } = this;
        const inSight = state.ownersInSight[peer]!;
        const covered = state.ownersFailed[peer] === 0;
        const majority = inSight >= state.quorum;
        const healthy = majority && (covered || !state.config.fullCoverage);
        const changesNothing = majority && !this.inMinority[peer] && healthy === state.answers(peer);
        if (changesNothing || !state.runs(peer)) {
            return;
        }
        const { now } = this.state.world;
        if (!majority) {
            this.standBack(peer, cause);
        }
        if (!majority || this.inMinority[peer]) {
            this.minorityAt[peer] = now;
        }
        this.inMinority[peer] = majority ? 0 : 1;
        if (healthy === state.answers(peer)) {
            return;
        }
        const readyAt = healthy && state.isPrimary(peer) ? this.readyAt(peer) : now;
        if (readyAt > now) {
            this.state.world.schedule(readyAt, this.recheck, peer);
            return;
        }
        state.setAnswers(peer, healthy);
        this.changed(peer);
        if (healthy && state.isPrimary(peer)) {
            this.lead(peer, cause);
        }
        const why = majority
            ? `${this.firstUncovered(peer)} has no owner that lives`
            : `it sees ${inSight} of ${state.shards.length} primaries`;
        state.whyStopped[peer] = this.tell(peer, healthy ? 'answers again' : `stops answering: ${why}`, cause, about);
        this.state.world.changed();
    }

    /** About the node as a whole: it answers for no shard, or for all that it knows. */
    private tell(peer: Peer, what: string, cause: Cause, about: Peer | undefined): Cause {
        const { state } = this;
        return state.world.record({
            kind: 'state',
            text: `${state.nameOf(peer)} ${what}`,
            cause,
            node: state.nodeOf(peer),
            ...(about === undefined ? {} : { peer: state.nodeOf(about) }),
        });
    }

    /** The first shard whose owner the node takes for failed, or the first of all. */
    private firstUncovered(peer: Peer): string {
        const { state } = this;
        const uncovered = state.shards.findIndex((_, shard) => {
            const owner = state.ownerSeenBy(peer, shard);
            return owner !== peer && state.flag(peer, owner) === Flag.failed;
        });
        return state.titleOf(Math.max(uncovered, 0));
    }

    /** Those that act as leader of the node's shard; undefined if it has none. */
    private actingBeside(peer: Peer): Set<Peer> | undefined {
        return this.acting[this.state.shardOf[peer]!];
    }

    /** A primary that was in the minority, or has just started, lets the others speak first. */
    private readyAt(peer: Peer): number {
        const timeout = this.state.config.nodeTimeoutMs;
        const rejoin = Math.min(Math.max(timeout, REJOIN_DELAY_MS.minimum), REJOIN_DELAY_MS.maximum);
        return Math.max(this.minorityAt[peer]! + rejoin, this.startedAt[peer]! + WRITABLE_DELAY_MS);
    }
}
