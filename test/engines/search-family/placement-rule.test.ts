/** What the placement rule promises for every cluster. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elasticsearch } from '../../../src/engines/elasticsearch/index.js';
import { settingReader, type PlacementRequest } from '../../../src/engines/index.js';
import type { NodeId, ShardGroup, Zone } from '../../../src/topology/index.js';
import { HERE, setting } from '../../support/model.js';

interface Shape {
    /** Data nodes of each zone. */
    readonly zones: readonly number[];
    readonly indices: readonly { readonly shards: number; readonly replicas: number }[];
    readonly aware: boolean;
}

const shapes: fc.Arbitrary<Shape> = fc.record({
    zones: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    indices: fc.array(
        fc.record({ shards: fc.integer({ min: 1, max: 12 }), replicas: fc.integer({ min: 0, max: 5 }) }),
        { minLength: 1, maxLength: 5 },
    ),
    aware: fc.boolean(),
});

interface Placed {
    readonly copies: readonly (readonly NodeId[])[];
    /** Copies that each shard was to have. */
    readonly wanted: readonly number[];
    readonly zoneOf: readonly number[];
    readonly data: readonly NodeId[];
}

/** Node 0 is a dedicated master in the first zone; the data nodes take turns in the zones as long as these have room. */
function placed({ zones, indices, aware }: Shape): Placed {
    const rows = Array.from({ length: Math.max(...zones) }, (_, row) =>
        zones.flatMap((count, zone) => (row < count ? [zone] : [])),
    ).flat();
    const zoneOf = [0, ...rows];
    const zone = (id: number): Zone => ({ id, name: `z${id}`, region: 0, qualifiedName: `r.z${id}`, source: HERE });
    const settings = aware ? [setting('cluster.routing.allocation.awareness.attributes', 'zone')] : [];
    const shards = indices.flatMap(({ shards: count, replicas }, id) => {
        const group: ShardGroup = {
            id,
            cluster: 0,
            name: `i${id}`,
            word: 'index',
            shards: [],
            copies: replicas + 1,
            settings: [],
            source: HERE,
        };
        return Array.from({ length: count }, (_, shard) => ({
            name: `i${id}.${shard}`,
            copies: replicas + 1,
            group,
        }));
    });
    const request: PlacementRequest = {
        cluster: { name: 'c', places: [], endpoints: [] },
        members: zoneOf.map((_, node) => ({
            node,
            roles: [node === 0 ? 'master' : 'data'],
            settings: [],
            source: HERE,
        })),
        node: (id) => ({ id, name: `n${id}`, qualifiedName: `c.n${id}`, zone: zoneOf[id]!, source: HERE }),
        zoneOf: (id) => zone(zoneOf[id]!),
        settings: settingReader(elasticsearch, { name: 'c', settings }, () => undefined),
        shards,
        placed: [],
    };
    const placement = elasticsearch.place(request);
    if (placement.kind === 'impossible') {
        throw new Error(placement.message);
    }
    return {
        copies: placement.copies,
        wanted: shards.map(({ copies }) => copies),
        zoneOf,
        data: rows.map((_, index) => index + 1),
    };
}

function forAll(check: (result: Placed, shape: Shape) => void): void {
    fc.assert(
        fc.property(shapes, (shape) => check(placed(shape), shape)),
        { numRuns: 1_000, seed: 7 },
    );
}

function span(counts: readonly number[]): number {
    return Math.max(...counts) - Math.min(...counts);
}

describe('whatever the nodes and the indices', () => {
    test('no node holds two copies of a shard, and a node without data role holds none', () => {
        forAll(({ copies, data }) => {
            for (const held of copies) {
                expect(new Set(held).size).toBe(held.length);
                expect(held.every((node) => data.includes(node))).toBe(true);
            }
        });
    });

    test('as many copies are assigned as nodes and zones allow, and no zone has more than its share', () => {
        forAll(({ copies, wanted, zoneOf }, { zones, aware }) => {
            copies.forEach((held, shard) => {
                const share = aware ? Math.ceil(wanted[shard]! / zones.length) : wanted[shard]!;
                const room = zones.reduce((sum, nodes) => sum + Math.min(nodes, share), 0);
                expect(held).toHaveLength(Math.min(wanted[shard]!, room));
                zones.forEach((_, zone) => {
                    expect(held.filter((node) => zoneOf[node] === zone).length).toBeLessThanOrEqual(share);
                });
            });
        });
    });

    test('nodes that awareness does not tell apart hold equally many copies, but for one', () => {
        forAll(({ copies, data, zoneOf }, { zones, aware }) => {
            const alike = aware ? zones.map((_, zone) => data.filter((node) => zoneOf[node] === zone)) : [data];
            for (const nodes of alike) {
                const loads = nodes.map((node) => copies.filter((held) => held.includes(node)).length);
                expect(span(loads)).toBeLessThanOrEqual(1);
            }
        });
    });

    test('all data nodes lead equally many shards, but for one', () => {
        forAll(({ copies, data }) => {
            expect(span(data.map((node) => copies.filter(([primary]) => primary === node).length))).toBeLessThanOrEqual(
                1,
            );
        });
    });

    test('the same cluster is placed alike every time', () => {
        fc.assert(
            fc.property(shapes, (shape) => {
                expect(placed(shape)).toEqual(placed(shape));
            }),
            { numRuns: 50, seed: 7 },
        );
    });
});
