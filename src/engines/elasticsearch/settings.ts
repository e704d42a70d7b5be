import type { SettingSpec } from '../engine.js';
import {
    allocation,
    coordination,
    indices,
    ELASTIC_PENALTY,
    penaltySettings,
    retrySettings,
    INDEX,
    CLUSTER,
    TEXT,
    used,
    type SettingSources,
} from '../search-family/index.js';
import { TIER_PREFERENCE } from './product.js';
import {
    ALLOCATION,
    AWARENESS_GUIDE,
    DELAYED,
    DETECTION,
    DISCOVERY,
    INDEX_API,
    INDEX_MODULES,
    PUBLISHING,
    RECOVERY,
    SEARCH_API,
    SHARD_LIMIT_GUIDE,
    TIERS,
    TRANSLOG,
} from './sources.js';

const sources: SettingSources = {
    discovery: DISCOVERY,
    detection: DETECTION,
    publishing: PUBLISHING,
    allocation: ALLOCATION,
    awareness: AWARENESS_GUIDE,
    delayed: DELAYED,
    recovery: RECOVERY,
    index: INDEX_MODULES,
    translog: TRANSLOG,
    activeShards: INDEX_API,
    search: SEARCH_API,
    shardLimit: SHARD_LIMIT_GUIDE,
};

/** The keys that decide how an Elasticsearch cluster fails, with their defaults. */
export const settings: readonly SettingSpec[] = [
    ...coordination(sources, {
        manager: 'master',
        initialKey: 'cluster.initial_master_nodes',
        diskCheckMs: 120_000,
        probes: {
            connect: { default: 3_000, defaultsSince: [{ since: '8.0', value: 30_000 }] },
            handshake: { default: 1_000, defaultsSince: [{ since: '8.0', value: 30_000 }] },
        },
    }),
    used({
        key: 'cluster.no_master_block',
        type: { kind: 'enum', values: ['write', 'all', 'metadata_write'] },
        default: 'write',
        scope: CLUSTER,
        documentation:
            'What a node refuses while it knows no master: writes (`write`), reads too (`all`), or only changes of indices and settings (`metadata_write`). Reads that it answers may be out of date.',
        source: DISCOVERY,
    }),
    ...allocation(sources),
    ...indices(sources),
    ...penaltySettings(ELASTIC_PENALTY),
    ...retrySettings({
        title: 'Elasticsearch JavaScript client: Basic configuration, maxRetries',
        url: 'https://www.elastic.co/docs/reference/elasticsearch/clients/javascript/basic-config',
    }),
    used({
        key: TIER_PREFERENCE,
        type: TEXT,
        default: 'data_content',
        scope: INDEX,
        documentation:
            'The tiers on which an index may stand, the most wanted one first: it stands on the nodes of the first tier that has any. A node with the role `data` belongs to every tier. `""` means any data node. Counts from 7.10 on.',
        source: TIERS,
    }),
];
