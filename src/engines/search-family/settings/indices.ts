/** How many copies an index has and when a write to it is acknowledged. */
import type { SettingSpec } from '../../engine.js';
import { CLUSTER, INDEX, DURATION, TEXT, TRUE_FALSE, unused, used, type SettingSources } from './types.js';

export const SHARDS = 'index.number_of_shards';
export const REPLICAS = 'index.number_of_replicas';
/** Of an index, and of one request. */
export const INDEX_ACTIVE_SHARDS = 'index.write.wait_for_active_shards';
export const ACTIVE_SHARDS = 'wait_for_active_shards';
export const DURABILITY = 'index.translog.durability';
export const SYNC_INTERVAL = 'index.translog.sync_interval';

const WAITING =
    'how many copies of a shard must be active before a write begins: a number, or `all`. It is looked at once, before the write; the write is acknowledged when every copy in sync has it. The more it asks for, the fewer failures a shard takes before it refuses writes.';

export function indices(sources: SettingSources): readonly SettingSpec[] {
    return [
        unused({
            key: SHARDS,
            type: { kind: 'number', minimum: 1, maximum: 1_024 },
            default: 1,
            scope: ['group'],
            documentation:
                'Primaries of an index. In this language `shards N` in its block says so; the two must agree.',
            source: sources.index,
        }),
        used({
            key: REPLICAS,
            type: { kind: 'number', minimum: 0 },
            default: 1,
            scope: INDEX,
            documentation:
                'Copies of every shard beside its primary. It counts where the block of the index has no `replicas N`.',
            source: sources.index,
        }),
        used({
            key: INDEX_ACTIVE_SHARDS,
            type: TEXT,
            default: '1',
            scope: INDEX,
            documentation: `For all requests that do not say otherwise: ${WAITING}`,
            source: sources.activeShards,
        }),
        used({
            key: ACTIVE_SHARDS,
            type: TEXT,
            default: '1',
            scope: ['client'],
            documentation: `For this workload’s writes: ${WAITING}`,
            source: sources.activeShards,
        }),
        used({
            key: DURABILITY,
            type: { kind: 'enum', values: ['request', 'async'] },
            default: 'request',
            scope: INDEX,
            documentation:
                'When a write is forced to disk: before it is acknowledged, or every `index.translog.sync_interval`. With `async` copies that lose power or crash together lose what they acknowledged since: the documentation names hardware failure, a crash of the operating system and one of the JVM.',
            source: sources.translog,
        }),
        used({
            key: SYNC_INTERVAL,
            type: DURATION,
            default: 5_000,
            scope: INDEX,
            documentation:
                'How often acknowledged writes are forced to disk where `index.translog.durability` is `async`.',
            source: sources.translog,
        }),
        unused({
            key: 'search.default_allow_partial_results',
            type: TRUE_FALSE,
            default: true,
            scope: CLUSTER,
            documentation:
                'Whether a search that cannot reach every shard answers with what the others have, as a success. With `false` it fails.',
            source: sources.search,
        }),
        unused({
            key: 'allow_partial_search_results',
            type: TRUE_FALSE,
            default: true,
            scope: ['client'],
            documentation: 'The same for this workload’s searches.',
            source: sources.search,
        }),
    ];
}
