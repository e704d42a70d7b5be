import { describe, expect, test } from 'vitest';
import { collectFindings } from '../../../src/analysis/index.js';
import { loadWorkspace } from '../../../src/language/index.js';
import type { Finding } from '../../../src/topology/index.js';

const HERE = 'nodes n-[1..6] across r';
const THERE = 'nodes e-[1..6] across eu';
const THREE = 'keyspace k { replicas 3 }';
const BOTH = 'keyspace k { replicas r 3, eu 3 }';

async function findings(statements: readonly string[], ...behind: readonly string[]): Promise<readonly Finding[]> {
    const text = [
        'region r { zone a  zone b  zone c }',
        'region eu { zone a  zone b  zone c }',
        `cluster c: cassandra { ${statements.join('\n')} }`,
        ...behind,
    ].join('\n');
    const [document] = await loadWorkspace([{ uri: 'file:///c.cluster', text }], { design: collectFindings });
    return document!.findings;
}

async function codes(statements: readonly string[], ...behind: readonly string[]): Promise<readonly string[]> {
    return (await findings(statements, ...behind)).map(({ code }) => code);
}

function asks(operation: string, level: string): string {
    return `workload w in r.a { ${operation} c.k 1/s with consistency = ${level} }`;
}

test('three copies in three equal racks are sound, in one datacenter and in two', async () => {
    expect(await codes([HERE, THREE])).toEqual([]);
    expect(await codes([HERE, THERE, BOTH])).toEqual([]);
});

describe('datacenters', () => {
    test('the fix of one number for all names every datacenter', async () => {
        expect(await findings([HERE, THERE, THREE])).toMatchObject([
            {
                code: 'cassandra/replicas-without-datacenter',
                severity: 'error',
                fixes: [{ kind: 'set-property', keyword: 'replicas', value: 'r 3, eu 3' }],
            },
        ]);
    });

    test('a zone is no datacenter', async () => {
        expect(await findings([HERE, 'keyspace k { replicas r 3, eu.a 1 }'])).toMatchObject([
            { code: 'cassandra/unknown-datacenter', fixes: [{ value: 'r 3' }] },
        ]);
    });

    test('too many copies in one of two datacenters: the fix leaves the other alone', async () => {
        const few = 'nodes e-[1..3] across eu';
        expect(await findings([HERE, few, 'keyspace k { replicas r 3, eu 5 }'])).toMatchObject([
            { code: 'cassandra/replication-above-nodes', fixes: [{ value: 'r 3, eu 3' }] },
        ]);
    });

    test('SimpleStrategy in one datacenter is told off only for what it may do to a quorum', async () => {
        const simple = 'keyspace k { replicas 3  settings { replication = SimpleStrategy } }';
        expect(await codes([HERE, simple])).toEqual(['cassandra/rack-breaks-quorum']);
        expect(await codes(['nodes n-[1..3] across r.a', simple])).toEqual([]);
    });
});

describe('copies and racks', () => {
    test('one copy is told for the datacenters that have one', async () => {
        const [finding, ...others] = await findings([HERE, THERE, 'keyspace k { replicas r 3, eu 1 }']);
        expect(others).toEqual([]);
        expect(finding).toMatchObject({ code: 'cassandra/one-replica', fixes: [] });
        expect(finding!.message).toContain('one copy in eu:');
    });

    test('five copies in three racks bear the loss of a rack, but not knowingly', async () => {
        expect(await codes(['nodes n-[1..9] across r', 'keyspace k { replicas 5 }'])).toEqual([
            'cassandra/racks-below-replication',
        ]);
    });

    test('a single rack is left alone', async () => {
        expect(await codes(['nodes n-[1..3] across r.a', THREE])).toEqual([]);
    });
});

describe('consistency', () => {
    test.each([
        ['reads', 'ANY', 'cassandra/any-for-reads'],
        ['writes', 'ANY', 'cassandra/consistency-any'],
        ['writes', 'ALL', 'cassandra/consistency-all'],
        ['reads', 'QUORUM', 'cassandra/quorum-across-datacenters'],
        ['reads', 'SERIAL', 'cassandra/quorum-across-datacenters'],
    ])('%s with %s', async (operation, level, code) => {
        expect(await codes([HERE, THERE, BOTH], asks(operation, level))).toEqual([code]);
    });

    test.each(['ONE', 'LOCAL_ONE', 'TWO', 'LOCAL_QUORUM', 'EACH_QUORUM', 'LOCAL_SERIAL'])(
        '%s is sound',
        async (level) => {
            expect(await codes([HERE, THERE, BOTH], asks('writes', level))).toEqual([]);
        },
    );

    test('the fix replaces the consistency alone', async () => {
        const [finding] = await findings([HERE, THREE], asks('writes', 'ALL'));
        expect(finding!.fixes).toMatchObject([{ kind: 'replace', text: 'consistency = LOCAL_QUORUM' }]);
        const { start, end } = finding!.source;
        expect(asks('writes', 'ALL').slice(start.character, end.character)).toBe('consistency = ALL');
    });

    test('a quorum of one datacenter, or of three, is no quorum that one datacenter can take away', async () => {
        expect(await codes([HERE, THREE], asks('reads', 'QUORUM'))).toEqual([]);
        const us = 'region us { zone a  zone b  zone c }';
        const three = [HERE, THERE, 'nodes u-[1..6] across us', 'keyspace k { replicas r 3, eu 3, us 3 }'];
        expect(await codes(three, us, asks('reads', 'QUORUM'))).toEqual([]);
    });

    test('EACH_QUORUM may be asked where only zones are lost, or reads alone must survive', async () => {
        const writes = asks('writes', 'EACH_QUORUM');
        expect(await codes([HERE, THERE, BOTH], writes, 'objective o for c { tolerate any 1 zone }')).toEqual([]);
        expect(
            await codes([HERE, THERE, BOTH], writes, 'objective o for c { tolerate any 1 region for reads }'),
        ).toEqual([]);
        expect(await codes([HERE, THERE, BOTH], writes, 'objective o for c { tolerate any 1 region }')).toEqual([
            'cassandra/each-quorum-region-loss',
        ]);
    });

    describe('reads that may be stale', () => {
        const SCENARIO = 'scenario s { at 1s fail node n-1  until 1m  expect no stale reads in c.k }';
        const both = (reads: string, writes: string, place = ''): string =>
            `workload w${place} { reads c.k 1/s with consistency = ${reads}  writes c.k 1/s with consistency = ${writes} }`;
        const isStale = async (statements: readonly string[], workloads: string): Promise<boolean> =>
            (await codes([...statements], workloads, SCENARIO)).includes('cassandra/stale-reads');

        test.each([
            ['ONE', 'ONE', true],
            ['LOCAL_ONE', 'LOCAL_QUORUM', true],
            ['ONE', 'TWO', true],
            ['TWO', 'TWO', false],
            ['ONE', 'THREE', false],
            ['ONE', 'ALL', false],
            ['ALL', 'ONE', false],
            ['ALL', 'ANY', true],
            ['QUORUM', 'LOCAL_QUORUM', false],
            ['SERIAL', 'QUORUM', false],
            ['LOCAL_QUORUM', 'LOCAL_QUORUM', false],
        ])('in one datacenter with three copies: %s after %s is %s', async (reads, writes, stale) => {
            expect(await isStale([HERE, THREE], both(reads, writes))).toBe(stale);
        });

        test.each([
            ['LOCAL_QUORUM', 'LOCAL_QUORUM', false],
            ['LOCAL_QUORUM', 'QUORUM', true],
            ['QUORUM', 'QUORUM', false],
            ['LOCAL_ONE', 'EACH_QUORUM', true],
            ['LOCAL_QUORUM', 'EACH_QUORUM', false],
            ['ONE', 'EACH_QUORUM', true],
            ['EACH_QUORUM', 'LOCAL_QUORUM', false],
        ])('from one of two datacenters: %s after %s is %s', async (reads, writes, stale) => {
            expect(await isStale([HERE, THERE, BOTH], both(reads, writes, ' in r'))).toBe(stale);
        });

        test('quorums of two datacenters have no copy in common, and EACH_QUORUM has', async () => {
            const apart = (writes: string): string =>
                `workload w in r { reads c.k 1/s with consistency = LOCAL_QUORUM }
workload v in eu { writes c.k 1/s with consistency = ${writes} }`;
            expect(await isStale([HERE, THERE, BOTH], apart('LOCAL_QUORUM'))).toBe(true);
            expect(await isStale([HERE, THERE, BOTH], apart('EACH_QUORUM'))).toBe(false);
            const found = await findings([HERE, THERE, BOTH], apart('LOCAL_QUORUM'), SCENARIO);
            const [stale] = found.filter(({ code }) => code === 'cassandra/stale-reads');
            expect(stale!.message).toContain(
                'waits for 2 of 3 copies in r, and v writes it with LOCAL_QUORUM, which waits for 2 of 3 copies in eu',
            );
            expect(stale!.fixes).toMatchObject([{ text: 'consistency = EACH_QUORUM' }]);
        });

        test('where no workload asks, the default of one copy counts', async () => {
            const [found] = await findings([HERE, THREE], SCENARIO);
            expect(found).toMatchObject({ code: 'cassandra/stale-reads' });
            expect(found!.message).toContain('What reads it where no workload does with LOCAL_ONE');
            expect(await isStale([HERE, THREE], 'workload w { reads c.k 1/s with consistency = ALL }')).toBe(false);
        });

        test('nothing is asked for where no scenario expects it', async () => {
            expect(await codes([HERE, THREE], both('LOCAL_ONE', 'LOCAL_QUORUM'))).toEqual([]);
        });
    });
});

describe('the whole cluster', () => {
    test('seeds in one of two datacenters, in two racks', async () => {
        const seeds = (names: string): string => `settings { seeds = ${names} }`;
        expect(await codes([HERE, THERE, BOTH, seeds('n-1, n-2')])).toEqual(['cassandra/seeds-together']);
        expect(await codes([HERE, THERE, BOTH, seeds('n-1, e-1')])).toEqual([]);
        expect(await codes([HERE, THERE, BOTH, seeds('"10.0.0.1, 10.0.0.2"')])).toEqual([]);
    });

    test('an outage as long as hints are kept, of a zone, and with a longer window', async () => {
        const scenario = (back: string): string =>
            `scenario s { at 1h fail zone r.a  at ${back} restore zone r.a  until 9h  expect reads of c uninterrupted }`;
        expect(await codes([HERE, THREE], scenario('4h'))).toEqual([]);
        expect(await codes([HERE, THREE], scenario('5h'))).toEqual(['cassandra/outage-beyond-hints']);
        expect(await codes([HERE, THREE, 'settings { max_hint_window = 5h }'], scenario('5h'))).toEqual([]);
    });
});
