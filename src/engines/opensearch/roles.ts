import type { Engine } from '../engine.js';

/** Roles of a node's `node.roles`. A node without any is cluster_manager, data, ingest and remote_cluster_client. */
export const roles: Engine['roles'] = [
    {
        name: 'cluster_manager',
        documentation:
            'May be elected cluster manager and votes in elections. The cluster manager assigns shards, promotes replicas and removes lost nodes. Three such nodes in three zones are the usual choice.',
    },
    {
        name: 'master',
        documentation: 'The older name of `cluster_manager`, still taken. A node cannot have both.',
    },
    { name: 'data', documentation: 'Holds copies of shards and answers for them.' },
    { name: 'ingest', documentation: 'Runs ingest pipelines, which change documents before they are indexed.' },
    { name: 'ml', documentation: 'Runs machine learning tasks.' },
    {
        name: 'search',
        documentation: 'Serves searchable snapshots, never ordinary copies. Which of them it serves is not modelled.',
    },
    {
        name: 'remote_cluster_client',
        documentation: 'Connects to other clusters, for searches across clusters and for replication between them.',
    },
    {
        name: 'coordinating_only',
        documentation:
            'No role of its own: takes requests and spreads them over the nodes that hold the data. `coordinating` means the same.',
    },
    { name: 'coordinating', documentation: 'The same as `coordinating_only`.' },
];
