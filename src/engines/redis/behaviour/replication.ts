import type { Assumed, Cause } from '../../../simulator/index.js';
import { isSince } from '../../version.js';
import type { ClusterState, Peer } from './state.js';

/** A process that has not yet been in sync with its primary counts as cut off since ever (`repl_down_since` is 0). */
const NEVER_IN_SYNC = Number.NEGATIVE_INFINITY;
const OLD_SNAPSHOT: Assumed = {
    brief: 'the last snapshot before a failure is older than the run',
    sentence:
        'The last snapshot before a failure is taken to be older than the run: a node that comes back with it counts every write of the run as missing, which is the most it can be. When `save` takes snapshots is not simulated.',
};
const UNSYNCED_FILE: Assumed = {
    brief: 'with `appendfsync no` nothing of the run was on disk when power went',
    sentence:
        'With `appendfsync no` it is taken that nothing of the run was on disk when power went, which is the worst: the operating system decides, and Linux writes what is older than about 30 s.',
};
/** `shutdown-timeout`: server.c, prepareForShutdown and isReadyToShutdown. */
const WAITS_FOR_REPLICAS = '7.0';
const CLEAN_END: Assumed = {
    brief: 'a primary that is stopped ends at once',
    sentence:
        'A primary that is stopped is taken to end at once. Since Redis 7.0 it first stops accepting writes and lets its replicas catch up, for up to `shutdown-timeout` (10 s): where they follow closely that is less than a second, in which reads go on and everything else comes that much later.',
};

/**
 * Which acknowledged writes each node holds. A replica that is attached to its primary has everything that the primary
 * acknowledged: the write goes to the replicas in the same turn of the event loop as the answer to the client. A detached
 * one has what it had when the link was cut.
 */
export class Replication {
    /** Writes that the node holds, counted along its shard's history: at the claim for a primary, at the cut for a replica. */
    private readonly held: Float64Array;
    /** What the node had acknowledged when it became primary. */
    private readonly acknowledgedBefore: Float64Array;
    /** The primary that the replica receives from, or -1. */
    private readonly source: Int32Array;
    private readonly detachedSince: Float64Array;
    /** Whether a primary that ran heard nothing from then on, and nobody closed the connection. */
    private readonly silent: Uint8Array;
    /** What the last sync of the append-only file put on disk, and what stands in it at the last write. */
    private readonly synced: Float64Array;
    private readonly onDisk: Float64Array;
    private readonly syncsEverySecond: readonly boolean[];
    /** Nodes whose process has ended, and those among them whose disk is lost. */
    private readonly ended = new Set<Peer>();
    private readonly diskless = new Set<Peer>();
    /** A primary whose shard was taken over while it may still accept writes: those counted as lost so far. */
    private readonly overtaken = new Map<Peer, { counted: number; readonly cause: Cause }>();

    constructor(
        private readonly state: ClusterState,
        /** A replica was attached to the primary or cut off from it. */
        private readonly linkChanged: (replica: Peer, primary: Peer) => void,
    ) {
        const { size } = state;
        this.held = new Float64Array(size);
        this.acknowledgedBefore = new Float64Array(size);
        this.source = new Int32Array(size).fill(-1);
        this.detachedSince = new Float64Array(size);
        this.silent = new Uint8Array(size);
        this.synced = new Float64Array(size);
        this.onDisk = new Float64Array(size);
        this.syncsEverySecond = state.members.map((_, peer) => {
            const { context } = state;
            const place = state.placeOf(peer);
            return context.boolean('appendonly', place) && context.text('appendfsync', place) === 'everysec';
        });
        for (let peer = 0; peer < size; peer++) {
            if (!state.isPrimary(peer) && state.shardOf[peer]! >= 0) {
                this.source[peer] = state.ownerSeenBy(peer, state.shardOf[peer]!);
            }
        }
    }

    /** Position in the shard's history that the node has reached. */
    position(peer: Peer): number {
        const shard = this.state.shardOf[peer]!;
        if (shard < 0) {
            return 0;
        }
        if (this.state.isPrimary(peer)) {
            return this.held[peer]! + this.acknowledged(peer) - this.acknowledgedBefore[peer]!;
        }
        return this.source[peer]! >= 0 ? this.position(this.source[peer]!) : this.held[peer]!;
    }

    /** Attaches and detaches replicas as processes and links now are. */
    review(): void {
        this.state.shards.forEach((_, shard) => this.reviewShard(shard));
    }

    /** The same for the replicas of one shard; -1: none. */
    reviewShard(shard: number): void {
        for (const peer of this.state.holders[shard] ?? []) {
            if (!this.state.isPrimary(peer)) {
                this.reviewReplica(peer);
            }
        }
    }

    private reviewReplica(replica: Peer): void {
        const { state } = this;
        const primary = state.ownerSeenBy(replica, state.shardOf[replica]!);
        const flows =
            state.runs(replica) && state.runs(primary) && state.connected(replica, primary) && state.isPrimary(primary);
        if (flows && this.source[replica] !== primary) {
            this.source[replica] = primary;
            this.linkChanged(replica, primary);
            state.world.changed([state.shards[state.shardOf[replica]!]!.id]);
        } else if (!flows && this.source[replica]! >= 0) {
            this.detach(replica, this.source[replica]!);
        }
    }

    private detach(replica: Peer, primary: Peer): void {
        const { state } = this;
        this.held[replica] = this.position(primary);
        this.source[replica] = -1;
        this.detachedSince[replica] = state.world.now;
        const process = state.world.process(state.nodeOf(replica));
        const isClosed = process === 'crashed' || process === 'stopped';
        this.silent[replica] = !isClosed && state.runs(primary) ? 1 : 0;
        this.linkChanged(replica, primary);
    }

    /**
     * What connects the replica to the primary that it follows. `source`: the primary that it receives from, or -1; `sinceMs`: when
     * it was last cut off; `silent`: whether the primary ran and heard nothing from then on, and nobody closed the connection.
     */
    linkOf(replica: Peer): {
        readonly source: Peer;
        readonly sinceMs: number;
        readonly silent: boolean;
    } {
        return {
            source: this.source[replica]!,
            sinceMs: this.detachedSince[replica]!,
            silent: this.silent[replica] === 1 && this.detachedSince[replica] !== NEVER_IN_SYNC,
        };
    }

    /** Whether the replica receives what its primary acknowledges. */
    isAttached(replica: Peer): boolean {
        return this.source[replica]! >= 0;
    }

    /** How long ago the replica last heard from its primary, in milliseconds; Infinity if its process never has. */
    dataAgeMs(replica: Peer): number {
        return this.source[replica]! >= 0 ? 0 : this.state.world.now - this.detachedSince[replica]!;
    }

    /** Siblings of the same primary that are strictly ahead of the replica. */
    siblingsAhead(replica: Peer): number {
        const { state } = this;
        const shard = state.shardOf[replica]!;
        const primary = state.ownerSeenBy(replica, shard);
        const mine = this.position(replica);
        let ahead = 0;
        for (const peer of state.holders[shard]!) {
            const mayStand = peer !== replica && peer !== primary && !this.state.neverStands(peer);
            ahead += mayStand && this.position(peer) > mine ? 1 : 0;
        }
        return ahead;
    }

    // ── Turns of fate ──────────────────────────────────────────────────────────

    /** The append-only file is synced about once a second; called by the node's cron. */
    syncToDisk(peer: Peer): void {
        if (this.syncsEverySecond[peer]) {
            this.synced[peer] = this.position(peer);
        }
    }

    /** The process or its host dies: what it holds from now on is what its disk does. */
    died(peer: Peer, how: 'process' | 'power' | 'shutdown', cause: Cause): void {
        if (how === 'shutdown' && this.isFollowed(peer) && isSince(this.state.context.version, WAITS_FOR_REPLICAS)) {
            this.state.world.assume(CLEAN_END);
        }
        this.keepOnDisk(peer, how);
        this.ended.add(peer);
        const shard = this.state.shardOf[peer]!;
        if (shard >= 0) {
            this.loseWhatNobodyHolds(shard, cause);
        }
    }

    private isFollowed(peer: Peer): boolean {
        const holders = this.state.holders[this.state.shardOf[peer]!] ?? [];
        return this.state.isPrimary(peer) && holders.some((each) => this.source[each] === peer);
    }

    private keepOnDisk(peer: Peer, how: 'process' | 'power' | 'shutdown'): void {
        const { state } = this;
        const position = this.position(peer);
        this.settleOvertaken(peer);
        this.held[peer] = position;
        this.acknowledgedBefore[peer] = this.acknowledged(peer);
        const place = state.placeOf(peer);
        if (!state.context.boolean('appendonly', place)) {
            // A clean end takes a last snapshot if any is configured.
            const saves = how === 'shutdown' && state.context.text('save', place) !== '';
            this.onDisk[peer] = saves ? position : 0;
            return;
        }
        const sync = state.context.text('appendfsync', place);
        const survivesPower = sync === 'always' ? position : sync === 'everysec' ? this.synced[peer]! : 0;
        this.onDisk[peer] = how === 'power' ? survivesPower : position;
    }

    /**
     * A primary that is still the owner, as far as it knows, comes back with what its disk holds; its replicas copy that.
     * Returns the writes that are gone by it.
     */
    restarted(peer: Peer): number {
        const { state } = this;
        const before = this.held[peer]!;
        this.ended.delete(peer);
        this.held[peer] = this.onDisk[peer]!;
        if (!state.isPrimary(peer)) {
            this.detachedSince[peer] = NEVER_IN_SYNC;
            return 0;
        }
        this.acknowledgedBefore[peer] = this.acknowledged(peer);
        const lost = this.overtaken.has(peer) ? 0 : before - this.held[peer];
        if (lost > 0) {
            this.restOnAgeOfDisk(peer);
        }
        return lost;
    }

    /** How much of the run a snapshot or an unsynced file holds is not followed: the least is taken. */
    private restOnAgeOfDisk(peer: Peer): void {
        const { context, world } = this.state;
        const place = this.state.placeOf(peer);
        if (context.boolean('appendonly', place)) {
            if (context.text('appendfsync', place) === 'no') {
                world.assume(UNSYNCED_FILE);
            }
        } else if (context.text('save', place) !== '') {
            world.assume(OLD_SNAPSHOT);
        }
    }

    /** Neither process nor disk is left of what the node held. */
    diskLost(peer: Peer, cause: Cause): void {
        this.onDisk[peer] = 0;
        this.diskless.add(peer);
        const shard = this.state.shardOf[peer]!;
        if (shard >= 0) {
            this.loseWhatNobodyHolds(shard, cause);
        }
    }

    /** The replica has copied the empty data set of the stranger that runs where its primary was. */
    emptied(replica: Peer, cause: Cause): void {
        this.held[replica] = 0;
        this.onDisk[replica] = 0;
        this.loseWhatNobodyHolds(this.state.shardOf[replica]!, cause);
    }

    /** Lost is what the owner of the shard held and no node does any more, in memory or on disk. */
    private loseWhatNobodyHolds(shard: number, cause: Cause): void {
        const owner = this.lastOwner(shard);
        const holders = this.state.holders[shard]!;
        const kept = holders.map((each) => (this.ended.has(each) ? this.onDisk[each]! : this.position(each)));
        const most = Math.max(...kept);
        if (this.held[owner]! > most) {
            this.lose(owner, this.held[owner]! - most, cause);
            this.held[owner] = most;
            holders
                .filter((each) => this.ended.has(each) && !this.diskless.has(each))
                .forEach((each) => this.restOnAgeOfDisk(each));
        }
    }

    /** The owner by the latest epoch that any holder knows. */
    private lastOwner(shard: number): Peer {
        const { state } = this;
        const latest = state.holders[shard]!.reduce((one, other) =>
            state.epochSeenBy(other, shard) > state.epochSeenBy(one, shard) ? other : one,
        );
        return state.ownerSeenBy(latest, shard);
    }

    /** The replica takes the shard over. Returns the acknowledged writes that it does not hold. */
    promoted(winner: Peer, previous: Peer, cause: Cause): number {
        const reached = this.position(winner);
        const lead = this.state.isPrimary(previous) ? this.position(previous) : this.held[previous]!;
        this.held[winner] = reached;
        this.acknowledgedBefore[winner] = this.acknowledged(winner);
        this.source[winner] = -1;
        this.overtaken.set(previous, { counted: lead, cause });
        const { state } = this;
        // One that is told to hand over waits until the other has everything.
        if (!state.runs(previous) || !state.connected(winner, previous)) {
            const why = `Redis replicates asynchronously, so that what ${state.nameOf(previous)} acknowledged last may not have reached ${state.nameOf(winner)}`;
            state.world.mayLose(state.shards[state.shardOf[winner]!]!.id, why);
        }
        return lead - reached;
    }

    /** The replica follows another primary: what it held is of no use there. */
    moved(replica: Peer): void {
        this.source[replica] = -1;
        this.held[replica] = 0;
        this.detachedSince[replica] = NEVER_IN_SYNC;
        this.reviewReplica(replica);
    }

    /** A former primary follows the new one: what it accepted since it was overtaken is discarded. Called before it steps down. */
    demoted(peer: Peer): void {
        this.settleOvertaken(peer);
        this.overtaken.delete(peer);
        this.held[peer] = this.position(peer);
        this.source[peer] = -1;
        this.detachedSince[peer] = NEVER_IN_SYNC;
    }

    /** Counts what overtaken primaries accepted in vain until the end of the run. */
    finish(): void {
        for (const peer of this.overtaken.keys()) {
            this.settleOvertaken(peer);
        }
    }

    private settleOvertaken(peer: Peer): void {
        const overtaken = this.overtaken.get(peer);
        if (overtaken) {
            const position = this.position(peer);
            this.lose(peer, position - overtaken.counted, overtaken.cause);
            overtaken.counted = Math.max(position, overtaken.counted);
        }
    }

    lose(peer: Peer, count: number, cause: Cause): void {
        if (count > 0) {
            this.state.world.lose(this.state.shards[this.state.shardOf[peer]!]!.id, count, cause);
        }
    }

    private acknowledged(peer: Peer): number {
        if (this.state.shardOf[peer]! < 0) {
            return 0;
        }
        return this.state.world.acknowledged(this.state.shards[this.state.shardOf[peer]!]!.id, this.state.nodeOf(peer));
    }
}
