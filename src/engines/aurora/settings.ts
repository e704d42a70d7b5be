import type { SettingSpec } from '../engine.js';
import { CACHE_MANAGEMENT, GLOBAL_RECOVERY, INSTANCE_CLASSES, LOG_FLUSH, REPLICA_LAG } from './sources.js';

export const GLOBAL_RPO: SettingSpec = {
    key: 'rds.global_db_rpo',
    type: { kind: 'duration', unit: 's', noLimit: '-1' },
    default: undefined,
    scope: ['cluster'],
    documentation:
        'Aurora PostgreSQL in a Global Database: while **every** secondary Region lags by more than this, the primary holds its commits back. At least 20 seconds; without it, or with `-1`, nothing is held back, and a forced failover loses whatever had not arrived.',
    source: GLOBAL_RECOVERY,
    modelled: true,
};

/** Parameters and attributes of Aurora that decide what a failure costs. */
export const settings: readonly SettingSpec[] = [
    {
        key: 'db-instance-class',
        type: { kind: 'text' },
        default: undefined,
        scope: ['cluster', 'node'],
        documentation:
            'Size of an instance, such as `db.r7g.2xlarge`. Among readers of one promotion tier Aurora promotes the largest, so the class decides the order of promotion here, too.',
        source: INSTANCE_CLASSES,
        modelled: true,
    },
    GLOBAL_RPO,
    {
        key: 'AuroraReplicaLag',
        type: { kind: 'duration', unit: 'ms' },
        default: 20,
        scope: ['cluster'],
        documentation:
            'How far readers are behind the writer, as the metric of this name measures it: an assumption, since AWS documents it as usually much less than 100 ms. A read from a reader that could miss an acknowledged write counts as stale. It cannot be configured; set it here to what is measured.',
        source: REPLICA_LAG,
        modelled: true,
    },
    {
        key: 'innodb_flush_log_at_trx_commit',
        type: { kind: 'enum', values: ['0', '1', '2'] },
        default: '1',
        scope: ['cluster'],
        documentation:
            'Aurora MySQL: whether a commit waits until the storage has its log records. `1` waits. `0` does not, and neither does `2` in version 2: writes that were acknowledged are lost when the writer fails.',
        source: LOG_FLUSH,
        modelled: true,
    },
    {
        key: 'apg_ccm_enabled',
        type: { kind: 'boolean', yes: '1', no: '0' },
        default: false,
        scope: ['cluster'],
        documentation:
            'Aurora PostgreSQL: keeps the cache of the reader in tier 0 as warm as that of the writer, so that the promoted instance is not slow at first. The reader has to be of the writer’s class. Speed after a promotion is not modelled.',
        source: CACHE_MANAGEMENT,
        modelled: false,
    },
];
