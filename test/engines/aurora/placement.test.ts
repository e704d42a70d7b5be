/** The order of promotion: hand calculations for the examples, and what holds for every cluster. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { designOf, placementTable } from '../support/findings.js';

function example(name: string): string {
    return readFileSync(new URL(`../../../examples/${name}`, import.meta.url), 'utf8');
}

describe('examples/aurora.cluster', () => {
    test('checks without a finding', async () => {
        expect((await designOf(example('aurora.cluster'))).findings).toEqual([]);
    });

    test('its placement', async () => {
        const { topology } = await designOf(example('aurora.cluster'));
        // ledger-w is declared first, so it writes. Of the readers ledger-r1 has tier 1, ledger-r2 tier 2.
        expect(placementTable(topology, 'ledger')).toEqual(['ledger: ledger-w in a, ledger-r1 in b, ledger-r2 in c']);
        // Round-robin from the first zone: 1 in a, 2 in b. The first writes once promoted; the other has tier 1, as all have.
        expect(placementTable(topology, 'ledger-eu')).toEqual(['ledger-eu: ledger-eu-1 in a, ledger-eu-2 in b']);
    });
});

async function orderOf(...statements: readonly string[]): Promise<readonly string[]> {
    const { topology } = await designOf(
        `region r { zone a  zone b  zone c }\ncluster db: aurora in r {\n${statements.join('\n')}\n}`,
    );
    return topology.shards[0]!.copies.map((node) => topology.nodes[node]!.name);
}

const sized = (name: string, size: string, tier = 1): string =>
    `node ${name} in r.a { tier ${String(tier)}  settings { db-instance-class = db.r7g.${size} } }`;

describe('order of promotion', () => {
    test('the first declared writes, whatever its tier', async () => {
        expect(await orderOf('node w in r.a { tier 15 }', 'node x in r.b { tier 0 }')).toEqual(['w', 'x']);
    });

    test('a role decides who writes', async () => {
        expect(await orderOf('node x in r.a', 'node w in r.b as writer')).toEqual(['w', 'x']);
        expect(await orderOf('node x in r.a as reader', 'node w in r.b')).toEqual(['w', 'x']);
        expect(await orderOf('node x in r.a as reader', 'node y in r.b as reader')).toEqual(['x', 'y']);
    });

    test('without a tier a reader has 1: after 0, before 2, in order of declaration among its equals', async () => {
        const order = await orderOf(
            'node w in r.a',
            'node two in r.a { tier 2 }',
            'node none in r.b',
            'node one in r.b { tier 1 }',
            'node zero in r.c { tier 0 }',
        );
        expect(order).toEqual(['w', 'zero', 'none', 'one', 'two']);
    });

    test('in a tier the largest, across tiers never', async () => {
        const order = await orderOf(
            'node w in r.a',
            sized('small', 'large'),
            sized('big', '2xlarge'),
            sized('middle', 'xlarge'),
            sized('huge', '16xlarge', 2),
        );
        expect(order).toEqual(['w', 'big', 'middle', 'small', 'huge']);
    });

    test('where a size of the tier is not known the declaration decides', async () => {
        expect(
            await orderOf('node w in r.a', sized('small', 'large'), 'node x in r.b', sized('big', 'xlarge')),
        ).toEqual(['w', 'small', 'x', 'big']);
    });

    test('any cluster: every instance once, the writer first, tiers never fall', async () => {
        const tiers = fc.array(fc.option(fc.integer({ min: 0, max: 15 }), { nil: undefined }), {
            minLength: 1,
            maxLength: 16,
        });
        await fc.assert(
            fc.asyncProperty(tiers, async (all) => {
                const order = await orderOf(
                    ...all.map(
                        (tier, n) =>
                            `node n${String(n)} in r.a ${tier === undefined ? '' : `{ tier ${String(tier)} }`}`,
                    ),
                );
                expect([...order].sort()).toEqual(all.map((_, n) => `n${String(n)}`).sort());
                expect(order[0]).toBe('n0');
                const ranks = order.slice(1).map((name) => Number(name.slice(1)));
                const sorted = [...ranks].sort((one, other) => (all[one] ?? 1) - (all[other] ?? 1) || one - other);
                expect(ranks).toEqual(sorted);
            }),
            { numRuns: 50 },
        );
    });
});
