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
    const live = withScenario(topology, scenarioOf(topology, steps));
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
        expect(await page.locator('.verdict').textContent()).toContain('Reads and writes of sessions failed for');
        if (process.env['PICTURES']) await page.screenshot({ path: `${process.env['PICTURES']}/play-dark.png` });
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
