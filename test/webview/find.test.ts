/** Finding one's way: search, filter, folding, small map, table, keys. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { toDrawing } from '../../src/diagram/index.js';
import { large, REDIS, SHOP, topologyOf } from '../diagram/topologies.js';
import { picture, previews, send, show, until } from './page.js';

const open = previews();
const redis = toDrawing(topologyOf(REDIS));
const shop = toDrawing(topologyOf(SHOP));

async function litCards(page: Page): Promise<string[]> {
    return page.evaluate(
        `[...document.querySelectorAll('.card:not(.dim)')].map((card) => card.querySelector('[data-id]').dataset.id)`,
    );
}

test('search counts the hits, goes from one to the next and dims the rest', async () => {
    const { page } = await open();
    await show(page, shop);
    await page.keyboard.press('/');
    await page.keyboard.type('ledger-');
    const hits = await page.locator('.search output').textContent();
    expect(hits).toMatch(/^1 of \d+$/);
    expect((await litCards(page)).every((id) => id.includes('ledger'))).toBe(true);
    await picture(page, 'search');
    await page.keyboard.press('Enter');
    expect(await page.locator('.search output').textContent()).toMatch(/^2 of/);
    await page.keyboard.press('Shift+Enter');
    expect(await page.locator('.search output').textContent()).toBe(hits);
    await page.keyboard.type('nowhere');
    expect(await page.locator('.search output').textContent()).toBe('no hit');
    await page.keyboard.press('Escape');
    expect(await page.locator('.dim, .looked-at').count()).toBe(0);
    expect(await page.locator('.search').isVisible()).toBe(false);
    await page.close();
});

test('search brings what was found into view, near enough to be read', async () => {
    const { page } = await open();
    await show(page, toDrawing(topologyOf(large(1_000))));
    await page.keyboard.press('Control+f');
    await page.keyboard.type('web-417');
    await until(page, 'window.channel.state.zoom >= 0.8');
    await expect.poll(() => page.locator('[data-id="node:web.web-417"] > .shape').isVisible()).toBe(true);
    const box = await page.locator('[data-id="node:web.web-417"] > .shape').boundingBox();
    expect(box?.x).toBeGreaterThan(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(1_000);
    await picture(page, 'search-large');
    await page.close();
});

test('legend entries of clusters dim all others, and the choice is kept', async () => {
    const { page } = await open();
    await show(page, shop);
    await page.getByRole('button', { name: 'orders', exact: true }).click();
    const lit = await litCards(page);
    expect(lit.length).toBeGreaterThan(0);
    expect(lit.every((id) => id.startsWith('node:orders.'))).toBe(true);
    await picture(page, 'filter');
    await page.reload();
    await until(page, 'window.channel.posted.some((message) => message.type === "ready")');
    await show(page, shop);
    expect(await litCards(page)).toEqual(lit);
    await page.getByRole('button', { name: 'orders', exact: true, pressed: true }).click();
    expect(await page.locator('.dim').count()).toBe(0);
    await page.close();
});

test('counts are of the chosen clusters, in headers, legend, labels and table', async () => {
    const { page } = await open();
    await show(page, shop);
    const header = page.locator('.place:has([data-id="zone:us-east-1.a"]) > .caption');
    const legend = async (): Promise<readonly string[]> => page.locator('.legend-entry > span').allTextContents();
    expect(await header.textContent()).toBe('9 nodes');
    expect(await legend()).toContain('requests of clients');
    await page.getByRole('button', { name: 'sessions', exact: true }).click();
    expect(await header.textContent()).toBe('2 of 9 nodes');
    expect(await legend()).not.toContain('requests of clients');
    expect(await legend()).toContain('orders');
    expect(await page.locator('.stage > svg').getAttribute('aria-label')).toContain('Chosen: 1 cluster: sessions.');
    expect(await page.locator('[data-id="zone:us-east-1.a"]').getAttribute('aria-label')).toContain(
        '2 nodes of the chosen clusters.',
    );
    await page.keyboard.press('t');
    expect(await page.locator('.table caption').first().textContent()).toContain('2 of 9 nodes');
    expect(await page.locator('.table tbody').first().locator('tr').count()).toBe(2);
    await page.close();
});

test('a zone is folded to its count by key and by double click, which is kept', async () => {
    const { page } = await open();
    await show(page, redis);
    const zone = page.locator('[data-id="zone:us-east-1.b"]');
    await page.locator('[data-id="node:sessions.cache-2"]').focus();
    await page.keyboard.press('c');
    await page.waitForSelector('[data-id="node:sessions.cache-2"]', { state: 'detached' });
    expect(await page.locator('.place:has([data-id="zone:us-east-1.b"]) > .caption').textContent()).toBe('▸ 2 nodes');
    expect(await page.evaluate('document.activeElement?.dataset.id')).toBe('zone:us-east-1.b');
    await picture(page, 'folded');
    await page.reload();
    await until(page, 'window.channel.posted.some((message) => message.type === "ready")');
    await show(page, redis);
    expect(await page.locator('[data-id="node:sessions.cache-2"]').count()).toBe(0);
    await zone.dblclick({ position: { x: 40, y: 12 } });
    await page.waitForSelector('[data-id="node:sessions.cache-2"]');
    await page.close();
});

test('a folded region shows how much it holds, and search unfolds it', async () => {
    const { page } = await open();
    await show(page, shop);
    await page.locator('.region [data-id]').first().focus();
    const before = await page.locator('.card').count();
    await page.keyboard.press('c');
    await page.waitForSelector('.region .caption:has-text("zones")');
    expect(await page.locator('.card').count()).toBeLessThan(before);
    await picture(page, 'folded-region');
    await page.keyboard.press('/');
    await page.keyboard.type('ledger-1');
    await expect.poll(() => page.locator('.card').count()).toBe(before);
    await page.close();
});

test('the small map is there when the drawing does not fit, and moves the view', async () => {
    const { page } = await open();
    await show(page, shop);
    expect(await page.locator('.minimap').isVisible()).toBe(false);
    for (let times = 0; times < 5; times += 1) {
        await page.keyboard.press('+');
    }
    const map = page.locator('.minimap');
    await map.waitFor();
    await picture(page, 'minimap');
    const before = await page.evaluate<number>('window.channel.state.x');
    await map.click({ position: { x: 5, y: 5 } });
    const left = await page.evaluate<number>('window.channel.state.x');
    expect(left).toBeGreaterThan(before);
    await map.click({ position: { x: 120, y: 40 } });
    expect(await page.evaluate<number>('window.channel.state.x')).toBeLessThan(left);
    await page.keyboard.press('f');
    await map.waitFor({ state: 'hidden' });
    await page.close();
});

test('keys move the view while no element has the focus', async () => {
    const { page } = await open();
    await show(page, redis);
    const at = (): Promise<number[]> => page.evaluate('[window.channel.state.x, window.channel.state.y]');
    const [x = 0, y = 0] = await at();
    await page.keyboard.press('d');
    await page.keyboard.press('ArrowDown');
    expect(await at()).toEqual([x - 64, y - 64]);
    await page.keyboard.press('a');
    await page.keyboard.press('w');
    expect(await at()).toEqual([x, y]);
    await page.close();
});

test('a list of the keys opens and closes', async () => {
    const { page } = await open();
    await show(page, redis);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await picture(page, 'help');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.close();
});

test('the table says what the drawing shows, and leads to the text', async () => {
    const { page } = await open();
    await show(page, redis);
    await page.keyboard.press('t');
    const table = page.getByRole('region', { name: 'Nodes by zone' });
    await table.waitFor();
    expect(await table.getByRole('row').nth(1).getByRole('cell').allTextContents()).toEqual([
        'sessions',
        '',
        's-1 (leader)',
        'as declared',
    ]);
    await picture(page, 'table');
    await table.getByRole('button', { name: 'cache-4: show in the text' }).click();
    expect(await page.evaluate('window.channel.posted.at(-1).type')).toBe('reveal');
    await page.keyboard.press('t');
    await table.waitFor({ state: 'hidden' });
    await page.close();
});

test('a copy that is looked at shows the way from its leader to each replica', async () => {
    const { page } = await open();
    await show(page, redis);
    await page.locator('[data-id="copy:sessions.s-1@sessions.cache-5"]').focus();
    expect(await page.locator('.shard-line').count()).toBe(1);
    expect(await page.locator('.same-shard text').allTextContents()).toEqual(['s-1', 's-1']);
    await picture(page, 'shard');
    await page.locator('[data-id="node:sessions.cache-1"]').focus();
    expect(await page.locator('.shard-line').count()).toBe(0);
    await page.close();
});

test('the editor’s command opens the search', async () => {
    const { page } = await open();
    await show(page, redis);
    await send(page, { type: 'command', command: 'search' });
    await page.locator('.search').waitFor();
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('INPUT');
    await page.close();
});

test('the legend explains what is seen: from afar no copies, in a crowd the corner of what is troubled; its height stays', async () => {
    const { page } = await open();
    const drawing = toDrawing(topologyOf(large(1_000)));
    await show(page, drawing);
    const entries = (): Promise<readonly string[]> =>
        page.evaluate<readonly string[]>(
            `[...document.querySelectorAll('.legend-entry')].filter((each) => each.offsetHeight > 0)
                .map((each) => each.textContent)`,
        );
    const height = async (): Promise<number | undefined> => (await page.locator('.legend-bar').boundingBox())?.height;
    await expect.poll(entries).not.toContain('replica');
    expect(await entries()).toContain('copies, leader to replica');
    const before = await height();
    for (let steps = 0; steps < 12; steps += 1) await page.keyboard.press('+');
    await expect.poll(entries).toContain('replica');
    expect(await height()).toBe(before);
    const shard = drawing.regions[0]?.zones[0]?.nodes[0]?.copies[0]?.shard ?? '';
    const trouble = { operation: 'read', fromMs: 1_000, toMs: null, form: 'dark' };
    const lane = { id: shard, cluster: shard, label: 's', source: drawing.clusters[0]?.source, troubles: [trouble] };
    const run = { title: 't', seed: 1, traceHash: '0', untilMs: 9_000, status: 'passed', summary: '', untold: 0 };
    const nothing = { clauses: [], notes: [], events: [], nodes: [], reach: [], sending: [], leaders: [], beliefs: [] };
    const playback = { ...run, ...nothing, lanes: [lane] };
    await send(page, { type: 'playback', playback, beside: false, atMs: 2_000 });
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    expect(await entries()).not.toContain('troubled: look closer');
    await page.keyboard.press('f');
    await expect.poll(entries).toContain('troubled: look closer');
    await page.close();
});

test('a legend of four lines shows them whole', async () => {
    const { page } = await open();
    await show(page, shop);
    const lines = (): Promise<readonly number[]> =>
        page.evaluate(
            `[...new Set([...document.querySelectorAll('.legend-entry')].filter((each) => each.offsetHeight > 0)
                .map((each) => Math.round(each.getBoundingClientRect().bottom)))]`,
        );
    for (let width = 1000; width > 300 && (await lines()).length < 4; width -= 40) {
        await page.setViewportSize({ width, height: 700 });
    }
    const bottoms = await lines();
    expect(bottoms).toHaveLength(4);
    const bar = await page.locator('.legend-bar').boundingBox();
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeGreaterThanOrEqual(Math.max(...bottoms) + 3);
    await page.close();
});
