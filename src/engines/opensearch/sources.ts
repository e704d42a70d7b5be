import type { FactSource } from '../engine.js';

function page(title: string, path: string): FactSource {
    return { title: `OpenSearch documentation: ${title}`, url: `https://docs.opensearch.org/latest/${path}/` };
}

/** Where the facts about OpenSearch in this folder were read. */
export const CREATING = page('Creating a cluster', 'tuning-your-cluster');
export const DISCOVERY = page(
    'Discovery and cluster formation settings',
    'tuning-your-cluster/discovery-cluster-formation/settings',
);
export const QUORUMS = page('Voting and quorums', 'tuning-your-cluster/discovery-cluster-formation/voting-quorums');
export const CLUSTER_SETTINGS = page(
    'Cluster settings',
    'install-and-configure/configuring-opensearch/cluster-settings',
);
export const SYSTEM_SETTINGS = page(
    'Configuration and system settings',
    'install-and-configure/configuring-opensearch/configuration-system',
);
export const MONITORING = page(
    'Monitoring settings',
    'install-and-configure/configuring-opensearch/monitoring-settings',
);
export const INDEX_SETTINGS = page('Index settings', 'install-and-configure/configuring-opensearch/index-settings');
export const RECOVERY = page(
    'Availability and recovery settings',
    'install-and-configure/configuring-opensearch/availability-recovery',
);
export const SEGMENT_REPLICATION = page(
    'Segment replication',
    'tuning-your-cluster/availability-and-recovery/segment-replication/index',
);
/** The first release with segment replication, which was an experiment then. */
export const SEGMENT_REPLICATION_2_3: FactSource = {
    title: 'OpenSearch 2.3 documentation: Segment replication',
    url: 'https://docs.opensearch.org/2.3/opensearch/segment-replication/index',
};
export const PRIMARY_BALANCE: FactSource = {
    title: 'OpenSearch documentation, pull request 3769 for version 2.7',
    url: 'https://github.com/opensearch-project/documentation-website/pull/3769',
};
export const REMOTE_STORE = page(
    'Remote-backed storage',
    'tuning-your-cluster/availability-and-recovery/remote-store/index',
);
export const INDEX_DOCUMENT = page('Index document', 'api-reference/document-apis/index-document');
export const SEARCH_API = page('Search', 'api-reference/search-apis/search');
export const BLOCK_SOURCE: FactSource = {
    title: 'OpenSearch source, NoClusterManagerBlockService.java',
    url: 'https://github.com/opensearch-project/OpenSearch/blob/71b251b/server/src/main/java/org/opensearch/cluster/coordination/NoClusterManagerBlockService.java',
};
export const ROLE_SOURCE: FactSource = {
    title: 'OpenSearch source, DiscoveryNodeRole.java',
    url: 'https://github.com/opensearch-project/OpenSearch/blob/main/server/src/main/java/org/opensearch/cluster/node/DiscoveryNodeRole.java',
};
