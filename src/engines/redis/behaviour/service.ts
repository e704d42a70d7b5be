import type { Cause, HandlerId } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { REJOIN_DELAY_MS, WRITABLE_DELAY_MS } from '../config.js';
import { Flag, type ClusterState, type Peer } from './state.js';

/** Whether a node answers requests, and whether it acts as the leader of its shard. */
export class Service {
    /** Whether the node acts as leader: it owns the slots, as far as it knows, and is not in the minority. */
    private readonly acting = new Set<Peer>();
    /** Whether the node sees too few primaries, when it last did, and when its process began. */
    private readonly inMinority: Uint8Array;
    private readonly minorityAt: Float64Array;
    private readonly startedAt: Float64Array;
    private readonly recheck: HandlerId;

    constructor(
        private readonly state: ClusterState,
        private readonly changed: () => void,
    ) {
        this.inMinority = new Uint8Array(state.size);
        this.minorityAt = new Float64Array(state.size).fill(Number.NEGATIVE_INFINITY);
        this.startedAt = new Float64Array(state.size).fill(Number.NEGATIVE_INFINITY);
        this.recheck = state.world.handler((peer) => this.review(peer, state.world.lastFault(state.nodeOf(peer))));
    }

    /** Nodes that act as leader of the shard, in the order in which they began to. */
    leaders(shard: number): readonly NodeId[] {
        return [...this.acting]
            .filter((peer) => this.state.shardOf[peer] === shard)
            .map((peer) => this.state.nodeOf(peer));
    }

    died(peer: Peer): void {
        this.acting.delete(peer);
    }

    /** A new process refuses requests until it has looked around. */
    started(peer: Peer): void {
        this.startedAt[peer] = this.state.world.now;
        this.state.answering[peer] = 0;
        this.state.world.schedule(this.state.world.now, this.recheck, peer);
    }

    /** The node owns its shard's slots, as far as it knows, and the others can see it. */
    lead(peer: Peer, cause: Cause): void {
        if (!this.acting.has(peer)) {
            this.acting.add(peer);
            const shard = this.state.shardOf[peer]!;
            const epoch = this.state.epochSeenBy(peer, shard);
            this.state.world.claim(this.state.shards[shard]!.id, this.state.nodeOf(peer), epoch, cause);
        }
    }

    /** The node has lost its slots or sight of the majority. */
    standBack(peer: Peer, cause: Cause): void {
        if (this.acting.has(peer)) {
            this.acting.delete(peer);
            this.state.world.release(this.state.shards[this.state.shardOf[peer]!]!.id, this.state.nodeOf(peer), cause);
        }
    }

    /** clusterUpdateState of Redis 7: full coverage, and a majority of primaries in sight. */
    review(peer: Peer, cause: Cause, about?: Peer): void {
        const { state } = this;
        if (!state.runs(peer)) {
            return;
        }
        const { now } = this.state.world;
        const { uncovered, inSight } = this.sightOf(peer);
        const majority = inSight >= state.quorum;
        if (!majority) {
            this.standBack(peer, cause);
        }
        if (!majority || this.inMinority[peer]) {
            this.minorityAt[peer] = now;
        }
        this.inMinority[peer] = majority ? 0 : 1;
        const healthy = majority && (uncovered < 0 || !state.config.fullCoverage);
        if (healthy === (state.answering[peer] === 1)) {
            return;
        }
        const readyAt = healthy && state.isPrimary(peer) ? this.readyAt(peer) : now;
        if (readyAt > now) {
            this.state.world.schedule(readyAt, this.recheck, peer);
            return;
        }
        state.answering[peer] = healthy ? 1 : 0;
        this.changed();
        if (state.isPrimary(peer)) {
            if (healthy) {
                this.lead(peer, cause);
            }
            const why = majority
                ? `${state.shards[Math.max(uncovered, 0)]!.name} has no owner that lives`
                : `it sees ${inSight} of ${state.shards.length} primaries`;
            this.tell(peer, healthy ? 'answers again' : `stops answering: ${why}`, cause, about);
        }
        this.state.world.changed();
    }

    private tell(peer: Peer, what: string, cause: Cause, about: Peer | undefined): void {
        const { state } = this;
        state.world.record({
            kind: 'state',
            text: `${state.nameOf(peer)} ${what}`,
            cause,
            node: state.nodeOf(peer),
            shard: state.shards[state.shardOf[peer]!]!.id,
            ...(about === undefined ? {} : { peer: state.nodeOf(about) }),
        });
    }

    /** The first shard whose owner the node takes for failed, or -1, and how many owners it takes for alive. */
    private sightOf(peer: Peer): { readonly uncovered: number; readonly inSight: number } {
        const { state } = this;
        let uncovered = -1;
        let inSight = 0;
        for (let shard = 0; shard < state.shards.length; shard++) {
            const owner = state.ownerSeenBy(peer, shard);
            const flag = owner === peer ? Flag.alive : state.flag(peer, owner);
            uncovered = flag === Flag.failed && uncovered < 0 ? shard : uncovered;
            inSight += flag === Flag.alive ? 1 : 0;
        }
        return { uncovered, inSight };
    }

    /** A primary that was in the minority, or has just started, lets the others speak first. */
    private readyAt(peer: Peer): number {
        const timeout = this.state.config.nodeTimeoutMs;
        const rejoin = Math.min(Math.max(timeout, REJOIN_DELAY_MS.minimum), REJOIN_DELAY_MS.maximum);
        return Math.max(this.minorityAt[peer]! + rejoin, this.startedAt[peer]! + WRITABLE_DELAY_MS);
    }
}
