/** Where shards go: hand calculations for the examples, and what holds for every cluster. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { designOf, placementTable } from '../support/findings.js';

const text = readFileSync(new URL('../../../examples/elasticache.cluster', import.meta.url), 'utf8');

describe('examples/elasticache.cluster', () => {
    test('checks without a finding', async () => {
        expect((await designOf(text)).findings).toEqual([]);
    });

    test('its placement, as the file gives it', async () => {
        const { topology } = await designOf(text);
        // Round-robin: 1, 4, 7 in a; 2, 5, 8 in b; 3, 6, 9 in c. Each shard has a copy in each zone, each zone a primary.
        expect(placementTable(topology, 'carts')).toEqual([
            'g-1: carts-1 in a, carts-2 in b, carts-3 in c',
            'g-2: carts-5 in b, carts-6 in c, carts-4 in a',
            'g-3: carts-9 in c, carts-7 in a, carts-8 in b',
        ]);
        expect(placementTable(topology, 'flags')).toEqual(['flags: flags-1 in a, flags-2 in b']);
    });

    test('its placement, had it left that to the rule', async () => {
        const byRule = text.replace(/shard g-1[^]*?carts-8\n/, 'shards g-[1..3] { replicas 2 }\n');
        expect(byRule).not.toBe(text);
        const { topology } = await designOf(byRule);
        // Primaries in turn: g-1 in a (1), g-2 in b (2), g-3 in c (3).
        // First replicas, each in the zone after its primary: g-1 in b (5), g-2 in c (6), g-3 in a (4).
        // Second ones in the zone that has no copy yet: g-1 in c (9), g-2 in a (7), g-3 in b (8).
        expect(placementTable(topology, 'carts')).toEqual([
            'g-1: carts-1 in a, carts-5 in b, carts-9 in c',
            'g-2: carts-2 in b, carts-6 in c, carts-7 in a',
            'g-3: carts-3 in c, carts-4 in a, carts-8 in b',
        ]);
    });
});

async function placed(...statements: readonly string[]): Promise<readonly string[]> {
    const { topology, findings } = await designOf(
        `region r { zone a  zone b  zone c }\ncluster c: elasticache in r {\n${statements.join('\n')}\n}`,
    );
    const impossible = findings.find(({ code }) => code === 'topology/placement-impossible');
    return impossible === undefined ? placementTable(topology, 'c') : [impossible.message];
}

describe('the placement rule', () => {
    test('what the file places keeps its nodes', async () => {
        // Free are 2 in b, 3 in c, 4 in a, 5 in b. The primary of the first shard goes to the first zone with a free node.
        expect(
            await placed('nodes n-[1..6] across zones', 'shard g-3 on n-6, n-1', 'shards g-[1..2] { replicas 1 }'),
        ).toEqual(['g-3: n-6 in c, n-1 in a', 'g-1: n-4 in a, n-5 in b', 'g-2: n-2 in b, n-3 in c']);
    });

    test('replicas stand where the group says', async () => {
        // Primaries in turn: 1 in a, 2 in b. First replicas in c: 3, 6. Second ones in a, where 4 and 7 are left.
        expect(await placed('nodes n-[1..9] across zones', 'shards g-[1..2] { replicas r.c 1, r.a 1 }')).toEqual([
            'g-1: n-1 in a, n-3 in c, n-4 in a',
            'g-2: n-2 in b, n-6 in c, n-7 in a',
        ]);
    });

    test('without regard to zones in order of declaration', async () => {
        expect(
            await placed(
                'nodes a-[1..2] in r.a',
                'nodes b-[1..2] in r.b',
                'shards g-[1..2] { replicas 1  spread none }',
            ),
        ).toEqual(['g-1: a-1 in a, b-1 in b', 'g-2: a-2 in a, b-2 in b']);
    });

    test('too few nodes, or none where a replica is to stand', async () => {
        expect(await placed('nodes n-[1..5] across zones', 'shards g-[1..3] { replicas 1 }')).toEqual([
            'The shards of c want 6 nodes, one for each copy, and 5 are free.',
        ]);
        expect(await placed('nodes n-[1..4] across r.a, r.b', 'shards g-[1..2] { replicas r.c 1 }')).toEqual([
            'No node is free where replica 1 of g-1 is to stand.',
        ]);
    });

    test('any cluster: a node belongs to one shard, copies are as far apart as there are zones, primaries too', async () => {
        const shapes = fc.record({ shards: fc.integer({ min: 1, max: 8 }), replicas: fc.integer({ min: 0, max: 2 }) });
        await fc.assert(
            fc.asyncProperty(shapes, async ({ shards, replicas }) => {
                // As many nodes in each zone, so that the rule is never short of a zone.
                const nodes = shards * (replicas + 1);
                const { topology } = await designOf(
                    `region r { zone a  zone b  zone c }
                     cluster c: elasticache in r {
                         nodes n-[1..${String(Math.ceil(nodes / 3) * 3)}] across zones
                         shards g-[1..${String(shards)}] { replicas ${String(replicas)} }
                     }`,
                );
                const zoneOf = (node: number): number => topology.nodes[node]!.zone!;
                const all = topology.shards.flatMap(({ copies }) => copies);
                expect(new Set(all).size).toBe(nodes);
                expect(all).toHaveLength(nodes);
                for (const { copies } of topology.shards) {
                    expect(new Set(copies.map(zoneOf)).size).toBe(replicas + 1);
                }
                const primaries = [0, 1, 2].map(
                    (zone) => topology.shards.filter(({ copies }) => zoneOf(copies[0]!) === zone).length,
                );
                expect(Math.max(...primaries) - Math.min(...primaries)).toBeLessThanOrEqual(1);
            }),
            { numRuns: 40 },
        );
    });
});
