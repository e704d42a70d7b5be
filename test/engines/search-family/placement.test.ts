/** Where copies stand, case by case. */
import { describe, expect, test } from 'vitest';
import { topologyOf } from '../../support/run.js';
import { findingsOf, placementTable } from './support.js';

const AWARE = 'cluster.routing.allocation.awareness.attributes = zone';
const MANAGERS = 'nodes m-[1..3] across zones as master';

function clusterText(body: string, settings = AWARE): string {
    return `region r { zone a  zone b  zone c }
cluster c: elasticsearch in r { ${MANAGERS}  ${body}  settings { ${settings} } }`;
}

async function table(body: string, settings?: string): Promise<string> {
    return placementTable(await topologyOf(clusterText(body, settings)), 'i');
}

describe('cases', () => {
    test('copies beyond the nodes stay unassigned, and the rest is placed', async () => {
        expect(await table('nodes d-[1..2] across r.a, r.b as data  index i { shards 2  replicas 2 }')).toBe(
            'i.0: d-1 a, d-2 b\ni.1: d-2 b, d-1 a',
        );
    });

    test('forced awareness keeps the place of a zone without nodes free', async () => {
        const body = 'nodes d-[1..4] across r.a, r.b as data  index i { replicas 2 }';
        // Three copies over two zones: two may stand in one. Over three, which the file forces: one in each.
        expect(await table(body)).toBe('i.0: d-1 a, d-2 b, d-4 b');
        expect(await table(body, `${AWARE}  cluster.routing.allocation.awareness.force.zone.values = a, b, c`)).toBe(
            'i.0: d-1 a, d-2 b',
        );
    });

    test('forced values without their attribute change nothing', async () => {
        const body = 'nodes d-[1..4] across r.a, r.b as data  index i { replicas 2 }';
        expect(await table(body, 'cluster.routing.allocation.awareness.force.zone.values = a, b, c')).toBe(
            'i.0: d-1 a, d-2 b, d-3 a',
        );
    });

    test('with racks, too, no two copies stand in one rack', async () => {
        const nodes = ['1 in r.a', '2 in r.a', '3 in r.b', '4 in r.c']
            .map((node, index) => `node d-${node} as data { rack ${['x', 'y', 'x', 'y'][index]!} }`)
            .join('  ');
        // d-1 in zone a and rack x: d-3 is in its rack, so zone c and rack y it is.
        const racks = 'cluster.routing.allocation.awareness.attributes = zone, rack';
        expect(await table(`${nodes}  index i { replicas 1 }`, racks)).toBe('i.0: d-1 a, d-4 c');
    });

    test('a node without the attribute gets nothing', async () => {
        const body =
            'node d-1 in r.a as data  node d-2 in r.b as data { rack y }  node d-3 in r.c as data { rack z }  index i { replicas 2 }';
        expect(await table(body, 'cluster.routing.allocation.awareness.attributes = rack')).toBe('i.0: d-2 b, d-3 c');
    });

    test('what the file has placed counts', async () => {
        const body = 'nodes d-[1..3] across zones as data  index i { shards 3  replicas 1  shard 1 on d-1, d-2 }';
        // d-1 leads i.1 and d-2 holds a copy of it, so d-3 leads i.0 and d-2 leads i.2. Then every node holds one or two:
        // the replica of i.0 goes to the zone behind d-3's, and that of i.2 to d-3, which holds the fewest.
        expect(await table(body)).toBe('i.0: d-3 c, d-1 a\ni.1: d-1 a, d-2 b\ni.2: d-2 b, d-3 c');
    });

    test('an index stands on the first of its tiers that has nodes; data belongs to every tier', async () => {
        const tiers = 'nodes hot-[1..2] across r.a, r.b as data_hot  nodes d-[1..2] across r.a, r.b as data_content';
        const on = (preference: string): Promise<string> =>
            table(
                `${tiers}  index i { replicas 1  settings { index.routing.allocation.include._tier_preference = ${preference} } }`,
            );
        expect(await table(`${tiers}  index i { replicas 1 }`)).toBe('i.0: d-1 a, d-2 b');
        expect(await on('data_warm, data_hot')).toBe('i.0: hot-1 a, hot-2 b');
        expect(await on('""')).toBe('i.0: hot-1 a, hot-2 b');
        expect(
            await table(
                'nodes d-[1..2] across r.a, r.b as data  index i { replicas 1  settings { index.routing.allocation.include._tier_preference = data_cold } }',
            ),
        ).toBe('i.0: d-1 a, d-2 b');
    });

    test('a tier that no node belongs to leaves the index without primaries', async () => {
        const found = await findingsOf(
            clusterText('nodes d-[1..2] across r.a, r.b as data_hot  index i { replicas 1 }'),
        );
        expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([
            'elasticsearch/unassigned-primary i may only stand on nodes of the tier data_content, and no node belongs to it: its primaries are not assigned, so it can be neither read nor written.',
        ]);
    });

    test('without any data node nothing can be placed', async () => {
        await expect(topologyOf(clusterText('index i { replicas 1 }'))).rejects.toThrow(
            'topology/placement-impossible No node of c has the role data',
        );
    });

    test('replicas come from the settings where the block has none', async () => {
        const nodes = 'nodes d-[1..3] across zones as data';
        expect(await table(`${nodes}  index i { }`)).toBe('i.0: d-1 a, d-2 b');
        expect(await table(`${nodes}  index i { }`, `${AWARE}  index.number_of_replicas = 2`)).toBe(
            'i.0: d-1 a, d-2 b, d-3 c',
        );
    });
});
