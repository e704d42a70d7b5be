import type { Engine } from '../engine.js';

/** Roles of a node's `node.roles`. A node that is not said to have any has all but `voting_only`. */
export const roles: Engine['roles'] = [
    {
        name: 'master',
        documentation:
            'May be elected master and votes in elections. The master assigns shards, promotes replicas and removes lost nodes. Three such nodes in three zones are the usual choice.',
    },
    {
        name: 'voting_only',
        documentation:
            'Together with `master`: votes and is never elected. A cheap third voter in a third zone; at least two other nodes must be electable.',
    },
    {
        name: 'data',
        documentation: 'Holds copies of shards, of every tier, and answers for them.',
    },
    {
        name: 'data_content',
        documentation: 'Holds copies of ordinary indices: where an index stands unless it says otherwise.',
    },
    { name: 'data_hot', documentation: 'Holds the newest data of time series.' },
    { name: 'data_warm', documentation: 'Holds data that is rarely changed and still searched.' },
    { name: 'data_cold', documentation: 'Holds data that is rarely searched.' },
    { name: 'data_frozen', documentation: 'Holds partially mounted snapshots alone, never ordinary copies.' },
    { name: 'ingest', documentation: 'Runs ingest pipelines, which change documents before they are indexed.' },
    { name: 'ml', documentation: 'Runs machine learning jobs.' },
    { name: 'transform', documentation: 'Runs transforms.' },
    {
        name: 'remote_cluster_client',
        documentation: 'Connects to other clusters, for searches across clusters and for replication between them.',
    },
    {
        name: 'coordinating',
        documentation:
            'No role of its own, which is `node.roles: [ ]`: takes requests and spreads them over the nodes that hold the data.',
    },
];
