import { describe, expect, test } from 'vitest';
import { findEngine } from '../../../src/engines/index.js';
import { codesIn, codesOf, findingsOf, pageOf, pagesOf } from '../support/findings.js';

const { codes } = findEngine('elasticache')!;

/** Of the finding that the example is for; `W` where nothing is said. */
const SEVERITY: Readonly<Record<string, 'E' | 'W'>> = {
    'elasticache/no-shards': 'E',
    'elasticache/node-in-two-shards': 'E',
    'elasticache/several-regions': 'E',
    'elasticache/multi-az-without-replica': 'E',
    'elasticache/multi-az-in-one-zone': 'E',
    'elasticache/automatic-failover-required': 'E',
    'elasticache/failover-without-replica': 'E',
    'elasticache/t1-with-multi-az': 'E',
    'elasticache/shards-without-cluster-mode': 'E',
    'elasticache/too-many-shards': 'E',
    'elasticache/too-many-replicas': 'E',
    'elasticache/too-many-nodes': 'E',
    'elasticache/durability-unsupported': 'E',
    'elasticache/global-same-region': 'E',
    'elasticache/global-members-differ': 'E',
    'elasticache/global-too-many-secondaries': 'E',
    'elasticache/global-chain': 'E',
};

/** What else an example or a remedy cannot help. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
    'elasticache/too-many-shards': ['E elasticache/too-many-nodes', 'W elasticache/no-replica'],
};

describe.each(await pagesOf(codes))('$code', ({ code, example, remedy }) => {
    test('is all that is found in its example', () => {
        expect(new Set(codesOf(example))).toEqual(new Set([`${SEVERITY[code] ?? 'W'} ${code}`, ...(ALSO[code] ?? [])]));
    });

    test('is gone from the remedy, and nothing new is found', () => {
        expect(codesOf(remedy)).toEqual([]);
    });

    test('its sentences are whole', () => {
        for (const { message, help } of example) {
            expect(message).toMatch(/^\S.*\.$/);
            expect(help).toMatch(/^\S.*\.$/);
            expect(message).not.toMatch(/undefined|NaN|\[object/);
        }
    });
});

const REGION = 'region r { zone a  zone b  zone c }';
const six = (settings: string, version = 'valkey 8.0'): string =>
    `${REGION}  cluster c: elasticache "${version}" in r { nodes n-[1..6] across zones  shards g-[1..3] { replicas 1 }  settings { ${settings} } }`;
const pair = (settings: string): string =>
    `${REGION}  cluster c: elasticache "redis 7.1" in r { nodes n-[1..2] across zones  shard g on n-1, n-2  settings { ${settings} } }`;

describe('Multi-AZ and automatic failover', () => {
    test.each([
        ['multi-az = enabled  automatic-failover = enabled', []],
        // Cluster mode disabled has no automatic failover unless asked for, and Multi-AZ needs it.
        ['multi-az = enabled', ['E elasticache/automatic-failover-required']],
        ['automatic-failover = enabled', ['W elasticache/multi-az-disabled']],
        ['cluster-mode = disabled', ['W elasticache/multi-az-disabled']],
    ])('one shard: %s', async (settings, expected) => {
        expect(await codesIn(pair(settings))).toEqual(expected);
    });

    test.each([
        // Cluster mode enabled has automatic failover without being asked.
        ['multi-az = enabled', []],
        [
            'automatic-failover = disabled',
            ['E elasticache/automatic-failover-required', 'W elasticache/multi-az-disabled'],
        ],
        ['cluster-mode = enabled', ['W elasticache/multi-az-disabled']],
    ])('three shards: %s', async (settings, expected) => {
        expect(await codesIn(six(settings))).toEqual(expected);
    });

    test('what Multi-AZ being off costs depends on automatic failover', async () => {
        const [without] = await findingsOf(pair('cluster-mode = disabled'));
        expect(without!.message).toContain('no replica is promoted');
        expect(without!.fixes).toEqual([]);
        const [automatic] = await findingsOf(pair('automatic-failover = enabled'));
        expect(automatic!.message).toContain('a replica takes over');
        expect(automatic!.fixes).toEqual([expect.objectContaining({ key: 'multi-az', value: 'enabled' })]);
    });

    test('copies in one zone are one finding: an error with Multi-AZ, else the warning of every system', async () => {
        const text = (multiAz: string): string =>
            `${REGION}  cluster c: elasticache in r { nodes n-[1..6] across zones  shard g on n-1, n-4
                settings { multi-az = ${multiAz}  automatic-failover = enabled } }`;
        expect(await codesIn(text('enabled'))).toEqual(['E elasticache/multi-az-in-one-zone']);
        expect(await codesIn(text('disabled'))).toEqual([
            'W elasticache/multi-az-disabled',
            'W topology/copies-in-one-zone',
        ]);
    });
});

describe('votes', () => {
    const shards = (count: number): string =>
        `${REGION}  cluster c: elasticache in r { nodes n-[1..${String(2 * count)}] across zones  shards g-[1..${String(count)}] { replicas 1 }
            settings { cluster-mode = enabled  multi-az = enabled } }`;

    test('an even number of shards is nothing to object to by itself', async () => {
        expect(await codesIn(shards(6))).toEqual([]);
        expect(await codesIn(shards(8))).toEqual([]);
    });

    test('four primaries in three zones: one zone has two of them, and the other two are no majority', async () => {
        const findings = await findingsOf(shards(4));
        expect(findings.map(({ code }) => code)).toEqual(['elasticache/majority-in-one-zone']);
        expect(findings[0]!.message).toContain('2 of 4 primaries of c stand in r.a');
    });

    test('one shard with cluster mode enabled has too few voters', async () => {
        expect(await codesIn(shards(1))).toEqual(['W elasticache/too-few-shards']);
    });

    test('nobody votes with cluster mode disabled', async () => {
        expect(await codesIn(pair('multi-az = enabled  automatic-failover = enabled'))).toEqual([]);
    });
});

describe('durability', () => {
    test.each([
        ['valkey 9.0', 'multi-az = enabled  durability = async', undefined],
        ['valkey 8.2', 'multi-az = enabled  durability = disabled', undefined],
        ['valkey 8.2', 'multi-az = enabled  durability = default', undefined],
        ['valkey 8.2', 'multi-az = enabled  durability = async', 'it runs valkey 8.2, and Valkey 9.0 brought it'],
        // Another product, whatever its number.
        ['redis 9.1', 'multi-az = enabled  durability = sync', 'it runs redis 9.1, and Valkey 9.0 brought it'],
        ['valkey 9.0', 'cluster-mode = enabled  durability = sync', 'Multi-AZ is off'],
    ])('%s, %s', async (version, settings, reason) => {
        const finding = (await findingsOf(six(settings, version))).find(
            ({ code }) => code === 'elasticache/durability-unsupported',
        );
        expect(finding?.message).toBe(reason === undefined ? undefined : `c cannot be durable: ${reason}.`);
    });

    test('every obstacle is named at once', async () => {
        const [finding] = (await findingsOf(pair('cluster-mode = disabled  durability = sync'))).filter(
            ({ code }) => code === 'elasticache/durability-unsupported',
        );
        expect(finding!.message).toBe(
            'c cannot be durable: it runs redis 7.1, and Valkey 9.0 brought it, its cluster mode is disabled and Multi-AZ is off.',
        );
    });

    test('not in a Global Datastore', async () => {
        const text = pageOf('elasticache/global-chain').remedy.replaceAll(
            'multi-az = enabled',
            'multi-az = enabled  durability = sync',
        );
        expect((await codesIn(text)).every((code) => code === 'E elasticache/durability-unsupported')).toBe(true);
        expect(await codesIn(text)).toHaveLength(2);
    });
});

describe('limits', () => {
    test.each([
        ['redis 5.0.6', 251, 'W elasticache/node-quota'],
        ['redis 5.0.5', 251, 'E elasticache/too-many-nodes'],
        ['redis 5.0.5', 250, 'W elasticache/node-quota'],
        ['valkey 7.2', 500, 'W elasticache/node-quota'],
        ['valkey 7.2', 501, 'E elasticache/too-many-nodes'],
    ])('%s with %i nodes', async (version, nodes, expected) => {
        const text = `${REGION}  cluster c: elasticache "${version}" in r {
            nodes n-[1..${String(nodes)}] across zones  shards g-[1..3] { replicas 2 }  settings { multi-az = enabled } }`;
        expect(await codesIn(text)).toEqual([expected]);
    });
});

describe('settings', () => {
    test.each([
        ['repl-timeout = 60', []],
        ['repl-timeout = 1m', []],
        ['repl-timeout = 30', ['W elasticache/fixed-setting']],
        ['appendonly = no', []],
        ['cluster-node-timeout = 15000', ['W elasticache/fixed-setting']],
        ['min-replicas-to-write = 0', []],
        ['min-replicas-to-write = 1', ['W elasticache/min-replicas-stop-writes']],
        ['min-replicas-to-write = 2', ['E elasticache/min-replicas-stop-writes']],
        ['min-replicas-to-write = 2  min-replicas-max-lag = 0', []],
    ])('%s', async (settings, expected) => {
        expect(await codesIn(six(`multi-az = enabled  ${settings}`))).toEqual(expected);
    });
});

describe('Global Datastore', () => {
    const pairOf = (own: string, other: string): string => `
        region r { zone a  zone b  zone c }  region s { zone a  zone b  zone c }
        cluster c: elasticache ${own} in r { nodes c-[1..6] across zones  shards g-[1..3] { replicas 1 }  settings { multi-az = enabled  cache-node-type = cache.r7g.large } }
        cluster d: elasticache ${other}  settings { multi-az = enabled  cache-node-type = cache.r7g.large } }
        replicate c to d { failover manually }`;
    const copy = (replicas: number): string =>
        `in s { nodes d-[1..${String(3 * (replicas + 1))}] across zones  shards g-[1..3] { replicas ${String(replicas)} }`;

    test('another number of replicas is allowed', async () => {
        expect(await codesIn(pairOf('', copy(2)))).toEqual([]);
    });

    test('another version is not; nor is another node type', async () => {
        const [version] = await findingsOf(pairOf('"valkey 8.0"', `"valkey 8.1" ${copy(1)}`));
        expect(version!.message).toContain('the version of c is valkey 8.0 and that of d valkey 8.1');
        const [type] = await findingsOf(pairOf('', copy(1)).replace('cache.r7g.large', 'cache.r7g.xlarge'));
        expect(type!.message).toContain('the node type of c is cache.r7g.xlarge and that of d cache.r7g.large');
    });
});

test('shards of one statement are one finding', async () => {
    const text = `${REGION}  cluster c: elasticache in r { nodes n-[1..9] across zones  shards g-[1..9]  settings { cluster-mode = enabled } }`;
    const findings = await findingsOf(text);
    expect(findings.map(({ message }) => message)).toEqual([
        'g-1, g-2, g-3 and 6 more have no replica: when a node fails, its part of the data of c is lost, and nobody serves it until AWS has created an empty node.',
    ]);
});

test('what is mechanical has a fix', async () => {
    const fixed: string[] = [];
    for (const { code, example } of codes) {
        const found = (await findingsOf(example)).find((finding) => finding.code === code);
        if ((found?.fixes ?? []).length > 0) {
            fixed.push(code);
        }
    }
    expect(fixed).toEqual([
        'elasticache/no-shards',
        'elasticache/multi-az-disabled',
        'elasticache/automatic-failover-required',
        'elasticache/t1-with-multi-az',
        'elasticache/fixed-setting',
        'elasticache/min-replicas-stop-writes',
        'elasticache/policy-contradicted',
        'elasticache/shards-without-cluster-mode',
        'elasticache/too-many-replicas',
        'elasticache/durability-unsupported',
        'elasticache/global-automatic-failover',
    ]);
});
