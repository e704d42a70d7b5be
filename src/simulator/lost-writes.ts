import type { ShardId } from '../topology/index.js';

/** Counts acknowledged writes that nobody holds any more, and holds the count against what was acknowledged. */
export class LostWrites {
    readonly byShard = new Map<ShardId, number>();

    /** @param acknowledged writes of the shard that any node has acknowledged so far */
    constructor(private readonly acknowledged: (shard: ShardId) => number) {}

    /** @throws if more would be lost than was ever acknowledged: a system counted something twice */
    add(shard: ShardId, count: number): void {
        const lost = (this.byShard.get(shard) ?? 0) + count;
        const acknowledged = this.acknowledged(shard);
        if (lost > acknowledged) {
            throw new Error(
                `Invariant broken: ${String(lost)} writes of shard ${String(shard)} are lost, and ${String(acknowledged)} were acknowledged.`,
            );
        }
        this.byShard.set(shard, lost);
    }
}
