import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/topology/index.js';
import { MAIN, read } from './support.js';

describe('what is understood and cannot mean what it says', () => {
    const CLUSTER = 'region r { zone a zone b }\ncluster c: server in r { nodes n-[1..2] across zones }\n';
    const found = async (text: string): Promise<[string, string][]> =>
        (await read(CLUSTER + text)).findings.map(({ code, severity }) => [code, severity]);

    test.each([
        ['language/after-until', 'scenario s { at 1s crash node n-1 at 5m restore node n-1 until 2m }'],
        ['language/after-until', 'scenario s { at 1s crash node n-1 until 2m expect reads of c available at 3m }'],
        ['language/after-until', 'scenario s { at 1s crash node n-1 until 2m expect reads of c unavailable at 2m }'],
        [
            'language/after-until',
            'scenario s { at 1s crash node n-1 until 2m expect reads of c available at 119500ms }',
        ],
        ['language/after-until', 'scenario s { at 1s crash node n-1 at 2m restart node n-1 until 2m }'],
        ['language/after-until', 'scenario s { at 1s crash node n-1 until 2m expect c led by n-1 at 121s }'],
        ['language/nothing-to-restore', 'scenario s { at 1s crash node n-1 at 5m restore node n-2 }'],
        ['language/nothing-to-restore', 'scenario s { at 1s restore zone r.a at 2s fail zone r.a }'],
        ['language/nothing-to-heal', 'scenario s { at 1s isolate node n-1 at 5m heal }'],
        ['language/nothing-to-heal', 'scenario s { at 1s heal at 2s partition r.a | r.b }'],
        ['language/more-than-there-are', 'objective o for c { tolerate any 99 nodes }'],
        ['language/more-than-there-are', 'objective o for c { tolerate any 1 rack }'],
        ['language/more-than-there-are', 'objective o for c { tolerate any 3 zones }'],
        ['language/duplicate', 'objective o for c { tolerate any 1 node  tolerate  any 1 node }'],
        ['language/duplicate', 'objective o for c, c { tolerate any 1 node }'],
        [
            'language/duplicate',
            'scenario s { at 1s crash node n-1 expect no stale reads in c expect no stale reads in c }',
        ],
        ['language/out-of-bounds', 'objective o for c { restore writes within 0s }'],
        ['language/out-of-bounds', 'scenario s { at 1s crash node n-1 expect reads of c restored within 0s }'],
    ])('%s: %s', async (code, text) => {
        expect(await found(text)).toEqual([[code, 'warning']]);
    });

    test.each([
        'scenario s { at 1s, repeat every 1m 9 times restart node n-1 until 2m expect reads of c available at 119s }',
        'scenario s { at 1s fail zone r.a at 2s restore node n-1 at 3s fail node leader of c at 4s restore node n-2 }',
        'scenario s { at 1s crash node n-1 until 2m expect capacity of c at 2m at least 50% }',
        'scenario s { at 1s isolate region r at 2s restore zone r.b }',
        'scenario s { at 1s partition r.a | r.b at 2s isolate node n-1 at 3s heal at 4s heal }',
        'scenario s { at 1s slow zone r.a by 200ms at 2s heal }',
        'scenario s { at 1s drop 10% between r.a and r.b at 2s heal }',
        'objective o for c { tolerate any 2 nodes  tolerate any 2 nodes for reads }',
    ])('nothing about %s', async (text) => {
        expect(await found(text)).toEqual([]);
    });
});

test.each([
    ['at 1s isolate node n-1 at 5m heal', 'at 1s isolate node n-1 at 5m restore node n-1'],
    ['at 1s isolate zone r.a at 5m heal', 'at 1s isolate zone r.a at 5m restore zone r.a'],
    ['at 1s isolate node leader of c at 5m heal', undefined],
    ['at 1s isolate node n-1 at 2s isolate node n-2 at 5m heal', undefined],
])('%s: the fix of a heal that restores nothing', async (steps, mended) => {
    const text = `region r { zone a zone b } cluster c: server in r { nodes n-[1..2] } scenario s { ${steps} }`;
    const { findings } = await read(text);
    const finding = findings.find(({ code }) => code === 'language/nothing-to-heal')!;
    const expected = /isolate (node|zone) [^ ]+( of c)?/.exec(steps)![0].replace('isolate', 'restore');
    expect(finding.help).toContain(expected);
    const [fix] = finding.fixes ?? [];
    if (mended === undefined) {
        expect(fix).toBeUndefined();
    } else if (fix?.kind === 'replace') {
        const { start, end } = fix.source;
        expect(text.slice(0, start.character) + fix.text + text.slice(end.character)).toContain(mended);
    }
    expect(finding.fixes?.length ?? 0).toBe(mended === undefined ? 0 : 1);
});

describe('a waiver', () => {
    const found = async (waiver: string): Promise<[string, string][]> => {
        const finding = (code: string, line: number): Finding => {
            const at = { line, character: 2 };
            return { code, severity: 'warning', message: 'm', help: 'h', source: { uri: MAIN, start: at, end: at } };
        };
        const text = `cluster c: redis {\n  nodes n-[1..3]\n  ${waiver}\n}\ncluster d: redis {\n  nodes m-[1..3]\n}\n`;
        const design = (): Finding[] => [finding('redis/no-shards', 1), finding('redis/no-replica', 5)];
        const { findings } = await read(text, {}, { design });
        return findings.filter(({ code }) => !code.startsWith('redis/')).map(({ code, severity }) => [code, severity]);
    };

    test.each([
        ['waive "redis/no-shards" because "soon"', []],
        ['waive "redis/no-shrds" because "soon"', [['language/unknown-code', 'warning']]],
        ['waive "language/plural" because "soon"', [['language/not-waivable', 'warning']]],
        ['waive "topology/copy-twice" because "soon"', [['language/not-waivable', 'warning']]],
        ['waive "redis/no-shards" because " "', [['language/waiver-reason', 'warning']]],
        ['waive "redis/no-replica" because "of another cluster"', [['language/unused-waiver', 'information']]],
    ])('%s', async (waiver, expected) => {
        expect(await found(waiver)).toEqual(expected);
    });
});

describe('whose members are equals has no leader', () => {
    const EQUALS = `region r { zone a zone b zone c }
        cluster k: cassandra "5.0" in r { nodes u-[1..3] across zones keyspace s { replicas 3 } }
        cluster p: kubernetes "1.32" in r {
            nodes cp-[1..3] across zones as control-plane nodes w-[1..3] across zones as worker deployment web { replicas 2 }
        }
        cluster f: server in r { nodes f-[1..2] across zones failover active-active {} }
        workload u { reads k.s 1/s reads p.web 1/s } workload v { reads k.s 1/s reads p 1/s }
        `;
    const found = async (text: string): Promise<readonly (readonly [string, string])[]> =>
        (await read(EQUALS + text)).findings
            .filter(({ code }) => code === 'language/no-leader')
            .map(({ severity, message }) => [severity, message]);

    test.each(['k', 'k.s', 'p.web', 'f', 'u'])('a step against the leader of %s is refused', async (target) => {
        const told = [['error', `'${target}' has no leader: its members are equals.`]];
        expect(await found(`scenario s { at 1s fail node leader of ${target} until 1m }`)).toEqual(told);
        expect(await found(`scenario s { at 1s crash node leader of ${target} until 1m }`)).toEqual(told);
    });

    test.each(['k led by nobody at 30s', 'k led by u-1 at 30s', 'no split brain in p.web'])(
        'that %s cannot be decided is told before anybody asks',
        async (text) => {
            const target = text.includes('p.web') ? 'p.web' : 'k';
            expect(await found(`scenario s { at 1s crash node u-1 until 1m expect ${text} }`)).toEqual([
                ['warning', `'${target}' has no leader: its members are equals.`],
            ]);
        },
    );

    test.each(['p', 'v'])('a control plane is led, and who asks it asks a leader: %s', async (target) => {
        expect(await found(`scenario s { at 1s fail node leader of ${target} until 1m }`)).toEqual([]);
    });
});
