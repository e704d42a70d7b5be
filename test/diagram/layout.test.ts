import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutDrawing, packZones, toDrawing, type Box, type Drawing, type Layout } from '../../src/diagram/index.js';
import { large, REDIS, SERVERS, SHOP, spread, topologyOf, type TopologySketch } from './topologies.js';

/** Regions of up to four zones; clusters of various sizes with shards that have up to three copies. */
const sketches = fc
    .record({
        zones: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
        clusters: fc.array(
            fc.record({
                nodes: fc.array(fc.integer({ min: -2, max: 15 }), { minLength: 1, maxLength: 24 }),
                roles: fc.boolean(),
                shards: fc.array(fc.array(fc.nat({ max: 23 }), { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
                needs: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }),
                copiedTo: fc.option(fc.nat({ max: 5 })),
            }),
            { minLength: 1, maxLength: 6 },
        ),
        clients: fc.array(fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
    })
    .map(({ zones, clusters, clients }): TopologySketch => {
        const zoneCount = zones.reduce((sum, count) => sum + count, 0);
        const name = (index: number): string => `cluster-${index % clusters.length}`;
        return {
            regions: Object.fromEntries(
                zones.map((count, region) => [
                    `region-${region}`,
                    Array.from({ length: count }, (_, zone) => `z${zone}`),
                ]),
            ),
            clusters: clusters.map((cluster, index) => ({
                name: name(index),
                engine: 'toy',
                nodes: cluster.nodes.map((zone, at) => ({
                    name: `node-${'x'.repeat((at * 7) % 23)}-${at}`,
                    zone: zone < 0 || zoneCount === 0 ? Math.min(zone, -1) : zone % zoneCount,
                    roles: cluster.roles ? ['voter', 'data'] : [],
                })),
                shards: cluster.shards.map((copies, shard) => ({
                    name: `s-${shard}`,
                    copies: [...new Set(copies.map((copy) => copy % cluster.nodes.length))],
                })),
                needs: cluster.needs.map(name).filter((other) => other !== name(index)),
            })),
            workloads: clients.map((targets, index) => ({ name: `client-${index}`, reads: targets.map(name) })),
            replications: clusters.flatMap(({ copiedTo }, from) =>
                copiedTo === null || copiedTo % clusters.length === from
                    ? []
                    : [{ from: name(from), to: name(copiedTo) }],
            ),
        };
    });

interface Card extends Box {
    readonly id: string;
    readonly place: string;
}

function cardsOf(layout: Layout): Card[] {
    return layout.packing.regions.flatMap((region) =>
        region.places.flatMap((place) => {
            const corner = layout.boxes.get(place.id);
            return [...place.cards].map(([id, card]) => ({
                ...card,
                id,
                place: place.id,
                x: card.x + (corner?.x ?? Number.NaN),
                y: card.y + (corner?.y ?? Number.NaN),
            }));
        }),
    );
}

function overlap(one: Box, other: Box): boolean {
    return (
        one.x < other.x + other.width &&
        other.x < one.x + one.width &&
        one.y < other.y + other.height &&
        other.y < one.y + one.height
    );
}

function overlapping(boxes: readonly (Box & { id: string })[]): string[] {
    return boxes.flatMap((one, at) =>
        boxes.slice(at + 1).flatMap((other) => (overlap(one, other) ? [`${one.id} and ${other.id}`] : [])),
    );
}

function inside(inner: Box, outer: Box | undefined): boolean {
    return (
        outer !== undefined &&
        inner.x >= outer.x &&
        inner.y >= outer.y &&
        inner.x + inner.width <= outer.x + outer.width &&
        inner.y + inner.height <= outer.y + outer.height
    );
}

/** Legs of lines as thin boxes. */
function legs(layout: Layout): (Box & { id: string })[] {
    return [...layout.routes].flatMap(([id, { points }]) =>
        points.slice(1).map((to, at) => {
            const from = points[at] ?? to;
            return {
                id,
                x: Math.min(from.x, to.x),
                y: Math.min(from.y, to.y),
                width: Math.abs(from.x - to.x),
                height: Math.abs(from.y - to.y),
            };
        }),
    );
}

/** Containers that lines must go round: everything but regions, which hold the lines between their zones. */
function obstacles(drawing: Drawing, layout: Layout): (Box & { id: string })[] {
    const regions = new Set(drawing.regions.map((region) => region.id));
    return [...layout.boxes].flatMap(([id, box]) => (regions.has(id) ? [] : [{ id, ...box }]));
}

test('no two cards overlap, every card stands in its place, no line runs through a box', () => {
    fc.assert(
        fc.property(sketches, (sketch) => {
            const drawing = toDrawing(topologyOf(sketch));
            const layout = layoutDrawing(drawing);
            const cards = cardsOf(layout);
            expect(cards.length).toBe(sketch.clusters.reduce((sum, cluster) => sum + cluster.nodes.length, 0));
            expect(overlapping(cards)).toEqual([]);
            expect(cards.filter((card) => !inside(card, layout.boxes.get(card.place)))).toEqual([]);
            const boxes = obstacles(drawing, layout);
            expect(overlapping(boxes)).toEqual([]);
            for (const leg of legs(layout)) {
                expect(leg.width === 0 || leg.height === 0).toBe(true);
                expect(boxes.filter((box) => overlap(box, leg)).map((box) => `${leg.id} through ${box.id}`)).toEqual(
                    [],
                );
            }
            const page = { x: 0, y: 0, width: layout.width, height: layout.height };
            expect([...boxes, ...legs(layout)].filter((box) => !inside(box, page))).toEqual([]);
        }),
        { numRuns: 150 },
    );
});

test('every line that has two ends has a route', () => {
    for (const sketch of [REDIS, SERVERS, SHOP]) {
        const drawing = toDrawing(topologyOf(sketch));
        expect([...layoutDrawing(drawing).routes.keys()].sort()).toEqual(drawing.links.map((link) => link.id).sort());
    }
});

test('one more node moves nothing outside its zone', () => {
    const grown = {
        ...REDIS,
        clusters: [
            REDIS.clusters[0],
            { name: 'more', engine: 'server', nodes: [{ name: 'extra-1', zone: 1 }], failover: 'active-active' },
        ],
    } as const satisfies TopologySketch;
    const alone = { ...grown, clusters: [REDIS.clusters[0], { ...grown.clusters[1], nodes: [] }] };
    const [before, after] = [alone, grown].map((sketch) => layoutDrawing(toDrawing(topologyOf(sketch))));
    const corners = (layout: Layout | undefined): [string, number, number][] => [
        ...[...(layout?.boxes ?? [])].map(([id, { x, y }]): [string, number, number] => [id, x, y]),
        ...(layout === undefined ? [] : cardsOf(layout))
            .filter((card) => card.id !== 'node:more.extra-1')
            .map(({ id, x, y }): [string, number, number] => [id, x, y]),
    ];
    expect(corners(after)).toEqual(corners(before));
});

test.each([
    ['redis', REDIS],
    ['shop', SHOP],
    ['sixty nodes', large(60)],
    ['a thousand nodes', large(1_000)],
] as const)('one more node in any zone of %s moves nothing outside it', (_, sketch) => {
    const drawing = toDrawing(topologyOf(sketch));
    const before = layoutDrawing(drawing);
    for (const zone of drawing.regions.flatMap(({ zones }) => zones)) {
        const [model] = zone.nodes;
        const added = { ...zone, nodes: [...zone.nodes, { ...model!, id: 'node:added', label: 'added' }] };
        const regions = drawing.regions.map((region) => ({
            ...region,
            zones: region.zones.map((each) => (each === zone ? added : each)),
        }));
        const grown = { ...drawing, regions };
        const after = layoutDrawing(grown, packZones(grown, before.packing));
        const corners = (layout: Layout): [string, number, number][] => [
            ...[...layout.boxes].map(([id, { x, y }]): [string, number, number] => [id, x, y]),
            ...cardsOf(layout)
                .filter(({ id }) => id !== 'node:added')
                .map(({ id, x, y }): [string, number, number] => [id, x, y]),
        ];
        expect(corners(after)).toEqual(corners(before));
    }
});

test.each([
    [0, 1],
    [1, 0],
    [0, 2],
    [2, 1],
])('a shard on two new nodes, in zones %i and %i, moves nothing but its own', (one, other) => {
    const [sessions] = REDIS.clusters;
    const grown = {
        ...REDIS,
        clusters: [
            {
                ...sessions,
                nodes: [
                    ...sessions.nodes,
                    { name: 'cache-with-a-long-name-7', zone: one },
                    { name: 'cache-with-a-long-name-8', zone: other },
                ],
                shards: [...sessions.shards, { name: 'a-shard-with-a-long-name', copies: [6, 7] }],
            },
        ],
    };
    const drawing = toDrawing(topologyOf(REDIS));
    const before = layoutDrawing(drawing);
    const next = toDrawing(topologyOf(grown));
    const after = layoutDrawing(next, packZones(next, before.packing));
    const corners = (layout: Layout): [string, number, number][] =>
        [...layout.boxes, ...cardsOf(layout).map((card) => [card.id, card] as const)]
            .filter(([id]) => !id.includes('with-a-long-name'))
            .map(([id, { x, y }]) => [id, x, y]);
    expect(corners(after)).toEqual(corners(before));
});

test.each([
    ['redis', REDIS],
    ['shop', SHOP],
    ['sixty nodes', large(60)],
] as const)('other names move nothing in %s, however long they are', (_, sketch) => {
    const drawing = toDrawing(topologyOf(sketch));
    const before = layoutDrawing(drawing);
    const kinds = ['region', 'zone', 'node', 'cluster'] as const;
    for (const kind of kinds) {
        const text = JSON.stringify(drawing, (key: string, value: unknown) => {
            const named = typeof value === 'object' && value !== null && 'id' in value && 'label' in value;
            return named && String(value.id).startsWith(`${kind}:`)
                ? { ...value, label: `renamed-to-something-longer-${String(value.label)}` }
                : value;
        });
        const renamed = JSON.parse(text) as Drawing;
        const after = layoutDrawing(renamed, packZones(renamed, before.packing));
        const places = (layout: Layout): unknown[] => [...layout.boxes, ...cardsOf(layout)];
        expect(places(after), kind).toEqual(places(before));
    }
});

test('few long names do not widen a zone', () => {
    const zone = (name: string): Box => {
        const nodes = ['a', 'b', 'c', 'd', name].map((each) => ({ name: each, zone: 0, roles: [] }));
        const clusters = [{ name: 'toys', engine: 'toy', nodes }];
        const { boxes } = layoutDrawing(toDrawing(topologyOf({ regions: { r: ['z'] }, clusters })));
        return boxes.get('zone:r.z')!;
    };
    expect(zone('a-name-that-is-far-longer-than-all-the-others')).toEqual(zone('e'));
});

test('a zone has no more columns than its cards ever fill, and clusters share their rows evenly', () => {
    const names = Array.from({ length: 14 }, (_, at) => `c${at + 10}`);
    const clusters = names.map((name) => ({ name, engine: 'redis', nodes: spread(name, 6, 3) }));
    const layout = layoutDrawing(toDrawing(topologyOf({ regions: { eu: ['a', 'b', 'c'] }, clusters })));
    for (const { width, cards } of layout.packing.regions.flatMap(({ places }) => places)) {
        const right = Math.max(...[...cards.values()].map((card) => card.x + card.width));
        expect(width - right).toBe(16);
    }
    const roofs = names.map((name) => layout.boxes.get(`cluster:${name}`)!);
    const rows = [...new Set(roofs.map(({ y }) => y))].map((y) => roofs.filter((roof) => roof.y === y).length);
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThanOrEqual(1);
});

test('a card that is far lower or higher than its neighbour begins a row, and none is stretched for another', () => {
    const nodes = ['n-0', 'n-1', 'n-2', 'n-3', 'n-4', 'n-5'].map((name) => ({ name, zone: 0, roles: [] }));
    const shards = Array.from({ length: 20 }, (_, at) => ({ name: `s-${at}`, copies: [2 + (at % 4)] }));
    const clusters = [{ name: 'toys', engine: 'toy', nodes, shards }];
    const layout = layoutDrawing(toDrawing(topologyOf({ regions: { r: ['z'] }, clusters })));
    const rows = new Map<number, string[]>();
    cardsOf(layout).forEach(({ id, y }) => rows.set(y, [...(rows.get(y) ?? []), id.slice('node:toys.'.length)]));
    expect([...rows.values()]).toEqual([['n-0', 'n-1'], ['n-2', 'n-3', 'n-4'], ['n-5']]);
});

test('clusters stand above the regions of their nodes, close to them, and above what they need', () => {
    const cluster = (name: string, zones: readonly number[], needs: readonly string[] = []) => ({
        name,
        engine: 'toy',
        nodes: zones.map((zone) => ({ name: `${name}-${zone}`, zone, roles: [] })),
        needs,
    });
    const clusters = [
        cluster('everywhere', [0, 1, 2, 3], ['store']),
        cluster('web', [0, 1], ['store']),
        cluster('store', [0, 1]),
        cluster('far', [2, 3]),
    ];
    const { boxes } = layoutDrawing(toDrawing(topologyOf({ regions: { one: ['a', 'b'], two: ['c', 'd'] }, clusters })));
    const box = (id: string): Box => boxes.get(id)!;
    const [one, two] = [box('region:one'), box('region:two')];
    const edges = ({ x, width }: Box): readonly number[] => [x, x + width];
    expect(edges(box('cluster:web'))).toEqual(edges(one));
    expect(edges(box('cluster:store'))).toEqual(edges(one));
    expect(edges(box('cluster:far'))).toEqual(edges(two));
    expect(edges(box('cluster:everywhere'))).toEqual([one.x, two.x + two.width]);
    expect(box('cluster:web').y).toBeLessThan(box('cluster:store').y);
    expect(box('cluster:far').y).toBe(box('cluster:store').y);
});

test('everything stands on the grid', () => {
    const layout = layoutDrawing(toDrawing(topologyOf(SHOP)));
    const off = [...layout.boxes, ...cardsOf(layout).map((card) => [card.id, card] as const)].filter(
        ([, box]) => box.x % 8 !== 0 || box.width % 8 !== 0,
    );
    expect(off).toEqual([]);
});

test('a thousand nodes keep a shape that a screen can show', () => {
    const { width, height } = layoutDrawing(toDrawing(topologyOf(large(1_000))));
    expect(width / height).toBeGreaterThan(0.8);
    expect(width / height).toBeLessThan(2.5);
});

test('clusters that need each other in a circle are drawn', () => {
    const clusters = ['one', 'two', 'three'].map((name, index, names) => ({
        name,
        engine: 'server',
        nodes: spread(name, 1, 1),
        needs: [names[(index + 1) % 3] ?? name],
    }));
    const layout = layoutDrawing(toDrawing(topologyOf({ regions: { r: ['a'] }, clusters })));
    expect(layout.routes.size).toBe(3);
});
