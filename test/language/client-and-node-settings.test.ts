import { describe, expect, test } from 'vitest';
import { codesOf, read } from './support.js';

describe('settings of a client', () => {
    const START = 'region r { zone a zone b zone c }\n';
    const found = async (engine: string, target: string, said: string): Promise<string[]> => {
        const group = { kafka: 'topic t { replicas 3 }', cassandra: 'keyspace t { replicas 3 }', server: '' }[engine];
        const cluster = `cluster c: ${engine} in r { nodes n-[1..3] across zones ${group} }`;
        const { findings } = await read(`${START}${cluster}\nworkload w { writes ${target} 10/s with ${said} }`);
        return findings.map(({ code, severity }) => `${code} ${severity}`);
    };
    const VALUE = 'language/setting-value error';
    const UNKNOWN = 'language/unknown-setting information';

    test.each([
        ['kafka', 'c.t', 'acks = all, retries = 3, timeout = 2s', []],
        ['kafka', 'c.t', 'acks = 2, retries = -1', [VALUE, VALUE]],
        ['kafka', 'c.t', 'compression.type = lz4, consistency = QUORUM', [UNKNOWN, UNKNOWN]],
        ['kafka', 'c.t', 'acsk = all', ['language/unknown-setting warning']],
        ['kafka', 'c.t', 'acks = all, acks = 1', ['language/duplicate error']],
        ['kafka', 'c.t', 'min.insync.replicas = 2', ['language/setting-place warning']],
        ['cassandra', 'c.t', 'consistency = BANANA, timeout = 5GB', [VALUE, VALUE]],
        ['server', 'c', 'timeout = -5s', [VALUE]],
        ['server', 'c', 'timeout = 0s', [VALUE]],
        ['server', 'c', 'retries = 1.5', [VALUE]],
        ['server', 'c', 'banana = 3', [UNKNOWN]],
    ])('%s: %s with %s', async (engine, target, said, expected) => {
        expect(await found(engine, target, said)).toEqual(expected);
    });

    test('have their place behind the requests of a workload', async () => {
        const { findings } = await read('cluster c: kafka { nodes n-[1..3] settings { acks = all } }');
        expect(findings.map(({ message }) => message)).toContain(
            "'acks' is set behind 'with' of a workload, so it has no effect at the cluster.",
        );
    });
});

describe('settings of a range of nodes', () => {
    test('are looked at once', async () => {
        const text = 'cluster c: redis { nodes n-[1..3] { settings { maxmemory = 1 maxmemory = 2 } } }';
        expect(codesOf(await read(text)).filter((code) => code === 'language/duplicate')).toHaveLength(1);
    });

    test('that Faultline does not model are no reason to warn', async () => {
        const { findings } = await read('cluster c: redis { nodes n-[1..3] settings { tcp-backlog = 511 } }');
        expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
            ['language/unknown-setting', 'information'],
        ]);
    });
});
