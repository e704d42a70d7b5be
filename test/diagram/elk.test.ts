import Elk from 'elkjs/lib/elk.bundled.js';
import { expect, test } from 'vitest';
import { effort } from '../../src/diagram/effort.js';
import { readElk } from '../../src/diagram/elk.js';
import { applyElk, layoutDrawing, skeletonGraph, toDrawing, type Layout } from '../../src/diagram/index.js';
import { REDIS, SERVERS, SHOP, topologyOf } from './topologies.js';

function own(sketch: Parameters<typeof topologyOf>[0]): { layout: Layout; graph: ReturnType<typeof skeletonGraph> } {
    const drawing = toDrawing(topologyOf(sketch));
    const layout = layoutDrawing(drawing);
    return { layout, graph: skeletonGraph(drawing, layout) };
}

test.each([
    ['redis', REDIS],
    ['servers', SERVERS],
    ['shop', SHOP],
] as const)('ELK places the skeleton of %s and routes its links', async (_, sketch) => {
    const { layout, graph } = own(sketch);
    const proposed = readElk(layout, await new Elk().layout(graph));
    expect([...proposed.boxes.keys()].sort()).toEqual([...layout.boxes.keys()].sort());
    expect([...proposed.routes.keys()].sort()).toEqual([...layout.routes.keys()].sort());
    for (const [id, { width, height }] of proposed.boxes) {
        const box = layout.boxes.get(id);
        expect(width, id).toBeGreaterThanOrEqual(box?.width ?? Number.NaN);
        // A region's height follows from its lines, that of everything else from what it holds.
        expect(height, id).toBeGreaterThan(0);
    }
});

test('the easier picture is taken', async () => {
    const { layout, graph } = own(REDIS);
    const answer = await new Elk().layout(graph);
    const proposed = readElk(layout, answer);
    const tangled: Layout = {
        ...layout,
        width: proposed.width,
        height: proposed.height,
        routes: new Map([...layout.routes].map(([id, { points }]) => [id, { points: points.flatMap(zigzag) }])),
    };
    expect(effort(tangled)).toBeGreaterThan(effort(proposed));
    expect(applyElk(tangled, answer).boxes).toEqual(proposed.boxes);
    const plain: Layout = { ...layout, routes: new Map() };
    expect(applyElk(plain, answer)).toBe(plain);
});

test('a picture in which clusters no longer stand above their regions is refused', async () => {
    const { layout, graph } = own(SERVERS);
    const answer = await new Elk().layout(graph);
    const region = answer.children?.find(({ id }) => id.startsWith('region:'));
    const aside = { ...region!, x: (region?.x ?? 0) + 2_000 };
    const astray = { ...answer, children: answer.children!.map((child) => (child === region ? aside : child)) };
    const tangled: Layout = {
        ...layout,
        width: 10_000,
        routes: new Map([...layout.routes].map(([id, { points }]) => [id, { points: points.flatMap(zigzag) }])),
    };
    expect(effort(tangled)).toBeGreaterThan(effort(readElk(layout, astray)));
    expect(applyElk(tangled, astray)).toBe(tangled);
});

function zigzag({ x, y }: { x: number; y: number }): { x: number; y: number }[] {
    return [
        { x, y },
        { x: x + 8, y },
        { x: x + 8, y: y + 8 },
    ];
}

test('an answer that lacks an element is refused', () => {
    const { layout, graph } = own(REDIS);
    expect(() => applyElk(layout, { ...graph, children: graph.children?.slice(1) ?? [] })).toThrow(
        /without a position/,
    );
});
