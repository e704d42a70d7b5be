/** examples/opensearch.cluster: where its copies stand, worked out by hand, and what is found. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { topologyOf } from '../../support/run.js';
import { findingsOf, placementTable } from '../search-family/support.js';

const text = readFileSync(new URL('../../../examples/opensearch.cluster', import.meta.url), 'utf8');

describe('examples/opensearch.cluster', () => {
    test('nothing is wrong with it', async () => {
        expect(await findingsOf(text)).toEqual([]);
    });

    // The data nodes take turns in the zones: data-1 a, data-2 b, data-3 c, data-4 a, data-5 b, data-6 c.
    // Three copies over the three zones that are forced, all of which have nodes: one in each.
    //
    // Primaries: every node leads nobody, so shards 0 to 5 take the nodes in their order. All hold 1 copy.
    // Each replica goes to the emptiest node in the zones that are left; of equal ones to the next zone behind the
    // primary's, and there to the next node behind the primary's:
    //   0  data-1 a   b, data-2 (2 copies); c, data-3 (2)
    //   1  data-2 b   c has data-6 with 1: data-6 (2); a has both with 1, behind data-2: data-4 (2)
    //   2  data-3 c   a has data-1 with 1: data-1 (2); b has data-5 with 1: data-5 (2)
    //   3  data-4 a   2 everywhere: b, behind data-4: data-5 (3); c, behind data-4: data-6 (3)
    //   4  data-5 b   c has data-3 with 2: data-3 (3); a, behind data-5 and from the front: data-1 (3)
    //   5  data-6 c   a has data-4 with 2: data-4 (3); b has data-2 with 2: data-2 (3)
    test('events: one copy in every zone, three on every node', async () => {
        expect(placementTable(await topologyOf(text), 'events')).toBe(
            [
                'events.0: data-1 a, data-2 b, data-3 c',
                'events.1: data-2 b, data-6 c, data-4 a',
                'events.2: data-3 c, data-1 a, data-5 b',
                'events.3: data-4 a, data-5 b, data-6 c',
                'events.4: data-5 b, data-3 c, data-1 a',
                'events.5: data-6 c, data-4 a, data-2 b',
            ].join('\n'),
        );
    });
});
