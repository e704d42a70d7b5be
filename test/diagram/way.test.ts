import { expect, test } from 'vitest';
import { wayBetween, type Box } from '../../src/diagram/index.js';

const box = (x: number, y: number): Box => ({ x, y, width: 100, height: 50 });
const STREETS = { xs: [-8, 108, 224, 340], ys: [-8, 25, 58] };

test('a free way is straight', () => {
    const obstacles = [box(0, 0), box(232, 0)];
    expect(wayBetween([{ x: 108, y: 25 }], [{ x: 224, y: 25 }], { ...STREETS, obstacles })).toEqual([
        { x: 108, y: 25 },
        { x: 224, y: 25 },
    ]);
});

test('what stands between is gone round, along the gaps', () => {
    const obstacles = [box(0, 0), box(116, 0), box(232, 0)];
    const way = wayBetween([{ x: 108, y: 25 }], [{ x: 224, y: 25 }], { ...STREETS, obstacles })!;
    expect(way[0]).toEqual({ x: 108, y: 25 });
    expect(way.at(-1)).toEqual({ x: 224, y: 25 });
    expect(way).toHaveLength(4);
    expect([-8, 58]).toContain(way[1]!.y);
});

test('the nearer of several starts and ends is taken', () => {
    const obstacles = [box(0, 0), box(232, 0)];
    const starts = [-8, 108].map((x) => ({ x, y: 25 }));
    const ends = [340, 224].map((x) => ({ x, y: 25 }));
    expect(wayBetween(starts, ends, { ...STREETS, obstacles })).toEqual([
        { x: 108, y: 25 },
        { x: 224, y: 25 },
    ]);
});

test('where there is no way, none is drawn', () => {
    const obstacles = [{ x: -100, y: -100, width: 200, height: 400 }];
    expect(wayBetween([{ x: -8, y: 25 }], [{ x: 224, y: 25 }], { ...STREETS, obstacles })).toBeUndefined();
});
