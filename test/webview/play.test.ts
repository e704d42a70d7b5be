/** Breaking things and watching what comes of it, in a plain page with a fake channel. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { toDrawing, type Drawing, type LiveStep, type Playback } from '../../src/diagram/index.js';
import { scenarioOf, withScenario } from '../../src/language/play/live.js';
import { playbackOf } from '../../src/language/play/playback.js';
import type { Topology } from '../../src/topology/index.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';
import { posted, previews, send, show } from './page.js';

const open = previews();
const FAIL_ZONE: LiveStep = { atMs: 30_000, action: 'fail', element: 'zone:us-east-1.a' };

let topology: Topology;
let drawing: Drawing;
let playback: Playback;

async function played(steps: readonly LiveStep[]): Promise<Playback> {
    const live = withScenario(topology, scenarioOf(topology, { steps }));
    return playbackOf(live.topology, await runScenario(live.topology, live.index));
}

beforeAll(async () => {
    topology = await topologyOf(projectFile('examples/redis.cluster'));
    drawing = toDrawing(topology);
    playback = await played([FAIL_ZONE]);
});

async function opened(theme?: Parameters<typeof open>[0]): Promise<Page> {
    const { page } = await open(theme);
    await show(page, drawing);
    return page;
}

async function failZone(page: Page): Promise<void> {
    await page.locator('[data-id="zone:us-east-1.a"]').click({ button: 'right', position: { x: 60, y: 12 } });
    await page.getByRole('menuitem', { name: /^Fail zone a/ }).click();
    await send(page, { type: 'playing', title: 'what you broke' });
    await send(page, { type: 'playback', playback, beside: false });
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/play-dark.png` });
}

describe('breaking', () => {
    it('fails a zone from its menu, and shows the zone down and the verdict at once', async () => {
        const page = await opened();
        await failZone(page);
        expect(await posted(page, 'break')).toEqual([{ type: 'break', steps: [FAIL_ZONE], beside: false }]);
        await expect
            .poll(() => page.locator('.node[data-state=off] .name').allTextContents())
            .toEqual(['cache-1', 'cache-4']);
        expect(await page.locator('.verdict').textContent()).toContain(
            'Reads and writes of sessions (1 of 3 shards) failed for',
        );
        if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/play-dark.png` });
        await page.close();
    });
});

describe('a folded zone', () => {
    it('shows the run by form and words, wherever the playhead stands, and none of it without one', async () => {
        const page = await opened();
        await failZone(page);
        const zone = page.locator('[data-id="zone:us-east-1.a"]');
        await zone.dblclick({ position: { x: 60, y: 12 } });
        const state = page.locator('.zone[data-state]');
        await expect.poll(() => state.getAttribute('data-state')).toBe('down');
        expect(await page.locator('.folded-state').textContent()).toContain('2 of 2 down');
        expect(await page.locator('.folded-state .mark').textContent()).toBe('✕');
        expect(await zone.getAttribute('aria-description')).toMatch(/^Now 2 of 2 down/);
        expect(await page.locator('.legend-entry > span').allTextContents()).toContain('down');
        await zone.hover();
        expect(await page.locator('.tooltip').textContent()).toContain('Now 2 of 2 down');
        await zone.dblclick({ position: { x: 60, y: 12 } });
        expect(await page.locator('.folded-state').count()).toBe(0);
        await zone.dblclick({ position: { x: 60, y: 12 } });
        await page.getByRole('button', { name: /^Close the timeline/ }).click();
        expect(await page.locator('.folded-state').count()).toBe(0);
        expect(await state.count()).toBe(0);
        expect(await page.locator('.legend-entry > span').allTextContents()).not.toContain('down');
        await page.close();
    });

    it('is restored from its menu, and not failed once more', async () => {
        const page = await opened();
        await failZone(page);
        await page.locator('[data-id="zone:us-east-1.a"]').click({ button: 'right', position: { x: 60, y: 12 } });
        const entries = await page.getByRole('menuitem').allTextContents();
        expect(entries.some((entry) => entry.startsWith('Restore zone a'))).toBe(true);
        expect(entries.some((entry) => entry.startsWith('Fail zone a'))).toBe(false);
        await page.close();
    });
});

describe('what is left', () => {
    const steps = [FAIL_ZONE];
    const again = { type: 'break', steps, beside: false };

    it('is offered once more where it was not saved, at the playhead that it was left at', async () => {
        const page = await opened();
        await failZone(page);
        await page.getByRole('slider', { name: 'Instant of the run' }).focus();
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Escape');
        await page.getByText('1 step of yours was not saved.').waitFor();
        await page.getByRole('button', { name: 'Bring back' }).click();
        expect(await posted(page, 'break')).toEqual([again, again]);
        await send(page, { type: 'playing', title: 'what you broke' });
        await send(page, { type: 'playback', playback, beside: false });
        await expect.poll(() => page.locator('.time').textContent()).toBe('0:31.000');
        const source = { uri: 'file:///a.cluster', start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
        await send(page, { type: 'saved', name: 'fail-zone-a', source });
        await page.getByText('Saved at the end').waitFor();
        await page.getByRole('button', { name: /^Close the timeline/ }).click();
        expect(await page.getByText('not saved').count()).toBe(0);
        await page.close();
    });
});

describe('a step while a scenario plays', () => {
    const restored = { ...FAIL_ZONE, atMs: 300_000, action: 'restore' } as const;
    const freeze = { atMs: 48_500, action: 'freeze', element: 'node:sessions.cache-2' } as const;
    const start = (seed: number): object => ({ after: { scenario: 'one', untilMs: 48_500 }, seed });

    async function frozen(page: Page, scenario: Playback): Promise<void> {
        await send(page, { type: 'playback', playback: scenario, beside: false, atMs: 48_500 });
        await page.locator('[data-id="node:sessions.cache-2"]').focus();
        await page.keyboard.press('m');
        await page.getByRole('menuitem', { name: /^Freeze node cache-2/ }).click();
    }

    it('goes on from the playhead, and says what is left out with a way back to it', async () => {
        const page = await opened();
        const scenario = { ...(await played([FAIL_ZONE, restored])), scenario: 'one', seed: 7 };
        await frozen(page, scenario);
        expect(await posted(page, 'break')).toEqual([{ type: 'break', steps: [freeze], ...start(7), beside: false }]);
        await send(page, { type: 'playback', playback: { ...playback, seed: 7 }, beside: false });
        await page.getByText('What one does after 0:48.500 is not part of this run.').waitFor();
        await expect.poll(() => page.locator('.time').textContent()).toBe('0:48.500');
        await page.getByRole('button', { name: /^Save as scenario/ }).click();
        expect(await posted(page, 'save-scenario')).toEqual([{ type: 'save-scenario', steps: [freeze], ...start(7) }]);
        await page.getByRole('button', { name: 'Back to one' }).click();
        expect(await posted(page, 'play')).toEqual([{ type: 'play', scenario: 'one', beside: false, seed: 7 }]);
        await send(page, { type: 'playback', playback: scenario, beside: false });
        await expect.poll(() => page.locator('.time').textContent()).toBe('0:48.500');
        await page.close();
    });

    it('is offered as the played run stands there, and leaves it when the step is taken back', async () => {
        const page = await opened();
        const scenario = { ...playback, scenario: 'one' };
        await send(page, { type: 'playback', playback: scenario, beside: false, atMs: 48_500 });
        await page.locator('[data-id="zone:us-east-1.a"]').focus();
        await page.keyboard.press('m');
        const entries = await page.getByRole('menuitem').allTextContents();
        expect(entries.some((entry) => entry.startsWith('Restore zone a'))).toBe(true);
        expect(entries.some((entry) => entry.startsWith('Fail zone a'))).toBe(false);
        await page.keyboard.press('Escape');
        await frozen(page, scenario);
        await send(page, { type: 'playback', playback, beside: false });
        // Nothing of the scenario is left out.
        expect(await page.locator('.way-back').isHidden()).toBe(true);
        await page.getByRole('button', { name: /^Undo step/ }).click();
        expect(await posted(page, 'play')).toEqual([
            { type: 'play', scenario: 'one', beside: false, seed: playback.seed },
        ]);
        await page.close();
    });

    it('stands for itself where the scenario has done nothing yet', async () => {
        const page = await opened();
        await send(page, { type: 'playback', playback: { ...playback, scenario: 'one' }, beside: false, atMs: 10_000 });
        await failZone(page);
        expect(await posted(page, 'break')).toEqual([{ type: 'break', steps: [FAIL_ZONE], beside: false }]);
        await page.getByText('What one does is not part of this run.').waitFor();
        await page.close();
    });
});

describe('why nothing was run', () => {
    it('is said no longer than until the text changes', async () => {
        const page = await opened();
        await send(page, { type: 'not-played', message: 'There is an error in line 9.' });
        const banner = page.getByText('There is an error in line 9.');
        await banner.first().waitFor();
        expect((await page.locator('.banner:not([hidden])').boundingBox())?.width).toBeLessThan(600);
        await send(page, { type: 'lag', message: 'Line 21 is not understood.' });
        await expect.poll(() => page.locator('.banner:not(.calm)').isHidden()).toBe(true);
        await page.close();
    });
});

describe('comparing seeds', () => {
    it('takes the next one each time', async () => {
        const page = await opened();
        await failZone(page);
        const seeds = async (): Promise<unknown[]> =>
            (await posted(page, 'break')).flatMap((each) => (each as { readonly seed?: number }).seed ?? []);
        const compare = page.getByRole('button', { name: /^Compare seed/ });
        await compare.click();
        await send(page, { type: 'playback', playback: { ...playback, seed: playback.seed + 1 }, beside: true });
        await page.getByText(`beside seed ${playback.seed + 1}`).waitFor();
        await compare.click();
        expect(await seeds()).toEqual([playback.seed + 1, playback.seed + 2]);
        await page.close();
    });
});

describe('the time that is shown', () => {
    it('is that in which something happens, until the whole run is asked for', async () => {
        const page = await opened();
        await failZone(page);
        const ticks = (): Promise<string[]> => page.locator('.tick').allTextContents();
        const width = async (): Promise<number> => (await page.locator('.bar').first().boundingBox())?.width ?? 0;
        expect((await ticks())[0]).toMatch(/^0:[23]/);
        const wide = await width();
        await page.getByRole('button', { name: /^Zoom/, pressed: true }).click();
        expect((await ticks())[0]).toBe('0');
        expect(await width()).toBeLessThan(wide / 2);
        await page.close();
    });
});
