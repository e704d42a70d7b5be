import type { SettingSpec, SettingType } from '../engine.js';
import { CREATE_API, DURABILITY, MULTI_AZ, NODE_TIMEOUT, NODE_TYPES, PARAMETERS, REPLICATION_LAG } from './sources.js';

const YES_NO: SettingType = { kind: 'boolean', yes: 'yes', no: 'no' };
const ENABLED: SettingType = { kind: 'boolean', yes: 'enabled', no: 'disabled' };
const SECONDS: SettingType = { kind: 'duration', unit: 's' };

/** What AWS lets one choose for a replication group. */
const attributes: readonly SettingSpec[] = [
    {
        key: 'cluster-mode',
        type: { kind: 'enum', values: ['enabled', 'disabled', 'compatible'] },
        default: undefined,
        scope: ['cluster'],
        documentation:
            '`enabled`: up to 500 shards, whose primaries vote on a failover as in Redis Cluster; clients discover them. `disabled`: one shard behind a primary endpoint. `compatible`: one shard on the way from disabled to enabled. Where it is not said, one shard counts as disabled and several as enabled.',
        source: CREATE_API,
        modelled: true,
    },
    {
        key: 'multi-az',
        type: ENABLED,
        default: false,
        scope: ['cluster'],
        documentation:
            'Keeps a replica of every shard in another zone than its primary, so that one takes over when a zone fails. Needs automatic failover and a replica in every shard. The default is that of the API; the console turns it on for cluster mode enabled.',
        source: MULTI_AZ,
        modelled: false,
    },
    {
        key: 'automatic-failover',
        type: ENABLED,
        default: false,
        scope: ['cluster'],
        documentation:
            'Whether a replica is promoted when its primary fails. Without it the primary is created anew, and there are no writes until then. Cluster mode enabled has it always, whatever the default says.',
        source: CREATE_API,
        modelled: true,
    },
    {
        key: 'durability',
        type: { kind: 'enum', values: ['sync', 'async', 'disabled', 'default'] },
        default: 'disabled',
        scope: ['cluster'],
        documentation:
            'From Valkey 9.0 on, a log in several zones: `sync` answers a write when it is there, so none is lost; `async` answers at once, may lose the last 10 seconds, and refuses writes while the oldest one that is not in the log is older than that. `default` means `disabled` today. Needs cluster mode enabled, Multi-AZ and TLS, and excludes a Global Datastore.',
        source: DURABILITY,
        modelled: true,
    },
    {
        key: 'ReplicationLag',
        type: SECONDS,
        default: 100,
        scope: ['cluster'],
        documentation:
            'How far replicas are behind their primary at most, as the metric of this name measures it: an assumption, since AWS documents no figure. Each replica lags by a part of it when a failure strikes, and what the promoted one lacks is lost. It cannot be configured; set it here to what is measured.',
        source: REPLICATION_LAG,
        modelled: true,
    },
    {
        key: 'cache-node-type',
        type: { kind: 'text' },
        default: undefined,
        scope: ['cluster'],
        documentation:
            'Size of a node, such as `cache.r7g.large`. All nodes of a cluster are of one type, and so are all clusters of a Global Datastore.',
        source: NODE_TYPES,
        modelled: false,
    },
];

/** The parameters of the engine that decide how it fails. */
const parameters: readonly SettingSpec[] = [
    {
        key: 'cluster-require-full-coverage',
        type: YES_NO,
        default: false,
        scope: ['cluster'],
        documentation:
            'Cluster mode enabled: with `yes` every node refuses requests while any slot has no owner. The default is `no`, other than in Redis itself: only the keys of the lost shard are refused.',
        source: PARAMETERS,
        modelled: true,
    },
    {
        key: 'cluster-allow-reads-when-down',
        type: YES_NO,
        default: false,
        scope: ['cluster'],
        documentation:
            'Cluster mode enabled: with `yes` a node answers reads of its slots while it finds no majority of the primaries. AWS recommends it with fewer than three shards.',
        source: PARAMETERS,
        modelled: true,
    },
    {
        key: 'min-replicas-to-write',
        type: { kind: 'number', minimum: 0 },
        default: 0,
        scope: ['cluster'],
        documentation:
            'A primary refuses writes while fewer replicas than this are connected and fresh. After a failover one replica is missing until AWS has created another.',
        source: PARAMETERS,
        modelled: true,
    },
    {
        key: 'min-replicas-max-lag',
        type: SECONDS,
        default: 10_000,
        scope: ['cluster'],
        documentation:
            'How long a replica may be silent and still count for `min-replicas-to-write`. `0` turns that off.',
        source: PARAMETERS,
        modelled: true,
    },
    {
        key: 'close-on-replica-write',
        type: YES_NO,
        default: true,
        scope: ['cluster'],
        documentation:
            'Whether a replica closes the connection of a client that writes to it, so that the client looks the primary endpoint up again after a failover.',
        source: PARAMETERS,
        modelled: false,
    },
    {
        key: 'repl-backlog-size',
        type: { kind: 'number', minimum: 16_384 },
        default: 1_048_576,
        scope: ['cluster'],
        documentation:
            'Bytes of the replication stream that are kept for replicas that come back; what is beyond them is synchronised in full.',
        source: PARAMETERS,
        modelled: false,
    },
    {
        key: 'repl-backlog-ttl',
        type: SECONDS,
        default: 3_600_000,
        scope: ['cluster'],
        documentation: 'How long a primary without replicas keeps that stream; `0`: for ever.',
        source: PARAMETERS,
        modelled: false,
    },
    {
        key: 'maxmemory-policy',
        type: {
            kind: 'enum',
            values: [
                'volatile-lru',
                'allkeys-lru',
                'volatile-lfu',
                'allkeys-lfu',
                'volatile-random',
                'allkeys-random',
                'volatile-ttl',
                'noeviction',
            ],
        },
        default: 'volatile-lru',
        scope: ['cluster'],
        documentation: 'What is evicted when memory is full. Memory is not modelled.',
        source: PARAMETERS,
        modelled: false,
    },
];

/** Keys of Redis and Valkey that AWS sets itself. A value that differs has no effect. */
export const fixedSettings: readonly SettingSpec[] = [
    {
        key: 'repl-timeout',
        type: SECONDS,
        default: 60_000,
        scope: ['cluster'],
        documentation:
            'After this silence a replication link is given up. AWS keeps it at 60 seconds, and has not listed it as a parameter since Redis OSS 5.0.',
        source: PARAMETERS,
        modelled: false,
    },
    {
        key: 'appendonly',
        type: YES_NO,
        default: false,
        scope: ['cluster'],
        documentation:
            'The append-only file, which ElastiCache does not support: a node that restarts comes back empty and copies its primary.',
        source: PARAMETERS,
        modelled: false,
    },
    {
        key: 'cluster-node-timeout',
        type: { kind: 'duration', unit: 'ms' },
        default: undefined,
        scope: ['cluster'],
        documentation:
            'After what silence a node is suspected. AWS sets it and does not say to what, so say `assume failover takes A to B`.',
        source: NODE_TIMEOUT,
        modelled: false,
    },
];

export const settings: readonly SettingSpec[] = [...attributes, ...parameters, ...fixedSettings];
