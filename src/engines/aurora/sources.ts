import type { FactSource } from '../engine.js';

const GUIDE = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';

/** Where the facts about Aurora in this folder were read. */
export const AVAILABILITY: FactSource = {
    title: 'Aurora User Guide: High availability',
    url: `${GUIDE}/Concepts.AuroraHighAvailability.html`,
};
export const STORAGE: FactSource = {
    title: 'Aurora User Guide: Storage and reliability',
    url: `${GUIDE}/Aurora.Overview.StorageReliability.html`,
};
export const BEST_PRACTICES: FactSource = {
    title: 'Aurora User Guide: Best practices',
    url: `${GUIDE}/Aurora.BestPractices.html`,
};
export const INSTANCE_CLASSES: FactSource = {
    title: 'Aurora User Guide: DB instance classes',
    url: `${GUIDE}/Concepts.DBInstanceClass.html`,
};
export const GLOBAL: FactSource = {
    title: 'Aurora User Guide: Configuration requirements of a global database',
    url: `${GUIDE}/aurora-global-database.configuration.requirements.html`,
};
export const GLOBAL_RECOVERY: FactSource = {
    title: 'Aurora User Guide: Switchover and failover of a global database',
    url: `${GUIDE}/aurora-global-database-disaster-recovery.html`,
};
export const CACHE_MANAGEMENT: FactSource = {
    title: 'Aurora User Guide: Cluster cache management for Aurora PostgreSQL',
    url: `${GUIDE}/AuroraPostgreSQL.cluster-cache-mgmt.html`,
};
export const REPLICA_LAG: FactSource = {
    title: 'Aurora User Guide: Replication with Aurora',
    url: `${GUIDE}/Aurora.Replication.html`,
    unconfirmed: true,
};
export const LOG_FLUSH: FactSource = {
    title: 'Aurora User Guide: How often Aurora MySQL flushes the log buffer',
    url: `${GUIDE}/AuroraMySQL.BestPractices.FeatureRecommendations.html`,
};
