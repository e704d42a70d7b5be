import type { Engine } from '../engine.js';
import { codes } from './checks/codes.js';
import { check } from './checks/index.js';
import { quorums } from './checks/quorums.js';
import { place } from './placement.js';
import { settings } from './settings.js';

/** Amazon ElastiCache for Valkey and Redis OSS, on nodes that one sizes oneself. */
export const elasticache: Engine = {
    name: 'elasticache',
    title: 'Amazon ElastiCache',
    documentation: [
        '**Amazon ElastiCache** for Valkey and Redis OSS, node-based: a primary and up to five asynchronous replicas in each shard. With **cluster mode disabled** there is one shard behind a primary endpoint; with **cluster mode enabled** up to 500, which clients discover, and whose primaries vote on a failover. The version names the product: `"valkey 8.0"`, `"redis 7.1"`.',
        '',
        '`replicate A to B` between two ElastiCache clusters is a Global Datastore: asynchronous, and promoted by hand.',
        '',
        'Checked: the numbers of shards, replicas and nodes, zones, Multi-AZ and automatic failover, durability, Global Datastores, and settings that refuse writes or have no effect.',
        '',
        'Not simulated and not proved yet: any failure. How long AWS takes to notice a failure and to promote is not documented as a bound, only as typical (a few seconds), so say `assume failover takes A to B`. AWS promotes the replica with the least lag; in which zone it puts a node that nobody gives one is not documented either. ElastiCache Serverless is not modelled.',
    ].join('\n'),
    versions: [
        'redis 5.0.6',
        'redis 6.2',
        'redis 7.0',
        'redis 7.1',
        'valkey 7.2',
        'valkey 8.0',
        'valkey 8.1',
        'valkey 8.2',
        'valkey 9.0',
        'valkey 9.1',
    ],
    roles: [],
    groupWords: [
        {
            word: 'shards',
            form: 'each-name-one-shard',
            placedWord: 'shard',
            replicasCount: 'beside-primary',
            defaultReplicas: 0,
            documentation:
                'Each name is one shard (node group): a primary and `replicas N` read replicas beside it, at most five.',
        },
    ],
    singleService: false,
    settings,
    snippet: [
        'nodes ${1:cache}-[1..9] across zones',
        'shards ${2:g}-[1..3] { replicas 2 }',
        'endpoint discovery',
        'assume failover takes 5s to 60s',
        'settings {',
        '    cluster-mode = enabled',
        '    multi-az = enabled',
        '}',
    ].join('\n'),
    place,
    quorums,
    check,
    codes,
};
