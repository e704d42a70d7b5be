import axe from 'axe-core';
import { expect, test } from 'vitest';
import { toDrawing, type Drawing } from '../../src/diagram/index.js';
import { REDIS, SHOP, topologyOf } from '../diagram/topologies.js';
import { posted, previews, send, show, until } from './page.js';
import type { ThemeClass } from './serve.js';

const open = previews();

const redis = toDrawing(topologyOf(REDIS));

test('draws every node in its zone with the layout worker under the strict policy', async () => {
    const { page, complaints } = await open();
    await show(page, redis);
    expect(await page.locator('.stage').getAttribute('data-layout')).toBe('refined');
    const [zone, first, fourth] = await Promise.all(
        ['zone:us-east-1.a', 'node:sessions.cache-1', 'node:sessions.cache-4'].map((id) =>
            page.locator(`[data-id="${id}"] > .shape`).boundingBox(),
        ),
    );
    for (const card of [first, fourth]) {
        expect(card?.x).toBeGreaterThan(zone?.x ?? Number.NaN);
        expect((card?.x ?? Number.NaN) + (card?.width ?? 0)).toBeLessThan((zone?.x ?? 0) + (zone?.width ?? 0));
    }
    expect(complaints).toEqual([]);
    await page.close();
});

test('a click on a node asks for its source, a drag does not', async () => {
    const { page } = await open();
    await show(page, redis);
    const node = page.locator('[data-id="node:sessions.cache-5"]');
    const box = await node.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 40, { steps: 4 });
    await page.mouse.up();
    expect(await posted(page, 'reveal')).toEqual([]);
    expect((await node.boundingBox())?.x).toBeCloseTo((box?.x ?? 0) + 55, -1);
    await page.locator('[data-id="node:sessions.cache-5"] > .shape').click();
    const source = redis.regions[0]?.zones[1]?.nodes[1]?.source;
    expect(await posted(page, 'reveal')).toEqual([{ type: 'reveal', source }]);
    await page.close();
});

test('arrow keys walk over the elements and Enter asks for the source', async () => {
    const { page } = await open();
    await show(page, redis);
    await page.locator('[data-id="node:sessions.cache-1"]').focus();
    const focused = (): Promise<unknown> => page.evaluate('document.activeElement?.dataset.id');
    const walk = async (...keys: string[]): Promise<unknown[]> => {
        const met: unknown[] = [];
        for (const key of keys) {
            await page.keyboard.press(key);
            met.push(await focused());
        }
        return met;
    };
    expect(await walk('ArrowDown', 'ArrowDown', 'ArrowUp')).toEqual([
        'copy:sessions.s-1@sessions.cache-1',
        'node:sessions.cache-4',
        'copy:sessions.s-1@sessions.cache-1',
    ]);
    expect(await walk('ArrowUp', 'ArrowRight', 'ArrowRight', 'ArrowDown')).toEqual([
        'node:sessions.cache-1',
        'link:replication:zone:us-east-1.a>zone:us-east-1.b',
        'zone:us-east-1.b',
        'node:sessions.cache-2',
    ]);
    await page.keyboard.press('Enter');
    expect(await posted(page, 'reveal')).toHaveLength(1);
    expect(await page.locator('.stage [tabindex="0"]').count()).toBe(1);
    await page.close();
});

test('keys zoom and fit, and the view is kept', async () => {
    const { page } = await open();
    await show(page, redis);
    await page.locator('[data-id="node:sessions.cache-1"]').focus();
    const zoom = async (): Promise<number> => await page.evaluate<number>('window.channel.state.zoom');
    const fitted = await zoom();
    await page.keyboard.press('+');
    expect(await zoom()).toBeGreaterThan(fitted);
    await page.keyboard.press('f');
    expect(await zoom()).toBeCloseTo(fitted);
    await page.mouse.move(400, 300);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    await until(page, `window.channel.state.zoom > ${fitted}`);
    expect(await page.evaluate('window.channel.state.uri')).toBe('file:///example.cluster');
    await page.close();
});

test('emphasises what the cursor stands on and explains what the pointer is over', async () => {
    const { page } = await open();
    await show(page, redis);
    await send(page, { type: 'select', id: 'node:sessions.cache-3' });
    await page.waitForSelector('[data-id="node:sessions.cache-3"].selected');
    expect(await page.locator('.selected').count()).toBe(1);
    await page.locator('[data-id="node:sessions.cache-3"] > .shape').hover();
    expect(await page.locator('.tooltip').textContent()).toContain('Node sessions.cache-3 in zone us-east-1.c.');
    await page.close();
});

test('a newer drawing keeps the view, the focus and what did not change', async () => {
    const { page } = await open();
    await show(page, redis);
    await page.mouse.move(400, 300);
    await page.mouse.wheel(30, 40);
    await until(page, '!window.channel.state.fitted');
    await page.locator('[data-id="node:sessions.cache-1"]').focus();
    const before = await page.locator('[data-id="node:sessions.cache-1"] > .shape').boundingBox();
    const grown = topologyOf({
        ...REDIS,
        clusters: [REDIS.clusters[0], { name: 'web', engine: 'server', nodes: [{ name: 'web-1', zone: 2 }] }],
        workloads: [],
    });
    const { regions } = toDrawing(grown);
    await send(page, { type: 'drawing', drawing: { ...redis, regions }, version: 1 });
    await page.waitForSelector('[data-id="node:web.web-1"]');
    expect(await page.locator('[data-id="node:sessions.cache-1"] > .shape').boundingBox()).toEqual(before);
    expect(await page.evaluate('document.activeElement?.dataset.id')).toBe('node:sessions.cache-1');
    await page.close();
});

test('keeps the last good drawing under a problem and says so', async () => {
    const { page } = await open();
    await send(page, { type: 'problem', message: 'Line 3 cannot be read.' });
    await page.waitForSelector('.notice:has-text("Line 3 cannot be read.")');
    await show(page, redis);
    await send(page, { type: 'problem', message: 'Line 4 cannot be read.' });
    await page.waitForSelector('.banner:has-text("Line 4 cannot be read.")');
    expect(await page.locator('[data-id="node:sessions.cache-1"]').count()).toBe(1);
    expect(await page.locator('[aria-live]').textContent()).toBe('Line 4 cannot be read.');
    await page.close();
});

test('says what to do where there is nothing to draw, and ignores what is no message', async () => {
    const { page, complaints } = await open();
    const empty: Drawing = { title: 'x', regions: [], placeless: [], clusters: [], clients: [], links: [] };
    await send(page, { type: 'drawing', drawing: { ...empty, regions: [{ id: 1 }] }, version: 1 });
    await send(page, { type: 'drawing', drawing: empty, version: 1 });
    await page.waitForSelector('.notice:has-text("Nothing to draw yet")');
    expect(complaints).toEqual([]);
    await page.close();
});

test('keeps the own layout when the worker fails, and reports it', async () => {
    const { page } = await open('vscode-dark', 'broken');
    await show(page, redis);
    expect(await page.locator('.stage').getAttribute('data-layout')).toBe('own');
    expect(await page.locator('.card').count()).toBe(6);
    expect(await posted(page, 'layout-failed')).toHaveLength(1);
    await page.close();
});

test('hostile names are text', async () => {
    const { page, complaints } = await open();
    const name = '<script>window.hit=1</script>\u001b[31m__proto__';
    const drawing = { ...redis, clusters: redis.clusters.map((cluster) => ({ ...cluster, label: name })) };
    await show(page, drawing);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await page.locator('.cluster .name').textContent()).toContain('<script>');
    expect(await page.locator('[data-id="cluster:sessions"]').getAttribute('aria-label')).toContain('<script>');
    expect(complaints).toEqual([]);
    await page.close();
});

test.each<ThemeClass>([
    'vscode-light',
    'vscode-dark',
    'vscode-high-contrast',
    'vscode-high-contrast vscode-high-contrast-light',
])(
    'has no accessibility violations in %s',
    async (theme) => {
        const { page } = await open(theme);
        await show(page, toDrawing(topologyOf(SHOP)));
        // The policy forbids a script element, so axe runs as the debugger's own expression.
        await page.evaluate(axe.source);
        const violations = await page.evaluate<string[]>(
            'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`))',
        );
        expect(violations).toEqual([]);
        await page.close();
    },
    30_000,
);
