import type { EngineContext, Quorum } from '../../engine.js';
import { isClusterMode } from '../mode.js';

/**
 * With cluster mode enabled the primaries vote, as in Redis Cluster. An even number of shards is common, since shards are
 * added for room, and AWS steps in where there is no majority: it is not objected to.
 */
export function quorums(context: EngineContext): readonly Quorum[] {
    const { cluster, topology } = context;
    const shards = cluster.shards.map((id) => topology.shards[id]!);
    if (!isClusterMode(context)) {
        return [];
    }
    return [
        {
            one: 'primary',
            many: 'primaries',
            voters: shards.flatMap(({ copies }) => copies.slice(0, 1)),
            without:
                'no majority of the primaries is left to vote on a failover, and its shard waits for AWS to step in, after a time that is not documented',
            // More shards need more nodes, so changing the range alone mends nothing.
            declarations: [],
            source: cluster.source,
            codes: {
                tooFew: { code: 'elasticache/too-few-shards', severity: 'warning' },
                majorityInOneZone: 'elasticache/majority-in-one-zone',
            },
        },
    ];
}
