/** Decides where copies are made: the manager's reroute after every change. */
import type { NodeId } from '../../../topology/index.js';
import { delayedMs, wantedCopies } from '../config.js';
import { Rooms } from '../room.js';
import { withNewCopy, type ClusterState, type ShardState } from './cluster-state.js';
import type { Disks } from './disks.js';
import type { Peers } from './peers.js';

type Nodes = ClusterState['nodes'];

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
    ) {}

    reroute(nodes: Nodes, shards: readonly ShardState[]): Allocation {
        const loads = new Map<NodeId, number>();
        for (const { node } of shards.flatMap(({ copies }) => copies)) {
            loads.set(node, (loads.get(node) ?? 0) + 1);
        }
        let wakeAtMs = Infinity;
        const filled = shards.map((shard, position) => {
            if (shard.copies.length >= wantedCopies(this.peers.context, this.peers.shards[position]!)) {
                return shard;
            }
            if (shard.primary === undefined) {
                return this.restoring(nodes, shard, position);
            }
            const next = this.filled(nodes, shard, position, loads);
            wakeAtMs = Math.min(wakeAtMs, this.nextDelayEnd(next, position));
            return next;
        });
        return { shards: filled, wakeAtMs };
    }

    /** A red shard takes a copy from a disk that has everything, as soon as its node is there. */
    private restoring(nodes: Nodes, shard: ShardState, position: number): ShardState {
        if (shard.copies.length > 0) {
            return shard;
        }
        const source = [...nodes.keys()].find((node) => this.disks.isComplete(position, node));
        return source === undefined ? shard : withNewCopy(shard, source);
    }

    private filled(nodes: Nodes, lacking: ShardState, position: number, loads: Map<NodeId, number>): ShardState {
        const { context, shards } = this.peers;
        const wanted = wantedCopies(context, shards[position]!);
        let shard = lacking;
        while (shard.copies.length < wanted) {
            const node = this.nextNode(nodes, shard, position, wanted, loads);
            if (node === undefined) {
                break;
            }
            shard = withNewCopy(shard, node);
            loads.set(node, (loads.get(node) ?? 0) + 1);
        }
        return shard;
    }

    /** A node that still has the copy's files; else, after the delay, the one that holds the fewest copies. */
    private nextNode(
        nodes: Nodes,
        shard: ShardState,
        position: number,
        wanted: number,
        loads: ReadonlyMap<NodeId, number>,
    ): NodeId | undefined {
        const held = shard.copies.map(({ node }) => node);
        const options = this.roomsFor(nodes).for(this.peers.shards[position]!, held);
        const returned = options.find((node) => this.disks.has(position, node));
        const waited = shard.lost.filter((lost) => this.delayEnd(lost.sinceMs, position) > this.peers.world.now);
        if (returned !== undefined || wanted - held.length <= waited.length) {
            return returned;
        }
        return options.reduce<NodeId | undefined>(
            (best, node) => (best === undefined || (loads.get(node) ?? 0) < (loads.get(best) ?? 0) ? node : best),
            undefined,
        );
    }

    private nextDelayEnd({ lost }: ShardState, position: number): number {
        const ends = lost.map(({ sinceMs }) => this.delayEnd(sinceMs, position));
        return Math.min(Infinity, ...ends.filter((end) => end > this.peers.world.now));
    }

    private delayEnd(sinceMs: number, position: number): number {
        const { product, context, shards } = this.peers;
        return sinceMs + delayedMs(product, context, shards[position]!);
    }

    private roomsFor(nodes: Nodes): Rooms {
        if (this.rooms?.nodes !== nodes) {
            const { product, context } = this.peers;
            this.rooms = { nodes, rooms: new Rooms(product, context, (node) => nodes.has(node)) };
        }
        return this.rooms.rooms;
    }
}
