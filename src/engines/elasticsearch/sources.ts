import type { FactSource } from '../engine.js';

const GUIDE = 'https://www.elastic.co/guide/en/elasticsearch/reference/8.15';

function page(title: string, name: string, section = ''): FactSource {
    return { title: `Elasticsearch Guide 8.15: ${title}`, url: `${GUIDE}/${name}.html${section}` };
}

/** Where the facts about Elasticsearch in this folder were read. */
export const NODES = page('Node', 'modules-node');
export const DISCOVERY = page('Discovery and cluster formation settings', 'modules-discovery-settings');
export const DETECTION = page('Cluster fault detection', 'cluster-fault-detection');
export const PUBLISHING = page('Publishing the cluster state', 'cluster-state-publishing');
export const VOTING = page('Voting configurations', 'modules-discovery-voting');
export const DESIGN = page('Resilience in larger clusters', 'high-availability-cluster-design-large-clusters');
export const ALLOCATION = page('Cluster-level shard allocation and routing settings', 'modules-cluster');
export const AWARENESS_GUIDE = page('Shard allocation awareness', 'modules-cluster', '#shard-allocation-awareness');
export const SHARD_LIMIT_GUIDE = page('Cluster shard limit', 'modules-cluster', '#cluster-shard-limit');
export const DELAYED = page('Delaying allocation when a node leaves', 'delayed-allocation');
export const RECOVERY = page('Index recovery settings', 'recovery');
export const INDEX_MODULES = page('Index modules', 'index-modules');
export const TIERS = page('Index-level data tier allocation filtering', 'data-tier-shard-filtering');
export const TRANSLOG = page('Translog', 'index-modules-translog');
export const REPLICATION = page('Reading and writing documents', 'docs-replication');
export const INDEX_API = page('Index API', 'docs-index_');
export const SEARCH_API = page('Search API', 'search-search');
