/** Folded zones and regions: small, and with what happens inside them. */
import { expect, test } from 'vitest';
import {
    descriptionOf,
    foldedDrawing,
    layoutDrawing,
    PALETTES,
    pictureOf,
    placeState,
    placeStateWords,
    summary,
    toDrawing,
    type Drawing,
} from '../../src/diagram/index.js';
import { momentOf } from './moments.js';
import { REDIS, topologyOf } from './topologies.js';

const redis = toDrawing(topologyOf(REDIS));
const ZONE = 'zone:us-east-1.a';
const zone = redis.regions[0]?.zones[0];
const folded = (...ids: string[]): Drawing => foldedDrawing(redis, new Set(ids));

const DOWN = momentOf({
    nodes: { 'node:sessions.cache-1': 'off', 'node:sessions.cache-4': 'frozen' },
    dark: ['shard:sessions.s-1', 'shard:sessions.s-3'],
});

test('a folded zone is no higher than what it says, and the others stay as high as they were', () => {
    const [before, after] = [layoutDrawing(redis), layoutDrawing(folded(ZONE))];
    expect(after.boxes.get(ZONE)?.height).toBe(88);
    const other = 'zone:us-east-1.b';
    expect(after.boxes.get(other)).toEqual(before.boxes.get(other));
    expect(after.boxes.get(ZONE)?.y).toBe(before.boxes.get(ZONE)?.y);
});

test('the worst that happened to its nodes is told first, then their shards', () => {
    const state = placeState(zone?.nodes ?? [], DOWN);
    expect(state).toEqual({
        form: 'partly-down',
        nodes: ['1 of 2 down', '1 frozen'],
        shards: ['2 shards not served'],
        worst: 'node:sessions.cache-1',
    });
    expect(placeStateWords(state)).toBe('1 of 2 down, 1 frozen; 2 shards not served');
});

test.each([
    [{}, 'well', 'all is well'],
    [{ 'node:sessions.cache-1': 'crashed', 'node:sessions.cache-4': 'stopped' }, 'down', '2 of 2 down'],
    [{ 'node:sessions.cache-4': 'frozen' }, 'troubled', '1 of 2 frozen'],
    [{ 'node:sessions.cache-2': 'off' }, 'well', 'all is well'],
] as const)('%j makes it %s', (nodes, form, words) => {
    const state = placeState(zone?.nodes ?? [], momentOf({ nodes }));
    expect(state.form).toBe(form);
    expect(placeStateWords(state)).toBe(words);
});

test('doubts and one who comes back are told, too', () => {
    const moment = momentOf({
        doubts: { 'node:sessions.cache-1': 'suspected' },
        recovering: ['node:sessions.cache-4'],
    });
    expect(placeStateWords(placeState(zone?.nodes ?? [], moment))).toBe('1 of 2 suspected, 1 recovering');
});

test.each([
    [ZONE, '1 of 2 down +1'],
    ['region:us-east-1', '1 of 6 down +1'],
])('a picture with %s folded shows its state by form, colour and words', (id, words) => {
    const drawing = folded(id);
    const instant = { moment: DOWN, title: 'broken' };
    const picture = pictureOf(drawing, layoutDrawing(drawing), PALETTES.light, instant);
    expect(picture).toMatch(new RegExp(`data-id="${id}" data-state="partly-down"`));
    expect(picture).toContain(`>${words}<`);
    expect(picture).toContain('2 shards not served');
    expect(picture).toMatch(/class="folded-state"[^]*?>✕</);
});

test('a place whose nodes are well and whose shards are not has a mark, too', () => {
    const instant = { moment: momentOf({ dark: ['shard:sessions.s-1'] }), title: 'broken' };
    const picture = pictureOf(folded(ZONE), layoutDrawing(folded(ZONE)), PALETTES.light, instant);
    expect(picture).toContain(`data-id="${ZONE}" data-state="troubled"`);
    expect(picture).toMatch(/>1 shard not served<[^]*?>◐</);
});

test('words of a folded drawing count what is folded away', () => {
    const drawing = folded('region:us-east-1');
    expect(summary(drawing)).toContain('6 nodes in 3 zones of 1 region.');
    expect(descriptionOf(drawing, { moment: DOWN, title: 'broken' })).toContain('cache-1: powered off.');
});
