/** Every state of the page in every theme: nothing that a checker of accessibility finds, and pictures to look at. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { toDrawing, type Drawing, type LiveStep, type Playback } from '../../src/diagram/index.js';
import { scenarioOf, withScenario } from '../../src/language/play/live.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { large, topologyOf as sketched } from '../diagram/topologies.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';
import { picture, posted, previews, send, show, until } from './page.js';
import type { ThemeClass } from './serve.js';

const open = previews();
const FAIL_ZONE: LiveStep = { atMs: 30_000, action: 'fail', element: 'zone:us-east-1.a' };
const THEMES: readonly (readonly [name: string, theme: ThemeClass])[] = [
    ['light', 'vscode-light'],
    ['dark', 'vscode-dark'],
    ['contrast-dark', 'vscode-high-contrast'],
    ['contrast-light', 'vscode-high-contrast vscode-high-contrast-light'],
];

let redis: Drawing;
let playback: Playback;

beforeAll(async () => {
    const topology = await topologyOf(projectFile('examples/redis.cluster'));
    const live = withScenario(topology, scenarioOf(topology, { steps: [FAIL_ZONE] }));
    redis = toDrawing(topology);
    playback = playbackOf(live.topology, await runScenario(live.topology, live.index));
});

async function violations(page: Page): Promise<string[]> {
    // The policy forbids a script element, so axe runs as the debugger's own expression.
    return page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`))',
    );
}

async function play(page: Page): Promise<void> {
    await send(page, { type: 'playback', playback, beside: false });
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
}

describe.each(THEMES)('in %s', (name, theme) => {
    test('menu, run, search and table are accessible', async () => {
        const { page, complaints } = await open(theme);
        await show(page, redis);
        await page.evaluate(axe.source);
        await page.locator('[data-id="zone:us-east-1.a"]').focus();
        await page.keyboard.press('m');
        await page.getByRole('menu').waitFor();
        expect(await violations(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await play(page);
        expect(await violations(page)).toEqual([]);
        await picture(page, `run-${name}`);
        await page.keyboard.press('/');
        await page.keyboard.type('cache-1');
        await page.waitForSelector('.hit');
        expect(await violations(page)).toEqual([]);
        await picture(page, `search-${name}`);
        await page.keyboard.press('Escape');
        await page.keyboard.press('t');
        await page.getByRole('region', { name: 'Nodes by zone' }).waitFor();
        expect(await violations(page)).toEqual([]);
        await picture(page, `table-${name}`);
        await page.keyboard.press('Escape');
        await page.keyboard.press('?');
        await page.getByRole('dialog').waitFor();
        expect(await violations(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.close();
    }, 60_000);

    test.each([60, 1_000])('%i nodes are drawn', async (count) => {
        const { page, complaints } = await open(theme);
        await show(page, toDrawing(sketched(large(count))));
        await expect.poll(() => page.locator('.stage.crowded').count()).toBe(count === 60 ? 0 : 1);
        expect(await page.locator('.card').count()).toBe(count);
        await picture(page, `nodes-${count}-${name}`);
        expect(complaints).toEqual([]);
        await page.close();
    });
});

test('a card that a canvas draws is pointed at and gone to as if it were there itself', async () => {
    const { page } = await open();
    await show(page, toDrawing(sketched(large(1_000))));
    await page.waitForSelector('.stage.crowded');
    const shown = (): Promise<string[]> =>
        page.evaluate(
            `[...document.querySelectorAll('.node > .target')]
                .filter((each) => each.getClientRects().length > 0).map((each) => each.dataset.id)`,
        );
    expect(await shown()).toEqual([]);
    const zone = (await page.locator('[data-id="zone:region-1.a"] > .shape').boundingBox())!;
    await page.mouse.move(zone.x + 12, zone.y + 16);
    await expect.poll(shown).toHaveLength(1);
    const [pointed] = await shown();
    await page.locator('.tooltip', { hasText: pointed!.slice(pointed!.lastIndexOf('.') + 1) }).waitFor();
    await page.mouse.click(zone.x + 12, zone.y + 16, { button: 'right' });
    await page.getByRole('menuitem', { name: /^Fail node/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.mouse.move(5, 5);
    await expect.poll(shown).toEqual([]);
    await page.locator('[data-id="zone:region-1.a"]').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(shown).toHaveLength(1);
    const focused = (): Promise<unknown> => page.evaluate('document.activeElement.dataset.id');
    const first = await focused();
    expect(await shown()).toEqual([first]);
    await page.keyboard.press('ArrowRight');
    expect(await focused()).not.toBe(first);
    expect(await shown()).toEqual([await focused()]);
    await page.close();
});

test('the state at the playhead stands in the table, and what changed is said politely', async () => {
    const { page } = await open();
    await page.clock.install();
    await show(page, redis);
    await play(page);
    await page.keyboard.press('t');
    const row = page.getByRole('row', { name: /^cache-1/ });
    await row.waitFor();
    expect(await row.getByRole('cell').last().textContent()).toBe('powered off');
    await page.clock.fastForward(3_000);
    const said = page.locator('[aria-live=polite]');
    await expect.poll(() => said.textContent()).toContain('cache-1 powered off');
    await page.close();
});

test('names, descriptions and tooltips follow who leads at the playhead', async () => {
    const { page } = await open();
    await page.clock.install();
    await show(page, redis);
    await play(page);
    const led = redis.regions.flatMap(({ zones }) =>
        zones.flatMap(({ nodes }) => nodes.flatMap((node) => node.copies)),
    );
    const lost = led.find(({ id }) => id.endsWith('@sessions.cache-1'))!;
    const ruler = page.getByRole('slider', { name: 'Instant of the run' });
    const copy = page.locator(`[data-id="${lost.id}"]`);
    await ruler.press('End');
    await expect.poll(() => copy.getAttribute('aria-description')).toMatch(/^Now a replica; cache-\d leads;/);
    expect(await copy.getAttribute('aria-label')).toMatch(/^Replica of s-1\. As declared: cache-1 leads /);
    const zone = page.locator('[data-id="zone:us-east-1.a"]');
    expect(await zone.getAttribute('aria-description')).toContain('down');
    await page.locator('[data-id="node:sessions.cache-1"]').hover();
    const tooltip = page.locator('.tooltip');
    await expect.poll(() => tooltip.textContent()).toContain('As declared: Leads 1 shard: s-1.');
    const copied = page.locator('[data-id="link:replication:zone:us-east-1.a>zone:us-east-1.b"]');
    expect(await copied.getAttribute('aria-label')).toContain(
        'in zone us-east-1.a follows a leader in zone us-east-1.b.',
    );
    expect(await copied.locator('..').getAttribute('data-trouble')).toBe('still');
    await ruler.press('Home');
    expect(await copied.locator('..').getAttribute('data-trouble')).toBeNull();
    await expect.poll(() => tooltip.textContent()).toContain('Now serving.');
    expect(await copy.getAttribute('aria-label')).toMatch(/^Leader of s-1\. cache-1 leads /);
    await page.close();
});

test('heads of clusters and their addresses say what clients meet at the playhead', async () => {
    const { page } = await open();
    await page.clock.install();
    await show(page, redis);
    await play(page);
    const ruler = page.getByRole('slider', { name: 'Instant of the run' });
    const [cluster, address] = [redis.clusters[0]!.id, redis.clusters[0]!.addresses[0]!.id].map((id) =>
        page.locator(`[data-id="${id}"]`),
    );
    await ruler.press('.');
    await ruler.press('.');
    await expect
        .poll(() => cluster!.getAttribute('aria-description'))
        .toMatch(/^Now (reads|writes) of \d of 3 shards fail/);
    expect(await cluster!.locator('..').getAttribute('data-trouble')).toBe('degraded');
    expect(await page.locator('.roof .mark').allTextContents()).toEqual(['◐', '◐']);
    await cluster!.focus();
    await expect.poll(() => page.locator('.tooltip').textContent()).toContain('shards fail');
    await ruler.press('End');
    await expect.poll(() => address!.getAttribute('aria-description')).toBe('Now no requests are known to fail.');
    expect(await page.locator('.roof .mark').count()).toBe(0);
    await page.close();
});

test('a line without words is called by what it stands for, and no tooltip outlives what it stood beside', async () => {
    const { page } = await open();
    await show(page, redis);
    const line = page.locator('[data-id^="link:traffic:"]').first();
    expect(await line.getAttribute('aria-label')).toMatch(/^Traffic\. .+ sends /);
    await line.focus();
    await page.keyboard.press('m');
    expect(await page.locator('.menu-title').textContent()).toMatch(/ sends .+ requests\/s to /);
    await page.keyboard.press('Escape');
    await page.locator('[data-id="node:sessions.cache-1"]').focus();
    await page.locator('.tooltip').waitFor();
    await send(page, { type: 'drawing', drawing: { ...redis, title: 'again' }, version: 99 });
    await page.locator('.tooltip').waitFor({ state: 'hidden' });
    await page.close();
});

test('drawing, menu and timeline are walked with the keyboard alone', async () => {
    const { page } = await open();
    await show(page, redis);
    const focused = (): Promise<unknown> =>
        page.evaluate(`document.activeElement.dataset.id ?? document.activeElement.getAttribute('aria-label')`);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('region:us-east-1');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('zone:us-east-1.a');
    await page.keyboard.press('m');
    await page.keyboard.press('Enter');
    expect(await posted(page, 'break')).toEqual([{ type: 'break', steps: [FAIL_ZONE], beside: false }]);
    await play(page);
    expect(await focused()).toBe('zone:us-east-1.a');
    await page.keyboard.press('.');
    const stops: unknown[] = [];
    for (let times = 0; times < 40 && !stops.includes('Close the timeline (Escape)'); times += 1) {
        await page.keyboard.press('Tab');
        stops.push(await focused());
    }
    expect(stops).toContain('Next change (.)');
    expect(stops).toContain('Play (Space)');
    expect(stops).toContain('Close the timeline (Escape)');
    await page.keyboard.press('Escape');
    await until(page, `document.querySelector('.timeline').hidden`);
    await page.close();
});
