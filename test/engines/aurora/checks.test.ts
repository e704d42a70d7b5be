import { describe, expect, test } from 'vitest';
import { findEngine } from '../../../src/engines/index.js';
import { codesIn, codesOf, findingsOf, pageOf, pagesOf } from '../support/findings.js';

const { codes } = findEngine('aurora')!;

/** Of the finding that the example is for. */
const SEVERITY: Readonly<Record<string, 'E' | 'W' | 'I'>> = {
    'aurora/too-many-instances': 'E',
    'aurora/tier-out-of-range': 'E',
    'aurora/several-writers': 'E',
    'aurora/several-regions': 'E',
    'aurora/global-same-region': 'E',
    'aurora/global-too-many-secondaries': 'E',
    'aurora/global-chain': 'E',
    'aurora/global-rpo-too-short': 'E',
    'aurora/fewer-than-three-zones': 'I',
};

describe.each(await pagesOf(codes))('$code', ({ code, example, remedy }) => {
    test('is all that is found in its example', () => {
        expect(new Set(codesOf(example))).toEqual(new Set([`${SEVERITY[code] ?? 'W'} ${code}`]));
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

const REGIONS =
    'region r { zone a  zone b  zone c }  region far { zone a  zone b  zone c }  region other { zone a  zone b  zone c }';

describe('instances', () => {
    test('16 are allowed; each secondary Region takes a reader from the primary', async () => {
        const text = (count: number): string => `${REGIONS}
            cluster db: aurora in r { nodes db-[1..${String(count)}] across zones }
            cluster copy: aurora in far { nodes copy-[1..16] across zones }
            replicate db to copy { failover manually }`;
        expect(await codesIn(text(15))).toEqual([]);
        const findings = await findingsOf(text(16));
        expect(findings.map(({ message }) => message)).toEqual([
            'db has 16 instances, and with 1 secondary cluster Aurora allows one writer and 14 readers.',
        ]);
    });

    test('a secondary cluster may have 16 readers and no more', async () => {
        const text = `${REGIONS}
            cluster db: aurora in r { nodes db-[1..2] across zones }
            cluster copy: aurora in far { nodes copy-[1..17] across zones }
            replicate db to copy { failover manually }`;
        expect(await codesIn(text)).toEqual(['E aurora/too-many-instances']);
    });

    test('a secondary with one reader has no writer to lose', async () => {
        const text = `${REGIONS}
            cluster db: aurora in r { nodes db-[1..2] across zones }
            cluster copy: aurora in far { node copy-1 in far.a }
            replicate db to copy { failover manually }`;
        expect(await codesIn(text)).toEqual([]);
    });

    test('the reader that a fix adds stands in another zone of the same Region', async () => {
        const [finding] = await findingsOf(`${REGIONS}  cluster db: aurora in far { node w in far.b }`);
        expect(finding!.fixes).toEqual([
            expect.objectContaining({ kind: 'add-statement', text: 'node w-reader in far.a' }),
        ]);
    });

    test('no fix is offered where there is no other zone', async () => {
        const findings = await findingsOf('region r { zone a }  cluster db: aurora in r { node w in r.a }');
        expect(findings.find(({ code }) => code === 'aurora/no-reader')!.fixes).toEqual([]);
    });

    test('one statement with a wrong tier is one finding', async () => {
        const text = `${REGIONS}  cluster db: aurora in r { nodes db-[1..3] across zones { tier 20 } }`;
        expect(await codesIn(text)).toEqual(['E aurora/tier-out-of-range']);
    });
});

describe('sizes', () => {
    const instances = (writer: string, ...readers: readonly string[]): string =>
        `${REGIONS}  cluster db: aurora in r {
            node w in r.a { settings { db-instance-class = ${writer} } }
            ${readers.map((size, index) => `node r${String(index)} in r.b { settings { db-instance-class = ${size} } }`).join('\n')}
        }`;

    test.each([
        ['db.r6g.large', ['db.r6g.xlarge'], []],
        ['db.r6g.xlarge', ['db.r7g.xlarge'], []],
        ['db.r6g.xlarge', ['db.r6g.large'], ['W aurora/smaller-reader-first']],
        ['db.t4g.medium', ['db.t4g.small'], ['W aurora/smaller-reader-first']],
        ['db.r6g.4xlarge', ['db.r6g.large', 'db.r6g.4xlarge'], []],
        ['db.r6g.16xlarge', ['db.r6g.8xlarge', 'db.r6g.4xlarge'], ['W aurora/smaller-reader-first']],
        ['db.serverless', ['db.r6g.large'], []],
    ])('a %s writer with readers %j', async (writer, readers, expected) => {
        expect(await codesIn(instances(writer, ...readers))).toEqual(expected);
    });
});

describe('settings', () => {
    const mysql = (version: string, value: number): string =>
        `${REGIONS}  cluster db: aurora "${version}" in r { nodes db-[1..2] across zones  settings { innodb_flush_log_at_trx_commit = ${String(value)} } }`;

    test.each([
        ['mysql 2.12', 0, ['W aurora/commit-before-storage']],
        ['mysql 2.12', 2, ['W aurora/commit-before-storage']],
        ['mysql 3.10', 2, []],
        ['mysql 3.10', 0, ['W aurora/commit-before-storage']],
        ['postgresql 16', 0, ['W aurora/setting-without-effect']],
    ])('%s with innodb_flush_log_at_trx_commit = %i', async (version, value, expected) => {
        expect(await codesIn(mysql(version, value))).toEqual(expected);
    });

    test('-1 sets no recovery point', async () => {
        const text = pageOf('aurora/global-rpo-blocks-commits').example;
        expect(await codesIn(text.replace('rds.global_db_rpo = 60', 'rds.global_db_rpo = -1'))).toEqual([]);
    });

    test('a recovery point waits for a secondary; with two of them one may fail', async () => {
        const text = (...copies: readonly string[]): string => `${REGIONS}
            cluster db: aurora in r { nodes db-[1..2] across zones  settings { rds.global_db_rpo = 1m } }
            ${copies.map((name) => `cluster c-${name}: aurora in ${name} { nodes ${name}-[1..2] across zones }  replicate db to c-${name}`).join('\n')}`;
        // Another file may say what follows this cluster.
        expect(await codesIn(text())).toEqual([]);
        expect(await codesIn(text('far'))).toEqual(['W aurora/global-rpo-blocks-commits']);
        expect(await codesIn(text('far', 'other'))).toEqual([]);
    });
});

describe('policy', () => {
    test.each([
        ['failover active-active', 1],
        ['failover active-passive { promote manually }', 1],
        ['failover active-passive { promote automatically  order db-1, db-2 }', 0],
        ['failover active-passive { order db-2, db-1 }', 1],
    ])('%s', async (policy, count) => {
        const text = `${REGIONS}  cluster db: aurora in r { nodes db-[1..2] across zones  ${policy} }`;
        expect(await codesIn(text)).toEqual(Array.from({ length: count }, () => 'W aurora/policy-contradicted'));
    });

    test.each([
        ['29s', 0],
        ['30s', 1],
    ])('a TTL of %s', async (ttl, count) => {
        const text = `${REGIONS}  cluster db: aurora in r { nodes db-[1..2] across zones  endpoint dns db.internal { ttl ${ttl} } }`;
        expect(await codesIn(text)).toEqual(Array.from({ length: count }, () => 'W aurora/long-ttl'));
    });
});

describe('Global Database', () => {
    test('a secondary follows one primary', async () => {
        const text = `${REGIONS}
            cluster a: aurora in r { nodes a-[1..2] across zones }
            cluster b: aurora in far { nodes b-[1..2] across zones }
            cluster c: aurora in other { nodes c-[1..2] across zones }
            replicate a to c { failover manually }  replicate b to c { failover manually }`;
        const findings = await findingsOf(text);
        expect(findings.map(({ code, message }) => [code, message])).toEqual([
            [
                'aurora/global-chain',
                'c is said to follow both a and b, and a secondary of a Global Database has one primary.',
            ],
        ]);
    });

    test('a copy in another system is no Global Database', async () => {
        const text = `${REGIONS}
            cluster a: aurora in r { nodes a-[1..2] across zones }
            cluster b: server in r { nodes b-[1..2] across zones }
            replicate a to b { failover automatically }`;
        expect(await codesIn(text)).toEqual([]);
    });
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
        'aurora/no-reader',
        'aurora/too-many-instances',
        'aurora/tier-out-of-range',
        'aurora/long-ttl',
        'aurora/commit-before-storage',
        'aurora/setting-without-effect',
        'aurora/global-automatic-failover',
        'aurora/global-rpo-too-short',
    ]);
});
