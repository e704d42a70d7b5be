/** examples/elasticsearch.cluster: where its copies stand, worked out by hand, and what is found. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { topologyOf } from '../../support/run.js';
import { findingsOf, placementTable } from '../search-family/support.js';

const text = readFileSync(new URL('../../../examples/elasticsearch.cluster', import.meta.url), 'utf8');

describe('examples/elasticsearch.cluster', () => {
    test('nothing is wrong with it', async () => {
        expect(await findingsOf(text)).toEqual([]);
    });

    // The data nodes take turns in the zones: data-1 a, data-2 b, data-3 c, data-4 a, data-5 b, data-6 c.
    // Two copies over three zones: one at most in each.
    //
    // Primaries: every node leads nobody, so shards 0 to 5 take the nodes in their order. All hold 1 copy.
    // Replicas go to the emptiest node outside the primary's zone; of equal ones to the next zone behind it (a b c a …),
    // and there to the next node behind the primary's:
    //   0  data-1 a   b and c hold 1 each, b is next, behind data-1 comes data-2      data-2: 2 copies
    //   1  data-2 b   c is next: data-3                                               data-3: 2
    //   2  data-3 c   a is next: data-4                                               data-4: 2
    //   3  data-4 a   b is next, data-5 holds 1 and data-2 holds 2: data-5            data-5: 2
    //   4  data-5 b   c is next: data-6                                               data-6: 2
    //   5  data-6 c   a is next: data-1                                               data-1: 2
    test('products: a ring over the nodes', async () => {
        expect(placementTable(await topologyOf(text), 'products')).toBe(
            [
                'products.0: data-1 a, data-2 b',
                'products.1: data-2 b, data-3 c',
                'products.2: data-3 c, data-4 a',
                'products.3: data-4 a, data-5 b',
                'products.4: data-5 b, data-6 c',
                'products.5: data-6 c, data-1 a',
            ].join('\n'),
        );
    });

    // Every node leads 1 shard and holds 2 copies. Three copies over three zones: one in each.
    //
    // Primaries: data-1, data-2, data-3, which then hold 3 copies; data-4, data-5 and data-6 hold 2.
    //   0  data-1 a   b is next, data-5 holds 2: data-5 (3); then c, data-6 holds 2: data-6 (3)
    //   1  data-2 b   a has data-4 with 2, c has 3 everywhere: data-4 (3); then c, 3 everywhere, behind data-2: data-3 (4)
    //   2  data-3 c   3 in a and b: a is next, behind data-3: data-4 (4); then b, behind data-3: data-5 (4)
    // In the end zone a holds 3 and 4 copies, b 3 and 4, c 4 and 3: even within each zone.
    test('prices: one copy in every zone', async () => {
        expect(placementTable(await topologyOf(text), 'prices')).toBe(
            [
                'prices.0: data-1 a, data-5 b, data-6 c',
                'prices.1: data-2 b, data-4 a, data-3 c',
                'prices.2: data-3 c, data-4 a, data-5 b',
            ].join('\n'),
        );
    });
});
