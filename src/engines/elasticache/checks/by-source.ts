import type { Shard } from '../../../topology/index.js';

/** Shards that one statement declares are one finding. */
export function bySource(shards: readonly Shard[]): readonly (readonly Shard[])[] {
    const groups = new Map<Shard['source'], Shard[]>();
    for (const shard of shards) {
        const group = groups.get(shard.source) ?? [];
        group.push(shard);
        groups.set(shard.source, group);
    }
    return [...groups.values()];
}
