import type { Cause } from '../../../simulator/index.js';
import { assumeCleanEnd } from './clean-end.js';
import { Persistence, type End } from './persistence.js';
import type { ClusterState, Peer } from './state.js';

/** A process that has not yet been in sync with its primary counts as cut off since ever (`repl_down_since` is 0). */
const NEVER_IN_SYNC = Number.NEGATIVE_INFINITY;
/** Of replicas that are not silent: the connection has ended, or it is the primary that is frozen. */
const CLOSED = -1;
const PRIMARY_PAUSES = -2;
/** Sent by that primary up to the position where the connection ended; undefined: it goes on. Its size is taken to have no limit. */
interface Unread {
    readonly from: Peer;
    readonly upTo?: number;
}

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
    /** Since when the replica has sent nothing over a connection that nobody closed; or one of the values above. */
    private readonly silentSince: Float64Array;
    private readonly disks: Persistence;
    /** What the hosts of frozen replicas have accepted for them from their primaries. */
    private readonly unread = new Map<Peer, Unread>();
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
        this.silentSince = new Float64Array(size).fill(CLOSED);
        this.disks = new Persistence(state);
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
        const unread = this.unread.get(peer);
        if (unread !== undefined) {
            return unread.upTo ?? this.position(unread.from);
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
        const flows = state.runs(replica) && this.sends(primary, replica);
        if (flows && this.source[replica] !== primary) {
            this.source[replica] = primary;
            this.linkChanged(replica, primary);
            state.world.changed([state.shards[state.shardOf[replica]!]!.id]);
        } else if (!flows && this.source[replica]! >= 0) {
            this.detach(replica, this.source[replica]!);
        } else if (
            this.silentSince[replica] === PRIMARY_PAUSES &&
            !(state.runs(replica) && state.connected(replica, primary))
        ) {
            this.fellSilent(replica);
            this.linkChanged(replica, primary);
        }
        this.reviewUnread(replica);
    }

    /** A replica that goes on reads what its host has accepted, even if its primary is gone by then. */
    private reviewUnread(replica: Peer): void {
        const { state } = this;
        const unread = this.unread.get(replica);
        if (unread === undefined) {
            return;
        }
        if (state.runs(replica)) {
            this.held[replica] = this.position(replica);
            this.unread.delete(replica);
            if (this.source[replica]! < 0) {
                this.detachedSince[replica] = state.world.now;
            }
        } else if (unread.upTo === undefined && !this.sends(unread.from, replica)) {
            this.unread.set(replica, { ...unread, upTo: this.position(unread.from) });
        }
    }

    private sends(primary: Peer, replica: Peer): boolean {
        const { state } = this;
        return state.runs(primary) && state.connected(replica, primary) && state.isPrimary(primary);
    }

    private detach(replica: Peer, primary: Peer): void {
        const { state } = this;
        this.held[replica] = this.position(primary);
        this.source[replica] = -1;
        this.detachedSince[replica] = state.world.now;
        const process = state.world.process(state.nodeOf(replica));
        if (process === 'frozen' && this.sends(primary, replica)) {
            this.unread.set(replica, { from: primary });
        }
        const pauses = state.world.process(state.nodeOf(primary)) === 'frozen';
        this.silentSince[replica] = pauses ? PRIMARY_PAUSES : CLOSED;
        if (state.runs(primary)) {
            this.fellSilent(replica);
        }
        this.linkChanged(replica, primary);
    }

    private fellSilent(replica: Peer): void {
        const { state } = this;
        const process = state.world.process(state.nodeOf(replica));
        const isClosed = process === 'crashed' || process === 'stopped';
        this.silentSince[replica] = isClosed ? CLOSED : state.world.now;
    }

    /**
     * What connects the replica to the primary that it follows. `source`: the primary that it receives from, or -1; `silentSince`:
     * when it last began to send nothing over a connection that nobody closed; undefined: it did not.
     */
    linkOf(replica: Peer): { readonly source: Peer; readonly silentSince: number | undefined } {
        const since = this.silentSince[replica]!;
        const isSilent = since >= 0 && this.detachedSince[replica] !== NEVER_IN_SYNC;
        return { source: this.source[replica]!, silentSince: isSilent ? since : undefined };
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
        if (this.disks.syncs(peer)) this.disks.sync(peer, this.position(peer));
    }

    /** The process or its host dies: what it holds from now on is what its disk does. */
    died(peer: Peer, how: End, cause: Cause): void {
        if (how === 'shutdown' && this.isFollowed(peer)) {
            assumeCleanEnd(this.state);
        }
        this.unread.delete(peer);
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

    private keepOnDisk(peer: Peer, how: End): void {
        const position = this.position(peer);
        this.settleOvertaken(peer);
        this.held[peer] = position;
        this.acknowledgedBefore[peer] = this.acknowledged(peer);
        this.disks.ended(peer, position, how);
    }

    /**
     * A primary that is still the owner, as far as it knows, comes back with what its disk holds; its replicas copy that.
     * Returns the writes that are gone by it.
     */
    restarted(peer: Peer): number {
        const { state } = this;
        const before = this.held[peer]!;
        this.ended.delete(peer);
        this.held[peer] = this.disks.of(peer);
        if (!state.isPrimary(peer)) {
            this.detachedSince[peer] = NEVER_IN_SYNC;
            return 0;
        }
        this.acknowledgedBefore[peer] = this.acknowledged(peer);
        const lost = this.overtaken.has(peer) ? 0 : before - this.held[peer];
        if (lost > 0) {
            this.disks.restOnAge(peer);
        }
        return lost;
    }

    /** Neither process nor disk is left of what the node held. */
    diskLost(peer: Peer, cause: Cause): void {
        this.disks.empty(peer);
        this.diskless.add(peer);
        const shard = this.state.shardOf[peer]!;
        if (shard >= 0) {
            this.loseWhatNobodyHolds(shard, cause);
        }
    }

    /** The replica has copied the empty data set of the stranger that runs where its primary was. */
    emptied(replica: Peer, cause: Cause): void {
        this.held[replica] = 0;
        this.disks.empty(replica);
        this.loseWhatNobodyHolds(this.state.shardOf[replica]!, cause);
    }

    /** Lost is what the owner of the shard held and no node does any more, in memory or on disk. */
    private loseWhatNobodyHolds(shard: number, cause: Cause): void {
        const owner = this.lastOwner(shard);
        const holders = this.state.holders[shard]!;
        const kept = holders.map((each) => (this.ended.has(each) ? this.disks.of(each) : this.position(each)));
        const most = Math.max(...kept);
        if (this.held[owner]! > most) {
            this.lose(owner, this.held[owner]! - most, cause);
            this.held[owner] = most;
            holders
                .filter((each) => this.ended.has(each) && !this.diskless.has(each))
                .forEach((each) => this.disks.restOnAge(each));
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
        this.unread.delete(replica);
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
