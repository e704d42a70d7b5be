import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Shard, Topology } from '../../../src/topology/index.js';
import { topologyOf } from '../../support/run.js';

const EXAMPLE = readFileSync(new URL('../../../examples/cassandra.cluster', import.meta.url), 'utf8');

function tableOf({ shards, nodes }: Topology): readonly string[] {
    return shards.map(({ name, copies }) => `${name}: ${copies.map((id) => nodes[id]!.name).join(' ')}`);
}

function cluster(...statements: readonly string[]): string {
    return `region r { zone a  zone b  zone c }\ncluster c: cassandra {\n${statements.join('\n')}\n}`;
}

/** A keyspace whose ranges are listed, so that a table can be compared with a hand calculation. */
async function table(...statements: readonly string[]): Promise<readonly string[]> {
    return tableOf(await topologyOf(cluster(...statements)));
}

test('the example, as a hand calculation gives it', async () => {
    // Each datacenter has three racks of two nodes: a = 1 4, b = 2 5, c = 3 6. Two nodes in a rack make two rounds of six
    // positions for each of the two datacenters: 2 × 12 = 24 ranges.
    // Round 1, racks in turn:                            1 2 3 4 5 6
    // Round 2, rack b one node on and rack c two, which is none: 1 5 3 4 2 6
    // Three racks and three copies: a range has the next node of each rack, and in these orders any three neighbours are of
    // three racks. Positions of the two datacenters alternate, so a range that use-1 owns has the copies of the next
    // position in Europe, euw-1; one that euw-1 owns has those of the next in America, which is use-2 by then.
    expect(tableOf(await topologyOf(EXAMPLE))).toEqual([
        'users.0: use-1 use-2 use-3 euw-1 euw-2 euw-3',
        'users.1: euw-1 euw-2 euw-3 use-2 use-3 use-4',
        'users.2: use-2 use-3 use-4 euw-2 euw-3 euw-4',
        'users.3: euw-2 euw-3 euw-4 use-3 use-4 use-5',
        'users.4: use-3 use-4 use-5 euw-3 euw-4 euw-5',
        'users.5: euw-3 euw-4 euw-5 use-4 use-5 use-6',
        'users.6: use-4 use-5 use-6 euw-4 euw-5 euw-6',
        'users.7: euw-4 euw-5 euw-6 use-5 use-6 use-1',
        'users.8: use-5 use-6 use-1 euw-5 euw-6 euw-1',
        'users.9: euw-5 euw-6 euw-1 use-6 use-1 use-2',
        'users.10: use-6 use-1 use-2 euw-6 euw-1 euw-2',
        'users.11: euw-6 euw-1 euw-2 use-1 use-2 use-3',
        'users.12: use-1 use-5 use-3 euw-1 euw-5 euw-3',
        'users.13: euw-1 euw-5 euw-3 use-5 use-3 use-4',
        'users.14: use-5 use-3 use-4 euw-5 euw-3 euw-4',
        'users.15: euw-5 euw-3 euw-4 use-3 use-4 use-2',
        'users.16: use-3 use-4 use-2 euw-3 euw-4 euw-2',
        'users.17: euw-3 euw-4 euw-2 use-4 use-2 use-6',
        'users.18: use-4 use-2 use-6 euw-4 euw-2 euw-6',
        'users.19: euw-4 euw-2 euw-6 use-2 use-6 use-1',
        'users.20: use-2 use-6 use-1 euw-2 euw-6 euw-1',
        'users.21: euw-2 euw-6 euw-1 use-6 use-1 use-5',
        'users.22: use-6 use-1 use-5 euw-6 euw-1 euw-5',
        'users.23: euw-6 euw-1 euw-5 use-1 use-5 use-3',
    ]);
});

describe('NetworkTopologyStrategy', () => {
    test('a rack that has a copy is passed over while there are others', async () => {
        // Racks a = 1 2, b = 3, c = 4, one round. Half of a stands before b and c and half behind: 1 3 4 2.
        // From 4 on: 4 (c), 2 (a), then 1 is of rack a again and is passed over, 3 (b).
        expect(
            await table(
                'nodes n-[1..2] across r.a',
                'node n-3 in r.b',
                'node n-4 in r.c',
                'keyspace k { replicas 3 }',
                'settings { num_tokens = 1 }',
            ),
        ).toEqual(['k.0: n-1 n-3 n-4', 'k.1: n-3 n-4 n-2', 'k.2: n-4 n-2 n-3', 'k.3: n-2 n-3 n-4']);
    });

    test('with fewer racks than copies every rack has one and the rest goes to the first that come', async () => {
        // Racks a = 1 2 3, b = 4, which stands in the middle with a’s second: 1 2 4 3. From 4 on: 4 (b), 3 (a), and 1 (a) as
        // the one that may repeat a rack.
        expect(
            await table(
                'nodes n-[1..3] across r.a',
                'node n-4 in r.b',
                'keyspace k { replicas 3 }',
                'settings { num_tokens = 1 }',
            ),
        ).toEqual(['k.0: n-1 n-2 n-4', 'k.1: n-2 n-4 n-3', 'k.2: n-4 n-3 n-1', 'k.3: n-3 n-1 n-4']);
    });

    test('a rack that nodes name counts instead of their zones', async () => {
        const rows = await table(
            'nodes n-[1..2] across r.a, r.b { rack x }',
            'nodes n-[3..4] across r.a, r.b { rack y }',
            'keyspace k { replicas 2 }',
        );
        // Never both of n-1 n-2 (rack x), never both of n-3 n-4 (rack y).
        for (const row of rows) {
            expect(row).toMatch(/n-[12] n-[34]$|n-[34] n-[12]$/);
        }
    });

    test('only datacenters that the keyspace names hold copies', async () => {
        const text = EXAMPLE.slice(0, EXAMPLE.indexOf('workload')).replace(', eu-west-1 3', '');
        const { shards, nodes, regions } = await topologyOf(text);
        expect(shards).toHaveLength(12);
        for (const { copies } of shards) {
            expect(new Set(copies.map((id) => regions[nodes[id]!.region!]!.name))).toEqual(new Set(['us-east-1']));
        }
    });

    test('a keyspace that names only places without nodes is impossible', async () => {
        const text = `region r2 { zone a }\n${cluster('nodes n-[1..3] across r', 'keyspace k { replicas r2 3 }')}`;
        await expect(topologyOf(text)).rejects.toThrow(
            /placement-impossible No datacenter that k names has a node of c, so it has no copy anywhere/,
        );
    });
});

test('SimpleStrategy takes the next nodes whatever their rack, and may put all copies into one', async () => {
    const topology = await topologyOf(
        cluster(
            'nodes n-[1..9] across r',
            'keyspace k { replicas 3  settings { replication = SimpleStrategy } }',
            'settings { num_tokens = 1 }',
        ),
    );
    // Rack by rack: a = 1 4 7, b = 2 5 8, c = 3 6 9.
    expect(tableOf(topology).slice(0, 3)).toEqual(['k.0: n-1 n-4 n-7', 'k.1: n-4 n-7 n-2', 'k.2: n-7 n-2 n-5']);
});

test('ranges that the file places are the only ones', async () => {
    expect(await table('nodes n-[1..3] across r', 'keyspace k { range 0 on n-3, n-1 }')).toEqual(['k.0: n-3 n-1']);
});

const racks = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

/** A cluster with these numbers of nodes in the racks of one datacenter, and a keyspace with so many copies. */
async function placed(sizes: readonly number[], copies: number): Promise<{ topology: Topology; ranges: Shard[] }> {
    const nodes = sizes.flatMap((size, rack) =>
        Array.from({ length: size }, (_, index) => `node n${String(rack)}-${String(index)} in r.z${String(rack)}`),
    );
    const topology = await topologyOf(
        [
            `region r { ${sizes.map((_, rack) => `zone z${String(rack)}`).join('  ')} }`,
            `cluster c: cassandra { ${nodes.join('  ')}  keyspace k { replicas ${String(copies)} } }`,
        ].join('\n'),
    );
    return { topology, ranges: topology.groups[0]!.shards.map((id) => topology.shards[id]!) };
}

test('never two copies of a range on a node, and as many racks as there can be', async () => {
    await fc.assert(
        fc.asyncProperty(racks, fc.integer({ min: 1, max: 6 }), async (sizes, wanted) => {
            const nodes = sizes.reduce((sum, size) => sum + size, 0);
            const copies = Math.min(wanted, nodes);
            const { topology, ranges } = await placed(sizes, copies);
            expect(ranges.length % nodes).toBe(0);
            for (const range of ranges) {
                expect(new Set(range.copies).size).toBe(copies);
                const zones = new Set(range.copies.map((id) => topology.nodes[id]!.zone));
                expect(zones.size).toBe(Math.min(copies, sizes.length));
            }
        }),
        { numRuns: 60 },
    );
});

test('nodes of equal racks hold equally many ranges, and own equally many', async () => {
    await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), async (zones, size) => {
            const { topology, ranges } = await placed(Array<number>(zones).fill(size), Math.min(3, zones * size));
            const count = (nodes: readonly number[]): Set<number> =>
                new Set(topology.nodes.map(({ id }) => nodes.filter((node) => node === id).length));
            expect(count(ranges.map(({ copies }) => copies[0]!)).size).toBe(1);
            if (zones <= 3) {
                expect(count(ranges.flatMap(({ copies }) => copies)).size).toBe(1);
            }
        }),
        { numRuns: 30 },
    );
});

test.each([
    [2, 2],
    [2, 5],
    [3, 1],
    [3, 2],
    [3, 3],
    [3, 6],
])(
    'with %i racks of %i nodes and three copies every two nodes of different racks share a range',
    async (count, size) => {
        const { topology, ranges } = await placed(Array<number>(count).fill(size), Math.min(3, count * size));
        const shared = new Set(
            ranges.flatMap(({ copies }) => copies.flatMap((one) => copies.map((other) => `${one} ${other}`))),
        );
        for (const one of topology.nodes) {
            for (const other of topology.nodes) {
                if (one.zone !== other.zone) expect(shared).toContain(`${one.id} ${other.id}`);
            }
        }
    },
);

test('two nodes of each of three racks make every set of three that there can be', async () => {
    const { ranges } = await placed([2, 2, 2], 3);
    expect(new Set(ranges.map(({ copies }) => copies.toSorted().join(' '))).size).toBe(2 * 2 * 2);
});

test('fewer tokens make fewer ranges, and large clusters make few rounds', async () => {
    const ranges = async (nodes: number, tokens: number): Promise<number> =>
        (
            await table(
                `nodes n-[1..${nodes}] across r`,
                'keyspace k { replicas 3 }',
                `settings { num_tokens = ${tokens} }`,
            )
        ).length;
    expect(await ranges(12, 16)).toBe(4 * 12);
    expect(await ranges(12, 2)).toBe(2 * 12);
    expect(await ranges(3000, 256)).toBe(11 * 3000);
});
