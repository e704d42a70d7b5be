import { expect, test } from 'vitest';
import { findEngine, settingDefault } from '../../../src/engines/index.js';

const { settings, versions } = findEngine('elasticache')!;

test.each(versions)('defaults of %s', (version) => {
    expect(Object.fromEntries(settings.map((spec) => [spec.key, settingDefault(spec, version)]))).toEqual({
        'cluster-mode': undefined,
        'multi-az': false,
        'automatic-failover': false,
        durability: 'disabled',
        ReplicationLag: 100,
        'cache-node-type': undefined,
        // Other than in Redis itself, where it is yes.
        'cluster-require-full-coverage': false,
        'cluster-allow-reads-when-down': false,
        'min-replicas-to-write': 0,
        'min-replicas-max-lag': 10_000,
        'close-on-replica-write': true,
        'repl-backlog-size': 1_048_576,
        'repl-backlog-ttl': 3_600_000,
        'maxmemory-policy': 'volatile-lru',
        'repl-timeout': 60_000,
        appendonly: false,
        'cluster-node-timeout': undefined,
    });
});

test('every setting says what it does and where that was read, or that it is an assumption', () => {
    for (const { documentation, source } of settings) {
        expect(documentation).toMatch(/\.$/);
        expect(source.unconfirmed === true || /^https:\/\/docs\.aws\.amazon\.com\//.test(source.url ?? '')).toBe(true);
    }
    expect(settings.filter(({ source }) => source.unconfirmed).map(({ key }) => key)).toEqual([
        'ReplicationLag',
        'cluster-node-timeout',
    ]);
});
