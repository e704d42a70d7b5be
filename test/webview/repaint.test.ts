/** What a newer drawing does to the page: only what is new or other is painted. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { patchBetween, toDrawing, type Drawing } from '../../src/diagram/index.js';
import { large, REDIS, topologyOf } from '../diagram/topologies.js';
import { previews, send, show, until } from './page.js';

const open = previews();
const redis = toDrawing(topologyOf(REDIS));

/** REDIS with another name for a node and nothing else. */
const RENAMED: Drawing = JSON.parse(JSON.stringify(redis).replaceAll('cache-2', 'cash-2')) as Drawing;

async function countChanges(page: Page): Promise<() => Promise<string[]>> {
    await page.evaluate(`
        window.changes = [];
        new MutationObserver((records) => {
            for (const { type, target, attributeName, addedNodes } of records) {
                const id = target.closest?.('[data-id]')?.dataset.id ?? '';
                window.changes.push([type, id, attributeName ?? '', addedNodes.length].join(' '));
            }
        }).observe(document.querySelector('.stage'), { attributes: true, childList: true, subtree: true });
    `);
    return () => page.evaluate('window.changes');
}

async function patch(page: Page, before: Drawing, after: Drawing): Promise<void> {
    await send(page, { type: 'patch', base: 1, version: 2, patch: patchBetween(before, after) });
}

test('a patch paints what changed, and nothing else', async () => {
    const { page } = await open();
    await show(page, redis);
    await page.evaluate(`document.querySelector('[data-id="node:sessions.cache-3"]').witness = true`);
    const changes = await countChanges(page);
    await patch(page, redis, RENAMED);
    await page.waitForSelector('[data-id="node:sessions.cash-2"]');
    const seen = await changes();
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((change) => /cache-[13456]$/.test(change.split(' ')[1] ?? ''))).toEqual([]);
    expect(await page.evaluate(`document.querySelector('[data-id="node:sessions.cache-3"]').witness`)).toBe(true);
    await page.close();
});

test('the same text has the same picture, whatever was written in between', async () => {
    const { page } = await open();
    await show(page, redis);
    const boxes = (): Promise<unknown> =>
        page.evaluate(
            `[...document.querySelectorAll('.stage .shape')].map((shape) => ['x', 'y', 'width'].map((name) => shape.getAttribute(name)))`,
        );
    const before = await boxes();
    const long = JSON.parse(
        JSON.stringify(redis).replaceAll('cache-', 'a-cache-that-has-a-rather-long-name-'),
    ) as Drawing;
    const [first, ...others] = long.regions[0]!.zones;
    const fewer = { ...first!, nodes: first!.nodes.slice(1) };
    const between: Drawing = { ...long, regions: [{ ...long.regions[0]!, zones: [fewer, ...others] }] };
    for (const drawing of [between, long]) {
        await send(page, { type: 'drawing', drawing, version: 1 });
    }
    await expect.poll(boxes).not.toEqual(before);
    await send(page, { type: 'drawing', drawing: redis, version: 1 });
    await expect.poll(boxes).toEqual(before);
    await page.close();
});

test('what was renamed keeps its place, its node of the page and the focus', async () => {
    const { page } = await open();
    await show(page, redis);
    const id = '[data-id="node:sessions.cache-2"]';
    await page.locator(id).focus();
    const before = await page.locator(`${id} > .shape`).boundingBox();
    await patch(page, redis, RENAMED);
    await page.waitForSelector('[data-id="node:sessions.cash-2"]');
    expect(await page.locator('[data-id="node:sessions.cash-2"] > .shape').boundingBox()).toEqual(before);
    expect(await page.evaluate('document.activeElement?.dataset.id')).toBe('node:sessions.cash-2');
    expect(await page.locator('.stage [tabindex="0"]').count()).toBe(1);
    await page.close();
});

test('what goes and comes back is painted in its order', async () => {
    const { page } = await open();
    await show(page, redis);
    const order = (): Promise<unknown> =>
        page.evaluate(
            `[...document.querySelectorAll('.card')].map((card) => card.querySelector('[data-id]').dataset.id)`,
        );
    const before = await order();
    const regions = redis.regions.map((region) => ({
        ...region,
        zones: region.zones.map((zone, at) => (at === 1 ? { ...zone, nodes: zone.nodes.slice(1) } : zone)),
    }));
    await send(page, { type: 'drawing', drawing: { ...redis, regions }, version: 2 });
    await page.waitForSelector('[data-id="node:sessions.cache-2"]', { state: 'detached' });
    await send(page, { type: 'drawing', drawing: redis, version: 3 });
    await page.waitForSelector('[data-id="node:sessions.cache-2"]');
    expect(await order()).toEqual(before);
    await page.close();
});

test('what lies out of view is not shown to the browser', async () => {
    const { page } = await open();
    await show(page, toDrawing(topologyOf(large(120, 2))));
    const shown = (): Promise<number> =>
        page.evaluate(
            `[...document.querySelectorAll('.card')].filter((card) => card.getClientRects().length > 0).length`,
        );
    await expect.poll(shown).toBe(120);
    for (let times = 0; times < 10; times += 1) {
        await page.locator('.stage').press('+');
    }
    await expect.poll(shown).toBeLessThan(60);
    await page.keyboard.press('f');
    await expect.poll(shown).toBe(120);
    await page.close();
});

test('a canvas draws the cards of a thousand nodes, and the cards themselves when they can be read', async () => {
    const { page } = await open();
    await show(page, toDrawing(topologyOf(large(1_000))));
    await page.waitForSelector('.stage.crowded');
    expect(await page.locator('.far-layer').isVisible()).toBe(true);
    expect(await page.locator('.card').first().isVisible()).toBe(false);
    const colours = await page.evaluate<number>(`(() => {
        const canvas = document.querySelector('.far-layer');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
    })()`);
    expect(colours).toBeGreaterThan(4);
    for (let times = 0; times < 12; times += 1) {
        await page.keyboard.press('+');
    }
    await until(page, `!document.querySelector('.stage').classList.contains('crowded')`);
    expect(await page.locator('.far-layer').isVisible()).toBe(false);
    await page.close();
});

test('a view that moves over cards that a canvas draws leaves them alone', async () => {
    const { page } = await open();
    await page.clock.install();
    await show(page, toDrawing(topologyOf(large(1_000))));
    await page.waitForSelector('.stage.crowded');
    await page.evaluate(`
        window.touched = 0;
        new MutationObserver((records) => {
            window.touched += records.filter(({ target }) => target.matches('.card, .place')).length;
        }).observe(document.querySelector('.stage'), { attributes: true, subtree: true });
    `);
    for (const deltaY of [...Array<number>(12).fill(-100), ...Array<number>(12).fill(100)]) {
        await page.locator('.frame').dispatchEvent('wheel', { deltaY, ctrlKey: true, clientX: 500, clientY: 400 });
        await page.clock.runFor(20);
    }
    expect(await page.evaluate('window.touched')).toBe(0);
    await page.close();
});

test('a card that was out of view is pointed at like any other when a canvas draws it', async () => {
    const { page } = await open();
    await show(page, toDrawing(topologyOf(large(1_000))));
    await page.waitForSelector('.stage.crowded');
    const card = page.locator('.card').first();
    const zone = (await page.locator('[data-id="zone:region-1.a"] > .shape').boundingBox())!;
    for (let times = 0; times < 12; times += 1) {
        await page.keyboard.press('+');
    }
    await until(page, `document.querySelector('.card').style.display === 'none'`);
    await page.keyboard.press('f');
    await page.waitForSelector('.stage.crowded');
    expect(await card.isVisible()).toBe(false);
    await page.mouse.move(zone.x + 12, zone.y + 16);
    await expect.poll(() => page.locator('.card.lifted').isVisible()).toBe(true);
    await page.close();
});
