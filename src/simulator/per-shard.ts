/** Counts of what happened to shards. */
import type { ShardId, Topology } from '../topology/index.js';
import type { Clients } from './clients.js';
import type { Run } from './result.js';

type StreamResult = ReturnType<Clients['results']>[number];

/** What the streams that ask a shard counted together. */
export function tally(
    results: readonly StreamResult[],
    countOf: (result: StreamResult) => number,
): ReadonlyMap<ShardId, number> {
    const counts = new Map<ShardId, number>();
    for (const result of results) {
        const { shard } = result.spec;
        counts.set(shard, (counts.get(shard) ?? 0) + countOf(result));
    }
    return counts;
}

/** In the order of shards, without those of which there is nothing to tell. */
export function perShard(topology: Topology, counts: ReadonlyMap<ShardId, number>): Run['lostWrites'] {
    return [...counts]
        .filter(([, count]) => count > 0)
        .sort(([one], [other]) => one - other)
        .map(([shard, count]) => ({ cluster: topology.shards[shard]!.cluster, shard, count }));
}
