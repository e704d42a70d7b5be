/** Which node acts as the primary of each shard. */
import type { Cause } from '../../../simulator/index.js';
import { shardTitle, type NodeId, type ShardId } from '../../../topology/index.js';
import { positionsOf, type ClusterState } from './cluster-state.js';
import type { Peer, Peers } from './peers.js';

export class Primaries {
    /** By the position of the shard. */
    private readonly acting: (NodeId | undefined)[];
    /** The trace event of each shard's last promotion. */
    private readonly promotions: Cause[];
    /** Positions of the shards that each node acts for. */
    private readonly actsFor = new Map<NodeId, Set<number>>();

    constructor(private readonly peers: Peers) {
        this.acting = peers.shards.map(() => undefined);
        this.promotions = peers.shards.map(() => -1);
    }

    leader(shard: ShardId): NodeId | undefined {
        return this.acting[this.peers.positionOf(shard)];
    }

    /** Tells which copies take over in a state that is committed. */
    committed(before: ClusterState, after: ClusterState, cause: Cause): void {
        after.shards.forEach((shard, position) => {
            const former = before.shards[position];
            if (former === shard || former === undefined || shard.term === former.term || shard.primary === undefined) {
                return;
            }
            const { id } = this.peers.shards[position]!;
            const name = shardTitle(this.peers.context.topology, id);
            this.promotions[position] = this.peers.world.record({
                kind: 'promotion',
                text: `${this.peers.at(shard.primary).name} becomes primary of ${name}`,
                cause,
                node: shard.primary,
                ...(former.primary === undefined ? {} : { peer: former.primary }),
                shard: id,
            });
        });
    }

    /** The node acts by a new state, or has lost sight of its manager. */
    changed(peer: Peer): void {
        const acts = this.peers.hasManager(peer) || this.peers.config.block === 'metadata_write';
        const { shards } = peer.applied;
        const concerned = new Set([...positionsOf(shards, peer.node), ...(this.actsFor.get(peer.node) ?? [])]);
        for (const position of [...concerned].sort((one, other) => one - other)) {
            const shard = shards[position];
            if (shard?.primary === peer.node && acts && this.peers.runs(peer)) {
                this.claim(position, peer.node, shard.term);
            } else if (this.acting[position] === peer.node) {
                this.release(position, peer.cause);
            }
        }
    }

    /** The process is gone, and its claims with it. */
    died(peer: Peer): void {
        for (const position of [...(this.actsFor.get(peer.node) ?? [])].sort((one, other) => one - other)) {
            this.release(position, peer.cause);
        }
    }

    /** A primary that another follows cannot acknowledge anything any more: the other would have to agree. */
    private claim(position: number, node: NodeId, term: number): void {
        const acting = this.acting[position];
        if (acting === node) {
            return;
        }
        const { id } = this.peers.shards[position]!;
        const current = acting === undefined ? undefined : this.peers.at(acting).applied.shards[position];
        if (acting !== undefined && current !== undefined && current.primary === acting && current.term > term) {
            return;
        }
        if (acting !== undefined) {
            this.release(position, this.promotions[position]!);
        }
        this.acting[position] = node;
        const own = this.actsFor.get(node) ?? new Set();
        this.actsFor.set(node, own.add(position));
        this.peers.world.claim(id, node, term, this.promotions[position]!);
    }

    private release(position: number, cause: Cause): void {
        const node = this.acting[position];
        this.acting[position] = undefined;
        if (node !== undefined) {
            this.actsFor.get(node)?.delete(position);
            this.peers.world.release(this.peers.shards[position]!.id, node, cause);
        }
    }
}
