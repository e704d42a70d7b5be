import type { FactSource } from '../engine.js';

/** Where the facts about Redis Cluster in this folder were read. */
export const SPEC: FactSource = {
    title: 'Redis Cluster specification',
    url: 'https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/',
};
export const CONF: FactSource = {
    title: 'redis.conf of Redis 7.2',
    url: 'https://github.com/redis/redis/blob/7.2/redis.conf',
};
export const SOURCE: FactSource = {
    title: 'Redis source, src/cluster.c',
    url: 'https://github.com/redis/redis/blob/7.2/src/cluster.c',
};
export const REPLICATION: FactSource = {
    title: 'Redis replication',
    url: 'https://redis.io/docs/latest/operate/oss_and_stack/management/replication/',
};
export const PERSISTENCE: FactSource = {
    title: 'Redis persistence',
    url: 'https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/',
};
export const SCALING: FactSource = {
    title: 'Scale with Redis Cluster',
    url: 'https://redis.io/docs/latest/operate/oss_and_stack/management/scaling/',
};
