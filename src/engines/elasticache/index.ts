import type { Engine } from '../engine.js';
import { behaviour } from './behaviour/index.js';
import { codes } from './checks/codes.js';
import { check } from './checks/index.js';
import { quorums } from './checks/quorums.js';
import { place } from './placement.js';
import { rules } from './rules.js';
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
        'Simulated and proved: failures of nodes, zones and Regions; the replica that lags least and is promoted in whatever zone (among equals any); the names of cluster mode disabled and the redirections of cluster mode enabled; primaries that must agree, full coverage and reads while there is no majority; failed nodes created anew when their zone has power; `min-replicas-to-write`; a rebooted primary that comes back empty and its replicas with it; writes lost by lag, by durability and with the last node; the Region that is promoted by hand with what it loses; a planned change of primary.',
        '',
        'Assumed: AWS documents no bound for a failover, only what is typical, so say `assume failover takes A to B`, from the failure until the new primary is known (also for taking a dead replica out of its address, for a promotion by hand and for a planned change, during which nobody writes), and `assume recovery takes A to B` for a new node. Without them half of all failovers take 5 to 10 s and half of all new nodes 2 to 4 min, and both have no maximum. Where no majority of the primaries is left AWS promotes instead of them, in the same time. The others hold a primary for failed when half of that time is over. A monitor in every zone decides by majority who is alive. With cluster mode disabled a primary that is cut off goes on accepting writes, which are lost; AWS does not say whether it stops it. A new node has copied its primary at once. Replicas lag by up to `ReplicationLag`.',
        '',
        'Not simulated: memory and eviction, the moment in which the other replicas copy a new primary and do not read, scaling, snapshots, writes that wait for `durability = async`, maintenance, ElastiCache Serverless. In which zone AWS puts a node that nobody gives one is not documented.',
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
            systemKeys: { replicas: ['ReplicasPerNodeGroup', 'replicas_per_node_group'] },
            documentation:
                'Each name is one shard (node group): a primary and `replicas N` read replicas beside it, at most five.',
        },
    ],
    singleService: false,
    replicaReads: 'simulated',
    settings,
    unfitEndpoints: {
        vip: {
            why: 'AWS gives a cluster DNS names, and no address that moves between nodes.',
            instead:
                'Use `endpoint discovery` for the configuration endpoint, or `endpoint dns` for a primary or reader endpoint.',
            replacement: 'endpoint discovery',
        },
        'load-balancer': {
            why: 'A load balancer does not know which node is a primary; the DNS names that AWS gives the cluster do.',
            instead:
                'Use `endpoint discovery` for the configuration endpoint, or `endpoint dns` for a primary or reader endpoint.',
            replacement: 'endpoint discovery',
        },
    },
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
    rules,
    behaviour,
};
