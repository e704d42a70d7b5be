/** A reader who has chosen clusters: counts and words are of these. */
import { expect, test } from 'vitest';
import {
    chosenDrawing,
    layoutDrawing,
    legendItems,
    renderSvg,
    sceneOf,
    summary,
    toDrawing,
} from '../../src/diagram/index.js';
import { momentOf } from './moments.js';
import { SHOP, topologyOf } from './topologies.js';

const shop = toDrawing(topologyOf(SHOP));
const SESSIONS = new Set(['cluster:sessions']);
const texts = (clusters: ReadonlySet<string>, moment?: ReturnType<typeof momentOf>): string[] =>
    legendItems(shop.clusters, chosenDrawing(shop, clusters), moment).map(({ text }) => text);

test('zones say how many of their nodes belong to the chosen clusters, in their header and in their label', () => {
    const scene = JSON.stringify(sceneOf(shop, layoutDrawing(shop), { interactive: true, clusters: SESSIONS }));
    expect(scene).toContain('2 of 8 nodes');
    expect(scene).toContain('2 nodes of the chosen clusters.');
    expect(JSON.stringify(sceneOf(shop, layoutDrawing(shop), { interactive: true }))).not.toContain(' of 8 nodes');
});

test('the summary is of the chosen clusters alone', () => {
    expect(summary(chosenDrawing(shop, SESSIONS))).toMatch(/^1 cluster: sessions\. 6 nodes in /);
    expect(chosenDrawing(shop, new Set())).toBe(shop);
});

test('the legend names all clusters, and the forms of the chosen ones', () => {
    const forms = texts(SESSIONS).filter((text) => !shop.clusters.some(({ label }) => label === text));
    expect(texts(SESSIONS)).toEqual(expect.arrayContaining(shop.clusters.map(({ label }) => label)));
    expect(forms).toEqual(['leader', 'replica', 'copies, leader to replica', 'needs']);
    expect(texts(new Set(['cluster:storefront']))).not.toContain('copies, leader to replica');
});

test('the legend of a run explains the marks that are there, and no others', () => {
    const nodes = { 'node:sessions.cache-1': 'off', 'node:sessions.cache-2': 'frozen' } as const;
    const moment = momentOf({ nodes, doubts: { 'node:orders.broker-1': 'fenced' }, dark: ['shard:sessions.s-1'] });
    const added = (clusters: ReadonlySet<string>): string[] =>
        texts(clusters, moment).filter((text) => !texts(clusters).includes(text));
    const crowded = 'troubled: look closer';
    expect(added(new Set())).toEqual(['down', 'frozen', 'fenced', crowded, 'not served']);
    expect(added(SESSIONS)).toEqual(['down', 'frozen', crowded, 'not served']);
    const picture = renderSvg(shop, layoutDrawing(shop), 'light', undefined, { moment, title: 'a run' });
    // A picture draws all of a card, whoever looks at it from where.
    expect(picture).not.toContain(crowded);
    expect(picture).toContain('>fenced<');
    expect(texts(SESSIONS, momentOf({}))).toEqual(texts(SESSIONS));
});
