import { OPENSEARCH_PENALTY, penaltyOf, type SearchProduct } from '../search-family/index.js';
import { REMOTE_TRANSLOG, REPLICATION_STRATEGY, REPLICATION_TYPE } from './settings.js';
import { CLUSTER_SETTINGS, CREATING, INDEX_DOCUMENT, INDEX_SETTINGS, QUORUMS, SYSTEM_SETTINGS } from './sources.js';

export const product: SearchProduct = {
    engine: 'opensearch',
    title: 'OpenSearch',
    manager: 'cluster manager',
    managerSlug: 'cluster-manager',
    eligible: 'cluster-manager-eligible node',
    managerRoles: ['cluster_manager', 'master'],
    defaultRoles: ['cluster_manager', 'data', 'ingest', 'remote_cluster_client'],
    dataRoles: ['data'],
    tiers: [],
    tiersOf: () => [],
    blockKeys: ['cluster.no_cluster_manager_block', 'cluster.no_master_block'],
    delayKeys: [
        'index.unassigned.node_left.delayed_timeout',
        'cluster.routing.allocation.unassigned.node_left.delayed_timeout',
    ],
    remoteStoreKey: REMOTE_TRANSLOG,
    replicationKeys: [REPLICATION_TYPE, REPLICATION_STRATEGY],
    penaltyOf: (settings) => penaltyOf(OPENSEARCH_PENALTY, settings),
    sources: {
        roles: SYSTEM_SETTINGS,
        quorum: QUORUMS,
        awareness: CREATING,
        design: CREATING,
        replication: INDEX_SETTINGS,
        activeShards: INDEX_DOCUMENT,
        shardLimit: CLUSTER_SETTINGS,
    },
};
