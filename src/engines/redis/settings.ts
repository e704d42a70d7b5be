import type { SettingSpec, SettingType } from '../engine.js';
import { CONF, PERSISTENCE, REPLICATION, SOURCE, SPEC } from './sources.js';

const MILLISECONDS: SettingType = { kind: 'duration', unit: 'ms' };
const SECONDS: SettingType = { kind: 'duration', unit: 's' };
const YES_NO: SettingType = { kind: 'boolean', yes: 'yes', no: 'no' };
const CLUSTER = ['cluster', 'node'] as const;
/** redis.conf: `1k` is 1,000 bytes, `1kb` 1,024; capital letters make no difference. */
const REDIS_SIZES = { k: 1e3, kb: 2 ** 10, m: 1e6, mb: 2 ** 20, g: 1e9, gb: 2 ** 30 };

/** The configuration keys that decide how a Redis Cluster fails, with the defaults of `redis.conf`. */
export const settings: readonly SettingSpec[] = [
    {
        key: 'cluster-node-timeout',
        type: MILLISECONDS,
        default: 15_000,
        scope: ['cluster'],
        documentation:
            'How long a node must stay silent before another one suspects it. Failover takes one to one and a half of these, and about a second and a half more. A primary that is cut off from the majority stops answering after the same time.',
        source: CONF,
        modelled: true,
    },
    {
        key: 'cluster-require-full-coverage',
        type: YES_NO,
        default: true,
        scope: ['cluster'],
        documentation:
            'With `yes` every node refuses requests while the owner of any slot is marked as failed: one dead primary stops **all** shards until its replica is promoted. With `no` only the slots without an owner are refused.',
        source: CONF,
        modelled: true,
    },
    {
        key: 'cluster-allow-reads-when-down',
        type: YES_NO,
        default: false,
        scope: ['cluster'],
        documentation:
            'Lets a node answer reads of slots that it owns while it considers the cluster down. Writes are refused all the same.',
        source: CONF,
        modelled: true,
    },
    {
        key: 'cluster-replica-validity-factor',
        type: { kind: 'number', minimum: 0 },
        default: 10,
        scope: CLUSTER,
        documentation:
            'A replica that has been without its primary for longer than node timeout × this factor + `repl-ping-replica-period` does not stand for election. `0`: it always may, however stale.',
        source: CONF,
        modelled: true,
    },
    {
        key: 'cluster-replica-no-failover',
        type: YES_NO,
        default: false,
        scope: CLUSTER,
        documentation: 'A replica with `yes` never stands for election by itself.',
        source: CONF,
        modelled: true,
    },
    {
        key: 'cluster-migration-barrier',
        type: { kind: 'number', minimum: 0 },
        default: 1,
        scope: ['cluster'],
        documentation:
            'A replica moves to a primary that has lost all of its replicas for five seconds only if its own primary keeps this many.',
        source: CONF,
        modelled: true,
    },
    {
        key: 'cluster-allow-replica-migration',
        type: YES_NO,
        default: true,
        scope: ['cluster'],
        documentation:
            'Whether a replica of the primary that has most, and at least two, moves to a primary that has none left.',
        source: CONF,
        modelled: true,
    },
    {
        key: 'repl-ping-replica-period',
        type: SECONDS,
        default: 10_000,
        scope: CLUSTER,
        documentation:
            'How often a primary pings its replicas; part of the age up to which a replica may stand for election.',
        source: CONF,
        modelled: true,
    },
    {
        key: 'min-replicas-to-write',
        type: { kind: 'number', minimum: 0 },
        default: 0,
        scope: CLUSTER,
        documentation:
            'A primary refuses writes while fewer replicas than this are connected and fresh. With one replica per shard a value of 1 turns every failover into a write outage until a replica is back.',
        source: CONF,
        modelled: true,
    },
    {
        key: 'min-replicas-max-lag',
        type: SECONDS,
        default: 10_000,
        scope: CLUSTER,
        documentation: 'How old a replica’s last acknowledgement may be for it to count for `min-replicas-to-write`.',
        source: CONF,
        modelled: true,
    },
    {
        key: 'appendonly',
        type: YES_NO,
        default: false,
        scope: CLUSTER,
        documentation:
            'Whether writes go to the append-only file. Without it a node that restarts comes back with its last snapshot, or empty when `save` is `""`.',
        source: PERSISTENCE,
        modelled: true,
    },
    {
        key: 'appendfsync',
        type: { kind: 'enum', values: ['always', 'everysec', 'no'] },
        default: 'everysec',
        scope: CLUSTER,
        documentation:
            'When the append-only file is forced to disk. A process that dies loses nothing of it; a host that loses power loses up to a second with `everysec`, and an unknown amount with `no`.',
        source: PERSISTENCE,
        modelled: true,
    },
    {
        key: 'save',
        type: { kind: 'text' },
        default: '3600 1 300 100 60 10000',
        scope: CLUSTER,
        documentation:
            'When snapshots are taken, as pairs of seconds and changes; `""` takes none. A clean stop takes a last one if any is configured. When the last one was taken before a failure is not simulated: a node that restarts from a snapshot counts every write of the run as missing.',
        source: PERSISTENCE,
        modelled: true,
    },
    {
        key: 'maxmemory-policy',
        type: {
            kind: 'enum',
            values: [
                'noeviction',
                'allkeys-lru',
                'allkeys-lfu',
                'allkeys-random',
                'volatile-lru',
                'volatile-lfu',
                'volatile-random',
                'volatile-ttl',
            ],
        },
        default: 'noeviction',
        scope: CLUSTER,
        documentation: 'What is evicted when memory is full. Memory is not simulated.',
        source: CONF,
        modelled: false,
    },
    {
        key: 'repl-backlog-size',
        type: { kind: 'size', suffixes: REDIS_SIZES },
        default: 1_048_576,
        scope: CLUSTER,
        documentation:
            'How much of the replication stream a primary keeps for replicas that come back. Resynchronisation is taken as instant.',
        source: REPLICATION,
        modelled: false,
    },
    {
        key: 'repl-timeout',
        type: SECONDS,
        default: 60_000,
        scope: CLUSTER,
        documentation:
            'After this silence a replication link is given up. Links are taken as lost when the network is.',
        source: SOURCE,
        modelled: false,
    },
    {
        key: 'cluster-enabled',
        type: YES_NO,
        default: true,
        scope: ['cluster'],
        documentation: 'Redis Cluster is what this engine models; a single Redis or Sentinel is not.',
        source: SPEC,
        modelled: false,
    },
];
