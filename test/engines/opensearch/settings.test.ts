/** Defaults in which OpenSearch differs from Elasticsearch, and those that are its own. */
import { expect, test } from 'vitest';
import { elasticsearch } from '../../../src/engines/elasticsearch/index.js';
import { opensearch } from '../../../src/engines/opensearch/index.js';

const defaults = new Map(opensearch.settings.map(({ key, default: value }) => [key, value]));

test.each<[string, number | string | boolean | undefined]>([
    ['cluster.no_cluster_manager_block', 'metadata_write'],
    ['cluster.no_master_block', 'metadata_write'],
    ['cluster.routing.allocation.unassigned.node_left.delayed_timeout', 60_000],
    ['cluster.routing.allocation.awareness.balance', false],
    ['cluster.routing.allocation.balance.prefer_primary', false],
    ['cluster.indices.replication.strategy', 'DOCUMENT'],
    ['index.replication.type', 'DOCUMENT'],
    ['node.attr.remote_store.translog.repository', undefined],
    ['monitor.fs.health.refresh_interval', 60_000],
    ['discovery.probe.connect_timeout', 3_000],
    ['discovery.probe.handshake_timeout', 1_000],
    ['cluster.fault_detection.follower_check.timeout', 10_000],
    ['cluster.publish.timeout', 30_000],
    ['index.number_of_replicas', 1],
])('%s is %s', (key, value) => {
    expect(defaults.has(key)).toBe(true);
    expect(defaults.get(key)).toBe(value);
});

test('the two names of the block say which one counts and that sources contradict each other', () => {
    const [block] = opensearch.settings.filter(({ key }) => key === 'cluster.no_cluster_manager_block');
    expect(block!.documentation).toContain('the source says `metadata_write`');
});

test('data tiers and voting-only nodes are Elasticsearch’s alone', () => {
    const rolesOf = (engine: typeof opensearch): readonly string[] => engine.roles.map(({ name }) => name);
    expect(rolesOf(elasticsearch)).toEqual(expect.arrayContaining(['data_hot', 'voting_only']));
    expect(rolesOf(opensearch).filter((role) => role.startsWith('data_') || role === 'voting_only')).toEqual([]);
    expect(rolesOf(elasticsearch)).not.toContain('cluster_manager');
    expect(defaults.has('index.routing.allocation.include._tier_preference')).toBe(false);
});

test('every setting says where it was read, and no key is there twice', () => {
    expect(defaults.size).toBe(opensearch.settings.length);
    for (const { key, source, documentation } of opensearch.settings) {
        if (!key.startsWith('assumed.')) {
            expect(source.url, key).toMatch(/^https:/);
        }
        expect(documentation, key).toMatch(/\.$/);
    }
});
