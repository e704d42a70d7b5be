import { describe, expect, test } from 'vitest';
import { findEngine, settingDefault } from '../../../src/engines/index.js';

const cassandra = findEngine('cassandra')!;

function defaultOf(key: string, version = '5.0'): unknown {
    return settingDefault(
        cassandra.settings.find((spec) => spec.key === key)!,
        version,
    );
}

describe('defaults', () => {
    test.each([
        ['phi_convict_threshold', 8],
        ['max_hint_window', 3 * 3_600_000],
        ['hinted_handoff_throttle', 1024 * 1024],
        ['max_hints_delivery_threads', 2],
        ['gc_grace_seconds', 10 * 86_400_000],
        ['commitlog_sync', 'periodic'],
        ['commitlog_sync_period', 10_000],
        ['read_request_timeout', 5000],
        ['write_request_timeout', 2000],
        ['range_request_timeout', 10_000],
        ['counter_write_request_timeout', 5000],
        ['cas_contention_timeout', 1000],
        ['internode_tcp_user_timeout', 30_000],
        ['internode_tcp_connect_timeout', 2000],
        ['default_keyspace_rf', 1],
        ['consistency', 'LOCAL_ONE'],
        ['replication', undefined],
    ])('%s', (key, value) => {
        expect(defaultOf(key)).toBe(value);
    });

    test.each([
        ['3.11', 256],
        ['4.0', 16],
        ['5.0', 16],
    ])('tokens of a node in %s', (version, tokens) => {
        expect(defaultOf('num_tokens', version)).toBe(tokens);
    });
});

test('what differs between releases or is not documented is called an assumption', () => {
    const assumed = cassandra.settings.filter(({ source }) => source.unconfirmed === true).map(({ key }) => key);
    expect(assumed).toEqual([
        'write_request_timeout',
        'counter_write_request_timeout',
        'cas_contention_timeout',
        'assumed_heartbeat_interval',
        'assumed_start_time',
        'assumed_hint_size',
    ]);
});

test('every setting says what it is and where that was read', () => {
    for (const { key, documentation, source } of cassandra.settings) {
        expect(documentation, key).toMatch(/\.$/);
        expect(source.url, key).toMatch(/^https:\/\//);
    }
    expect(new Set(cassandra.settings.map(({ key }) => key)).size).toBe(cassandra.settings.length);
});
