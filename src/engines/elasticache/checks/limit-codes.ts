import type { CodeSpec } from '../../engine.js';
import { DURABILITY, GROUPS, REPLICATION } from '../sources.js';
import { cluster, MULTI_AZ, withSettings } from './example-files.js';

/** What AWS does not allow. */
export const limitCodes: readonly CodeSpec[] = [
    {
        code: 'elasticache/shards-without-cluster-mode',
        title: 'Several shards with cluster mode disabled',
        why: 'With cluster mode disabled there is exactly one shard.',
        fix: 'Enable cluster mode, or keep one shard.',
        example: withSettings('cluster-mode = disabled  multi-az = enabled  automatic-failover = enabled'),
        remedy: withSettings('cluster-mode = enabled  multi-az = enabled  automatic-failover = enabled'),
        source: REPLICATION,
    },
    {
        code: 'elasticache/too-many-shards',
        title: 'More than 500 shards',
        why: 'ElastiCache allows 500 shards in a cluster.',
        fix: 'Use fewer shards on larger nodes.',
        example: shards(501, 0),
        remedy: shards(15, 5),
        source: GROUPS,
    },
    {
        code: 'elasticache/too-many-replicas',
        title: 'More than five replicas',
        why: 'A shard of ElastiCache has a primary and at most five replicas.',
        fix: 'Use at most five replicas.',
        example: shards(3, 6),
        remedy: shards(3, 5),
        source: GROUPS,
    },
    {
        code: 'elasticache/too-many-nodes',
        title: 'More nodes than ElastiCache allows',
        why: 'A cluster has at most 500 nodes, and 250 before version 5.0.6, even where the quota is raised.',
        fix: 'Use fewer, larger nodes, or several clusters.',
        example: shards(84, 5),
        remedy: shards(15, 5),
        source: GROUPS,
    },
    {
        code: 'elasticache/node-quota',
        title: 'More nodes than the default quota',
        why: 'An account may have 90 nodes in a cluster until AWS has raised its quota.',
        fix: 'Have the quota raised before the cluster is made, and waive this finding then.',
        example: shards(31, 2),
        remedy: shards(30, 2),
        source: GROUPS,
    },
    {
        code: 'elasticache/durability-unsupported',
        title: 'Durability where ElastiCache has none',
        why: 'The log that holds the writes outside the nodes needs Valkey 9.0, cluster mode enabled and Multi-AZ, and is not to be had in a Global Datastore.',
        fix: 'Meet what it needs, or leave it out and count with the loss of the last writes.',
        example: withSettings('multi-az = enabled  durability = sync', 'valkey 8.0'),
        remedy: withSettings('multi-az = enabled  durability = sync', 'valkey 9.0'),
        source: DURABILITY,
    },
];

function shards(count: number, replicas: number): string {
    return cluster([
        `nodes c-[1..${String(count * (replicas + 1))}] across zones`,
        `shards g-[1..${String(count)}] { replicas ${String(replicas)} }`,
        replicas === 0 ? 'settings { cluster-mode = enabled }' : MULTI_AZ,
    ]);
}
