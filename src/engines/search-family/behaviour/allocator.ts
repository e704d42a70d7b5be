/** Decides where copies are made: the manager's reroute after every change. */
import type { NodeId } from '../../../topology/index.js';
import { Rooms } from '../room.js';
import {
    copiesIn,
    positionsOf,
    withCopyMoved,
    withMove,
    withNewCopy,
    type ClusterState,
    type ShardState,
} from './cluster-state.js';
import type { Disks } from './disks.js';
import type { Drains } from './drains.js';
import type { Peers } from './peers.js';

type Nodes = ClusterState['nodes'];

/** How many copies each node holds. */
type Loads = Int32Array;

export interface Allocation {
    readonly shards: readonly ShardState[];
    /** When the next lost copy has been waited for long enough; Infinity: none is. */
    readonly wakeAtMs: number;
}

export class Allocator {
    private rooms: { readonly nodes: Nodes; readonly rooms: Rooms } | undefined;

    constructor(
        private readonly peers: Peers,
        private readonly disks: Disks,
        private readonly drains: Drains,
        /** Whether a copy that is to be made on the node waits for its turn. */
        private readonly isQueued: (position: number, node: NodeId) => boolean,
    ) {}

    reroute(nodes: Nodes, shards: readonly ShardState[]): Allocation {
        const loads = this.loadsOf(shards);
        let wakeAtMs = Infinity;
        const filled = shards.map((shard, position) => {
            if (copiesIn(shard) >= this.peers.wanted[position]!) {
                return this.withReturned(nodes, shard, position);
            }
            if (shard.primary === undefined) {
                return this.restoring(nodes, shard, position);
            }
            const next = this.filled(nodes, shard, position, loads);
            wakeAtMs = Math.min(wakeAtMs, this.nextDelayEnd(next, position));
            return next;
        });
        return { shards: this.drains.isAnyExcluded ? this.drained(nodes, filled, loads) : filled, wakeAtMs };
    }

    /** A red shard takes a copy from a disk that has everything, as soon as its node is there. */
    private restoring(nodes: Nodes, shard: ShardState, position: number): ShardState {
        if (shard.copies.length > 0) {
            return shard;
        }
        const complete = new Set(
            [...this.disks.holders(position)].filter((node) => this.disks.isComplete(position, node)),
        );
        const source = complete.size === 0 ? undefined : [...nodes.keys()].find((node) => complete.has(node));
        return source === undefined ? shard : withNewCopy(shard, source);
    }

    /**
     * A copy that is being made gives way to a node that has come back with the same data, and one that waits for its turn,
     * which the manager has not assigned yet, to a node with any (ReplicaShardAllocator.java, processExistingRecoveries).
     */
    private withReturned(nodes: Nodes, shard: ShardState, position: number): ShardState {
        if (shard.active.length === shard.copies.length || shard.primary === undefined) {
            return shard;
        }
        const holders = this.disks.holders(position);
        const held = shard.copies.map(({ node }) => node);
        const returned = [...holders].filter((node) => nodes.has(node) && !held.includes(node));
        let next = shard;
        for (const { node, state } of returned.length === 0 ? [] : shard.copies) {
            const others = next.copies.map((copy) => copy.node).filter((other) => other !== node);
            const isNew = state === 'initializing' && !holders.has(node);
            const better = !isNew
                ? undefined
                : this.openTo(nodes, position, others)
                      .filter((one) => returned.includes(one))
                      .find((one) => this.isQueued(position, node) || this.disks.isComplete(position, one));
            next = better === undefined ? next : withCopyMoved(next, node, better);
        }
        return next;
    }

    private filled(nodes: Nodes, lacking: ShardState, position: number, loads: Loads): ShardState {
        const wanted = this.peers.wanted[position]!;
        let shard = lacking;
        while (copiesIn(shard) < wanted) {
            const node = this.nextNode(nodes, shard, position, wanted, loads);
            if (node === undefined) {
                break;
            }
            shard = withNewCopy(shard, node);
            loads[node]!++;
        }
        return shard;
    }

    /** A node that still has the copy's files; else, after the delay, the one that holds the fewest copies. */
    private nextNode(
        nodes: Nodes,
        shard: ShardState,
        position: number,
        wanted: number,
        loads: Loads,
    ): NodeId | undefined {
        const held = shard.copies.map(({ node }) => node);
        const holders = this.disks.holders(position);
        const returned = [...holders].some((node) => nodes.has(node) && !held.includes(node))
            ? this.openTo(nodes, position, held).find((node) => holders.has(node))
            : undefined;
        const waited = shard.lost.filter((lost) => this.delayEnd(lost.sinceMs, position) > this.peers.world.now);
        if (returned !== undefined || wanted - copiesIn(shard) <= waited.length) {
            return returned;
        }
        return leastLoaded(this.openTo(nodes, position, held), loads);
    }

    /** Copies move off nodes that are being emptied, whatever has been made of them before. */
    private drained(nodes: Nodes, shards: readonly ShardState[], loads: Loads): readonly ShardState[] {
        const after = [...shards];
        for (const node of [...nodes.keys()].filter((each) => this.drains.excludes(each))) {
            for (const position of positionsOf(shards, node)) {
                after[position] = this.moved(nodes, after[position]!, position, { node, loads });
            }
        }
        return after;
    }

    private moved(
        nodes: Nodes,
        shard: ShardState,
        position: number,
        { node, loads }: { readonly node: NodeId; readonly loads: Loads },
    ): ShardState {
        if (!shard.active.includes(node) || shard.copies.some(({ movesFrom }) => movesFrom === node)) {
            return shard;
        }
        const others = shard.copies.map((copy) => copy.node).filter((other) => other !== node);
        const to = leastLoaded(this.openTo(nodes, position, others), loads);
        if (to === undefined) {
            this.drains.findsNoNode(node, position);
            return shard;
        }
        loads[to]!++;
        return withMove(shard, node, to);
    }

    /** Nodes that may take one more copy of the shard beside these. */
    private openTo(nodes: Nodes, position: number, held: readonly NodeId[]): readonly NodeId[] {
        const open = this.roomsFor(nodes).for(this.peers.shards[position]!, held);
        return this.drains.isAnyExcluded ? open.filter((node) => !this.drains.excludes(node)) : open;
    }

    private nextDelayEnd({ lost }: ShardState, position: number): number {
        const ends = lost.map(({ sinceMs }) => this.delayEnd(sinceMs, position));
        return Math.min(Infinity, ...ends.filter((end) => end > this.peers.world.now));
    }

    private delayEnd(sinceMs: number, position: number): number {
        return sinceMs + this.peers.delaysMs[position]!;
    }

    private loadsOf(shards: readonly ShardState[]): Loads {
        const loads = new Int32Array(this.peers.context.topology.nodes.length);
        for (const { copies } of shards) {
            for (const { node } of copies) {
                loads[node]!++;
            }
        }
        return loads;
    }

    private roomsFor(nodes: Nodes): Rooms {
        if (this.rooms?.nodes !== nodes) {
            const { product, context } = this.peers;
            this.rooms = { nodes, rooms: new Rooms(product, context, (node) => nodes.has(node)) };
        }
        return this.rooms.rooms;
    }
}

function leastLoaded(nodes: readonly NodeId[], loads: Loads): NodeId | undefined {
    let best: NodeId | undefined;
    for (const node of nodes) {
        best = best === undefined || loads[node]! < loads[best]! ? node : best;
    }
    return best;
}
