import type { NodeId, ShardId } from '../topology/index.js';
import type { ClientStreamSpec } from './demands.js';

/** Which node acknowledged how many writes of each shard. */
export class Acknowledgements {
    private readonly counts = new Map<ShardId, Map<NodeId, number>>();

    /** Takes so many requests that the node answered, of another shard than the one asked for where an address sent them on. */
    note({ operation, shard: asked }: ClientStreamSpec, node: NodeId, count: number, shard = asked): void {
        if (operation === 'write') {
            const counts = this.counts.get(shard) ?? new Map<NodeId, number>();
            counts.set(node, (counts.get(node) ?? 0) + count);
            this.counts.set(shard, counts);
        }
    }

    /** By any node. */
    all(shard: ShardId): number {
        return [...(this.counts.get(shard)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
    }

    of(shard: ShardId, node: NodeId): number {
        return this.counts.get(shard)?.get(node) ?? 0;
    }
}
