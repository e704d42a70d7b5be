import type { FactSource } from '../engine.js';

const GUIDE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';

/** Where the facts about ElastiCache in this folder were read. */
export const MULTI_AZ: FactSource = {
    title: 'ElastiCache User Guide: Minimizing downtime with Multi-AZ',
    url: `${GUIDE}/AutoFailover.html`,
};
export const FAULT_TOLERANCE: FactSource = {
    title: 'ElastiCache User Guide: Mitigating failures',
    url: `${GUIDE}/FaultTolerance.html`,
};
export const REPLICATION: FactSource = {
    title: 'ElastiCache User Guide: Replication, cluster mode disabled and enabled',
    url: `${GUIDE}/Replication.Redis-RedisCluster.html`,
};
export const GROUPS: FactSource = {
    title: 'ElastiCache User Guide: High availability using replication groups',
    url: `${GUIDE}/Replication.Redis.Groups.html`,
};
export const PARAMETERS: FactSource = {
    title: 'ElastiCache User Guide: Valkey and Redis OSS parameters',
    url: `${GUIDE}/ParameterGroups.Engine.html`,
};
export const CREATE_API: FactSource = {
    title: 'ElastiCache API Reference: CreateReplicationGroup',
    url: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html',
};
export const RELIABILITY: FactSource = {
    title: 'ElastiCache Well-Architected Lens: Reliability',
    url: `${GUIDE}/ReliabilityPillar.html`,
};
export const NODE_TYPES: FactSource = {
    title: 'ElastiCache User Guide: Supported node types',
    url: `${GUIDE}/CacheNodes.SupportedTypes.html`,
};
export const DURABILITY: FactSource = {
    title: 'ElastiCache User Guide: Durability, options and limitations',
    url: `${GUIDE}/Durability.Limitations.html`,
};
export const GLOBAL: FactSource = {
    title: 'ElastiCache User Guide: Global datastores, prerequisites and limitations',
    url: `${GUIDE}/Redis-Global-Datastores-Getting-Started.html`,
};
export const REPLICATION_LAG: FactSource = {
    title: 'ElastiCache User Guide: Metrics for Valkey and Redis OSS',
    url: `${GUIDE}/CacheMetrics.Redis.html`,
    unconfirmed: true,
};
export const NODE_TIMEOUT: FactSource = { title: 'Not documented for ElastiCache', unconfirmed: true };
