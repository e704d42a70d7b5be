/** What is in view while the drawing, its layout and the window change. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { toDrawing, type LiveStep } from '../../src/diagram/index.js';
import { scenarioOf, withScenario } from '../../src/language/play/live.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { REDIS, topologyOf } from '../diagram/topologies.js';
import { projectFile } from '../language/support.js';
import { topologyOf as written } from '../support/run.js';
import { posted, previews, send, show, until } from './page.js';

const open = previews();

const redis = toDrawing(topologyOf(REDIS));

/** The same topology with a server in a fourth zone. */
const GROWN = toDrawing(
    topologyOf({
        ...REDIS,
        regions: { 'us-east-1': ['a', 'b', 'c', 'd'] },
        clusters: [REDIS.clusters[0], { name: 'web', engine: 'server', nodes: [{ name: 'web-1', zone: 3 }] }],
        workloads: [],
    }),
);

async function isWhollyInView(page: Page): Promise<boolean> {
    const [frame, picture] = [
        await page.locator('.frame').boundingBox(),
        await page.locator('.stage > svg').boundingBox(),
    ];
    return (
        frame !== null &&
        picture !== null &&
        picture.x >= frame.x &&
        picture.y >= frame.y &&
        picture.x + picture.width <= frame.x + frame.width + 1 &&
        picture.y + picture.height <= frame.y + frame.height + 1
    );
}

test('a view that shows everything goes on doing so', async () => {
    const { page } = await open();
    await page.setViewportSize({ width: 500, height: 420 });
    await show(page, redis);
    await send(page, { type: 'drawing', drawing: GROWN, version: 1 });
    await page.waitForSelector('[data-id="node:web.web-1"]');
    await expect.poll(() => isWhollyInView(page)).toBe(true);
    await send(page, { type: 'drawing', drawing: redis, version: 1 });
    await page.waitForSelector('[data-id="node:web.web-1"]', { state: 'detached' });
    await expect.poll(() => isWhollyInView(page)).toBe(true);
    await page.setViewportSize({ width: 400, height: 300 });
    await expect.poll(() => isWhollyInView(page)).toBe(true);
    await page.close();
});

test('a run keeps what it breaks in view, and legible, where all of the drawing was seen', async () => {
    const { page } = await open();
    await page.setViewportSize({ width: 900, height: 640 });
    const topology = await written(projectFile('examples/kafka.cluster'));
    const step: LiveStep = { atMs: 30_000, action: 'fail', element: 'zone:us-east-1.c' };
    const live = withScenario(topology, scenarioOf(topology, { steps: [step] }));
    const playback = playbackOf(live.topology, await runScenario(live.topology, live.index));
    await show(page, toDrawing(topology));
    await expect.poll(() => isWhollyInView(page)).toBe(true);
    const zoomOf = async (): Promise<number> =>
        Number(/scale\(([\d.]+)\)/.exec((await page.locator('.stage').getAttribute('style')) ?? '')?.[1]);
    const before = await zoomOf();
    await send(page, { type: 'playback', playback, beside: false });
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    await expect.poll(async () => (await page.locator('.frame').boundingBox())?.height ?? 640).toBeLessThan(500);
    expect(await zoomOf()).toBeCloseTo(Math.min(before, 0.6), 2);
    const [frame, card] = [
        await page.locator('.frame').boundingBox(),
        await page.locator('[data-id="node:orders.brk-3"]').boundingBox(),
    ];
    expect(card!.y).toBeGreaterThanOrEqual(frame!.y);
    expect(card!.y + 24).toBeLessThan(frame!.y + frame!.height);
    await page.keyboard.press('f');
    await expect.poll(() => isWhollyInView(page)).toBe(true);
    await page.close();
});

test('from afar a name that is wider than what it names is left out', async () => {
    const { page } = await open();
    const long = JSON.stringify(redis).replace('"label":"a"', '"label":"a-zone-with-a-name-that-is-rather-long"');
    await show(page, JSON.parse(long) as typeof redis);
    const shown = (zone: string): Promise<boolean> =>
        page.locator(`.zone:has([data-id="zone:us-east-1.${zone}"]) .name`).isVisible();
    expect(await shown('a')).toBe(true);
    for (let presses = 0; presses < 7; presses += 1) await page.keyboard.press('-');
    await expect.poll(() => shown('a')).toBe(false);
    expect(await shown('b')).toBe(true);
    await page.close();
});

test('a drawing that shrinks away from under the view comes back into it', async () => {
    const { page } = await open();
    await show(page, GROWN);
    await page.mouse.move(400, 300);
    await page.mouse.wheel(4000, 0);
    await until(page, 'window.channel.state.x < -3000');
    await send(page, { type: 'drawing', drawing: redis, version: 1 });
    await until(page, 'window.channel.state.x > -2000');
    const picture = await page.locator('.stage > svg').boundingBox();
    expect((picture?.x ?? 0) + (picture?.width ?? 0)).toBeGreaterThan(100);
    await page.close();
});

test('after a reload the drawing comes back with the view that it had', async () => {
    const { page, complaints } = await open();
    await show(page, redis);
    await page.mouse.move(400, 300);
    await page.mouse.wheel(50, 60);
    await until(page, '!window.channel.state.fitted');
    const before = await page.locator('[data-id="node:sessions.cache-1"] > .shape').boundingBox();
    await page.reload();
    await until(page, 'window.channel.posted.some((message) => message.type === "ready")');
    await show(page, redis);
    expect(await page.locator('[data-id="node:sessions.cache-1"] > .shape').boundingBox()).toEqual(before);
    expect(complaints).toEqual([]);
    await page.close();
});

/** Counts what the held worker is asked, and lets it answer. */
async function openHeld(): Promise<{
    page: Page;
    asked: (times: number) => Promise<unknown>;
    answer: () => Promise<void>;
}> {
    const { page } = await open('vscode-dark', 'held');
    await page.evaluate(`
        window.asked = 0;
        window.held = new BroadcastChannel('held-worker');
        window.held.onmessage = ({ data }) => { if (data === 'asked') window.asked += 1; };
    `);
    return {
        page,
        asked: (times) => until(page, `window.asked === ${times}`),
        answer: () => page.evaluate(`window.held.postMessage('answer')`),
    };
}

test('a layout of an older drawing is not shown, and of those that wait only the newest is made', async () => {
    const { page, asked, answer } = await openHeld();
    const layout = (): Promise<string | null> => page.locator('.stage').getAttribute('data-layout');
    await send(page, { type: 'drawing', drawing: redis, version: 1 });
    await asked(1);
    await send(page, { type: 'drawing', drawing: { ...redis, clients: [] }, version: 1 });
    await send(page, { type: 'drawing', drawing: GROWN, version: 1 });
    await page.waitForSelector('[data-id="node:web.web-1"]');
    await answer();
    await asked(2);
    expect(await layout()).toBeNull();
    expect(await page.locator('[data-id="node:web.web-1"]').count()).toBe(1);
    await answer();
    await page.waitForSelector('.stage[data-layout="refined"]');
    expect(await page.locator('[data-id="node:web.web-1"]').count()).toBe(1);
    expect(await page.evaluate('window.asked')).toBe(2);
    await page.close();
});

test('at its deadline a layout is given up, and the next drawing has a new worker', async () => {
    const { page, asked, answer } = await openHeld();
    await page.clock.install();
    await send(page, { type: 'drawing', drawing: redis, version: 1 });
    await asked(1);
    await page.clock.fastForward(5_000);
    await page.waitForSelector('.stage[data-layout="own"]');
    expect(await posted(page, 'layout-failed')).toEqual([
        { type: 'layout-failed', message: 'No layout within 5 seconds.' },
    ]);
    await send(page, { type: 'drawing', drawing: GROWN, version: 1 });
    await asked(2);
    await answer();
    await page.waitForSelector('.stage[data-layout="refined"]');
    await page.close();
});
