/** What the disks hold: which copies, whether they have all acknowledged writes, and what a sudden end costs them. */
import type { Cause, HandlerId } from '../../../simulator/index.js';
import { duration, type NodeId } from '../../../topology/index.js';
import { hasRemoteStore, syncIntervalMs } from '../config.js';
import { DURABILITY } from '../settings/indices.js';
import type { ClusterState } from './cluster-state.js';
import type { Peers } from './peers.js';

export class Disks {
    private readonly files: ReadonlyMap<number, Set<NodeId>>;
    /** Nodes that ever acknowledged writes, by shard. */
    private readonly primaries: ReadonlyMap<number, Set<NodeId>>;
    /** Acknowledged writes that a copy has which is no longer in sync. */
    private readonly missedFrom = new Map<number, number>();
    /** Acknowledged writes that were forced to disk, as of the last time before a fault, and when the process ended suddenly. */
    private readonly synced = new Map<number, number>();
    private readonly survived = new Map<number, number>();
    private readonly lost = new Map<number, number>();
    private readonly isKeptElsewhere: boolean;
    private readonly sync: HandlerId;

    constructor(private readonly peers: Peers) {
        const { shards, world } = peers;
        this.files = new Map(shards.map(({ copies }, position) => [position, new Set(copies)]));
        this.primaries = new Map(shards.map(({ copies }, position) => [position, new Set(copies.slice(0, 1))]));
        this.isKeptElsewhere = hasRemoteStore(peers.product, peers.context);
        this.sync = world.handler((position, node) =>
            this.synced.set(key(position, node), this.acknowledged(position)),
        );
    }

    /** Where writes are forced to disk now and then, the last time before each fault decides what survives it. */
    start(): void {
        const { shards, world, context } = this.peers;
        shards.forEach((shard, position) => {
            const intervalMs = syncIntervalMs(context, shard);
            if (intervalMs === undefined || intervalMs <= 0) {
                return;
            }
            for (const node of shard.copies) {
                const phase = world.stream(`${this.peers.at(node).name} ${shard.name}`, 'translog').below(intervalMs);
                for (const time of world.faultTimes) {
                    const last = phase + Math.floor((time - phase) / intervalMs) * intervalMs;
                    world.schedule(Math.max(0, last), this.sync, position, node);
                }
            }
        });
    }

    has(position: number, node: NodeId): boolean {
        return this.files.get(position)!.has(node);
    }

    /** Whether the copy on the node's disk has every acknowledged write: only then may it become primary. */
    isComplete(position: number, node: NodeId): boolean {
        const missed = this.missedFrom.get(key(position, node));
        return (
            this.has(position, node) && (missed === undefined || missed === this.acknowledgedElsewhere(position, node))
        );
    }

    /** Whether the copy lacks writes that others acknowledged, so that reading it shows the past. */
    isBehind(position: number, node: NodeId): boolean {
        return this.missedFrom.has(key(position, node)) && !this.isComplete(position, node);
    }

    /** Whether the copy lacks writes already, or will as soon as others acknowledge one. */
    mayBeBehind(position: number, node: NodeId): boolean {
        return this.missedFrom.size > 0 && this.missedFrom.has(key(position, node));
    }

    /** Nodes whose disk holds a copy, whatever its worth. */
    holders(position: number): ReadonlySet<NodeId> {
        return this.files.get(position)!;
    }

    /** Takes note of a change of the cluster state that counts from now on. */
    committed(before: ClusterState, after: ClusterState): void {
        after.shards.forEach((shard, position) => {
            const former = before.shards[position];
            if (former === shard) {
                return;
            }
            const active = shard.active;
            for (const node of former === undefined ? [] : former.active) {
                const hasMoved = former!.copies.some((copy) => copy.movesFrom === node && active.includes(copy.node));
                if (hasMoved) {
                    this.files.get(position)!.delete(node);
                } else if (!active.includes(node)) {
                    this.missedFrom.set(key(position, node), this.acknowledgedElsewhere(position, node));
                }
            }
            for (const node of active) {
                this.files.get(position)!.add(node);
                this.missedFrom.delete(key(position, node));
            }
            if (shard.primary !== undefined) {
                this.primaries.get(position)!.add(shard.primary);
            }
        });
    }

    /** The process ended without a word: copies that force writes to disk now and then lose what came since. */
    cutShort(node: NodeId): void {
        if (this.synced.size === 0) {
            return;
        }
        this.peers.shards.forEach((shard, position) => {
            const intervalMs = syncIntervalMs(this.peers.context, shard);
            const synced = this.synced.get(key(position, node));
            if (synced === undefined || intervalMs === undefined || !this.has(position, node)) {
                return;
            }
            this.survived.set(key(position, node), synced);
            const complete = [...this.holders(position)].filter((holder) => this.isComplete(position, holder));
            if (complete.every((holder) => this.survived.has(key(position, holder)))) {
                const reason = `with \`${DURABILITY} = async\` writes are acknowledged up to ${duration(intervalMs)} before they are on a disk, and every copy of ${shard.name} ended suddenly`;
                this.peers.world.mayLose(shard.id, reason);
            }
        });
    }

    /** The copy leads from what its own disk holds, or has been brought up to date. */
    restored(position: number, node: NodeId, leads: boolean, cause: Cause): void {
        const survived = this.survived.get(key(position, node));
        this.survived.delete(key(position, node));
        if (leads && survived !== undefined) {
            this.lose(position, survived, cause);
        }
    }

    /** What no other disk holds is gone. */
    wiped(node: NodeId, cause: Cause): void {
        for (const [position, nodes] of this.files) {
            const wasComplete = this.isComplete(position, node);
            nodes.delete(node);
            const isElsewhere = [...nodes].some((other) => this.isComplete(position, other));
            if (wasComplete && !isElsewhere && !this.isKeptElsewhere) {
                this.lose(position, 0, cause);
            }
        }
    }

    private lose(position: number, kept: number, cause: Cause): void {
        const known = this.lost.get(position) ?? 0;
        const gone = Math.max(0, this.acknowledged(position) - Math.max(kept, known));
        this.lost.set(position, known + gone);
        this.peers.world.lose(this.peers.shards[position]!.id, gone, cause);
    }

    /** A primary that is removed and has yet to hear of it may go on alone: it has what it acknowledges itself. */
    private acknowledgedElsewhere(position: number, node: NodeId): number {
        const { id } = this.peers.shards[position]!;
        return this.acknowledged(position) - this.peers.world.acknowledged(id, node);
    }

    private acknowledged(position: number): number {
        const { id } = this.peers.shards[position]!;
        return [...this.primaries.get(position)!].reduce(
            (sum, node) => sum + this.peers.world.acknowledged(id, node),
            0,
        );
    }
}

/** Far above the number of nodes in a workspace. */
const NODES = 2 ** 20;

function key(position: number, node: NodeId): number {
    return position * NODES + node;
}
