import type { SettingSpec } from '../engine.js';
import {
    allocation,
    CLUSTER,
    coordination,
    INDEX,
    indices,
    OPENSEARCH_PENALTY,
    penaltySettings,
    retrySettings,
    DURATION,
    NODE,
    TEXT,
    TRUE_FALSE,
    unused,
    used,
    type SettingSources,
} from '../search-family/index.js';
import {
    BLOCK_SOURCE,
    CLUSTER_SETTINGS,
    CREATING,
    DISCOVERY,
    INDEX_DOCUMENT,
    INDEX_SETTINGS,
    MONITORING,
    PRIMARY_BALANCE,
    RECOVERY,
    REMOTE_STORE,
    SEARCH_API,
    SEGMENT_REPLICATION,
    SEGMENT_REPLICATION_2_3,
} from './sources.js';

export const BALANCE = 'cluster.routing.allocation.awareness.balance';
export const PREFER_PRIMARY = 'cluster.routing.allocation.balance.prefer_primary';
export const REPLICATION_TYPE = 'index.replication.type';
export const REPLICATION_STRATEGY = 'cluster.indices.replication.strategy';
export const REMOTE_TRANSLOG = 'node.attr.remote_store.translog.repository';

const sources: SettingSources = {
    discovery: DISCOVERY,
    detection: DISCOVERY,
    publishing: DISCOVERY,
    allocation: CLUSTER_SETTINGS,
    awareness: CREATING,
    delayed: INDEX_SETTINGS,
    recovery: RECOVERY,
    index: INDEX_SETTINGS,
    translog: INDEX_SETTINGS,
    activeShards: INDEX_DOCUMENT,
    search: SEARCH_API,
    shardLimit: CLUSTER_SETTINGS,
};

/** The keys that decide how an OpenSearch cluster fails, with their defaults. */
export const settings: readonly SettingSpec[] = [
    ...coordination(sources, {
        manager: 'cluster manager',
        initialKey: 'cluster.initial_cluster_manager_nodes',
        diskCheckMs: 60_000,
        probes: { connect: { default: 3_000 }, handshake: { default: 1_000 } },
    }).map((spec) => (spec.key.startsWith('monitor.') ? { ...spec, source: MONITORING } : spec)),
    ...blocks(),
    ...allocation(sources),
    used({
        key: 'cluster.routing.allocation.unassigned.node_left.delayed_timeout',
        type: DURATION,
        default: 60_000,
        scope: CLUSTER,
        documentation:
            'How long replicas that were on a lost node stay unassigned before they are made anew, for indices that do not say so themselves.',
        source: CLUSTER_SETTINGS,
    }),
    unused({
        key: BALANCE,
        type: TRUE_FALSE,
        default: false,
        scope: CLUSTER,
        documentation:
            'Whether an index is refused whose copies, the primary counted, are no multiple of the zones. It takes effect only where awareness attributes and forced zones are both set.',
        source: CREATING,
    }),
    unused({
        key: PREFER_PRIMARY,
        type: TRUE_FALSE,
        default: false,
        since: { version: '2.7', source: PRIMARY_BALANCE },
        scope: CLUSTER,
        documentation:
            'Whether primaries are spread evenly over the nodes. With segment replication the primaries do the work of indexing, so this evens out the load. Copies are placed here with even primaries in any case.',
        source: SEGMENT_REPLICATION,
    }),
    ...indices(sources),
    ...penaltySettings(OPENSEARCH_PENALTY),
    ...retrySettings({
        title: 'opensearch-py: Transport, max_retries',
        url: 'https://opensearch-project.github.io/opensearch-py/api-ref/transport.html',
    }),
    ...replication(),
];

function blocks(): readonly SettingSpec[] {
    const documentation =
        'What a node refuses while it knows no cluster manager: all requests (`all`), writes (`write`), or only changes of indices and settings (`metadata_write`). Reads that it answers may be out of date. The documentation says that `write` is the default; the source says `metadata_write`, which is taken here.';
    const type = { kind: 'enum', values: ['metadata_write', 'write', 'all'] } as const;
    return [
        used({
            key: 'cluster.no_cluster_manager_block',
            type,
            default: 'metadata_write',
            scope: CLUSTER,
            documentation,
            source: BLOCK_SOURCE,
        }),
        used({
            key: 'cluster.no_master_block',
            type,
            default: 'metadata_write',
            scope: CLUSTER,
            documentation: `The older name of \`cluster.no_cluster_manager_block\`, which counts where the newer one is not set. ${documentation}`,
            source: BLOCK_SOURCE,
        }),
    ];
}

function replication(): readonly SettingSpec[] {
    const values = ['DOCUMENT', 'SEGMENT'];
    return [
        unused({
            key: REPLICATION_TYPE,
            type: { kind: 'enum', values },
            default: 'DOCUMENT',
            since: { version: '2.3', source: SEGMENT_REPLICATION_2_3 },
            scope: INDEX,
            documentation:
                'Whether every copy indexes each document (`DOCUMENT`), or replicas copy finished segments from the primary (`SEGMENT`). With `SEGMENT` reads from replicas may lag behind.',
            source: SEGMENT_REPLICATION,
        }),
        unused({
            key: REPLICATION_STRATEGY,
            type: { kind: 'enum', values },
            default: 'DOCUMENT',
            scope: CLUSTER,
            documentation: `The default of \`${REPLICATION_TYPE}\` for indices that do not say so themselves.`,
            source: SEGMENT_REPLICATION,
        }),
        used({
            key: REMOTE_TRANSLOG,
            type: TEXT,
            default: undefined,
            scope: NODE,
            documentation:
                'The repository to which primaries upload the transaction log before they acknowledge a write. With it a write survives whatever happens to the copies, as long as `index.translog.durability` is `request`. All nodes have it, or none.',
            source: REMOTE_STORE,
        }),
        unused({
            key: 'node.attr.remote_store.segment.repository',
            type: TEXT,
            default: undefined,
            scope: NODE,
            documentation: 'The repository to which primaries upload segments.',
            source: REMOTE_STORE,
        }),
        unused({
            key: 'node.attr.remote_store.state.repository',
            type: TEXT,
            default: undefined,
            scope: NODE,
            documentation: 'The repository that holds the cluster state.',
            source: REMOTE_STORE,
        }),
    ];
}
