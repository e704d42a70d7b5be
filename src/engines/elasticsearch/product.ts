import { ELASTIC_PENALTY, penaltyOf, words, type SearchProduct } from '../search-family/index.js';
import { isSince } from '../version.js';
import { AWARENESS_GUIDE, DESIGN, INDEX_API, NODES, REPLICATION, SHARD_LIMIT_GUIDE, VOTING } from './sources.js';

export const TIER_PREFERENCE = 'index.routing.allocation.include._tier_preference';
/** The first version whose nodes stand in tiers. */
const TIERS_SINCE = '7.10';

const TIERS = ['data_content', 'data_hot', 'data_warm', 'data_cold', 'data_frozen'];

export const product: SearchProduct = {
    engine: 'elasticsearch',
    title: 'Elasticsearch',
    manager: 'master',
    managerSlug: 'master',
    eligible: 'master-eligible node',
    managerRoles: ['master'],
    defaultRoles: ['master', 'data', ...TIERS, 'ingest', 'ml', 'remote_cluster_client', 'transform'],
    dataRoles: ['data', ...TIERS],
    tiers: TIERS,
    tiersOf: (settings, at) =>
        isSince(settings.version, TIERS_SINCE) ? words(settings.text(TIER_PREFERENCE, at)) : [],
    votingOnlyRole: 'voting_only',
    blockKeys: ['cluster.no_master_block'],
    delayKeys: ['index.unassigned.node_left.delayed_timeout'],
    penaltyOf: (settings) => penaltyOf(ELASTIC_PENALTY, settings),
    sources: {
        roles: NODES,
        quorum: VOTING,
        awareness: AWARENESS_GUIDE,
        design: DESIGN,
        replication: REPLICATION,
        activeShards: INDEX_API,
        shardLimit: SHARD_LIMIT_GUIDE,
    },
};
