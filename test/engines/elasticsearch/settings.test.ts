/** Defaults as the documentation of each version gives them, and what they mean to the model. */
import { describe, expect, test } from 'vitest';
import { elasticsearch } from '../../../src/engines/elasticsearch/index.js';
import { settingDefault } from '../../../src/engines/index.js';

const specOf = (key: string) => elasticsearch.settings.find((spec) => spec.key === key)!;

describe('defaults', () => {
    test.each<[string, number | string | boolean]>([
        ['cluster.fault_detection.follower_check.interval', 1_000],
        ['cluster.fault_detection.follower_check.timeout', 10_000],
        ['cluster.fault_detection.follower_check.retry_count', 3],
        ['cluster.fault_detection.leader_check.interval', 1_000],
        ['cluster.fault_detection.leader_check.timeout', 10_000],
        ['cluster.fault_detection.leader_check.retry_count', 3],
        ['cluster.follower_lag.timeout', 90_000],
        ['cluster.publish.timeout', 30_000],
        ['cluster.election.initial_timeout', 100],
        ['cluster.election.back_off_time', 100],
        ['cluster.election.max_timeout', 10_000],
        ['cluster.election.duration', 500],
        ['cluster.auto_shrink_voting_configuration', true],
        ['cluster.no_master_block', 'write'],
        ['monitor.fs.health.refresh_interval', 120_000],
        ['index.number_of_shards', 1],
        ['index.number_of_replicas', 1],
        ['index.write.wait_for_active_shards', '1'],
        ['wait_for_active_shards', '1'],
        ['index.unassigned.node_left.delayed_timeout', 60_000],
        ['index.translog.durability', 'request'],
        ['index.translog.sync_interval', 5_000],
        ['indices.recovery.max_bytes_per_sec', 40 * 2 ** 20],
        ['cluster.routing.allocation.node_concurrent_recoveries', 2],
        ['cluster.routing.allocation.same_shard.host', false],
        ['cluster.routing.allocation.disk.watermark.high', '90%'],
        ['cluster.max_shards_per_node', 1_000],
    ])('%s is %s', (key, value) => {
        expect(settingDefault(specOf(key), '8.15')).toBe(value);
    });

    test.each([
        ['7.17', 3_000, 1_000],
        ['8.0', 30_000, 30_000],
        ['9.1', 30_000, 30_000],
    ])('%s: a probe waits %i ms for a connection and %i ms for a name', (version, connect, handshake) => {
        expect(settingDefault(specOf('discovery.probe.connect_timeout'), version)).toBe(connect);
        expect(settingDefault(specOf('discovery.probe.handshake_timeout'), version)).toBe(handshake);
    });
});

test('every setting says where it was read, and no key is there twice', () => {
    const keys = elasticsearch.settings.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { key, source, documentation } of elasticsearch.settings) {
        if (!key.startsWith('assumed.')) {
            expect(source.url, key).toMatch(/^https:/);
        }
        expect(documentation, key).toMatch(/\.$/);
    }
});

test('waiting for copies is the client’s own, and the index’s under another key', () => {
    expect(specOf('wait_for_active_shards').scope).toEqual(['client']);
    expect(specOf('index.write.wait_for_active_shards').scope).toEqual(['cluster', 'group']);
});
