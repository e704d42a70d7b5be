/** What the page says of a run as a whole. */
import { beforeAll, expect, it } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { toDrawing, type Drawing, type Playback } from '../../src/diagram/index.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';
import { previews, send, show } from './page.js';

const open = previews();
let drawing: Drawing;
let playback: Playback;

beforeAll(async () => {
    const text = projectFile('examples/redis.cluster').replace(/scenario [^}]*\n}\n/g, '');
    const steps = 'at 30s  fail zone us-east-1.a\n  until 5m\n  expect writes of sessions restored within 1s';
    const topology = await topologyOf(`${text}\nscenario here {\n  ${steps}\n}\n`);
    drawing = toDrawing(topology);
    playback = playbackOf(topology, await runScenario(topology, 0), 'here');
});

it('names the expectation that was not met, with what was found, and a comparison that shows nothing new', async () => {
    const { page } = await open();
    await show(page, drawing);
    await send(page, { type: 'playback', playback, beside: false });
    const verdict = page.locator('.verdict');
    await expect
        .poll(() => verdict.textContent())
        .toMatch(/✗ Expected: writes of sessions restored within 1s\. Found: .* longer than allowed/);
    await send(page, { type: 'playback', playback, beside: true });
    await expect.poll(() => verdict.textContent()).toMatch(/beside .*: no difference; it went the same way\.$/);
    const traceHash = '0'.repeat(16);
    await send(page, { type: 'playback', playback: { ...playback, traceHash }, beside: true });
    await expect.poll(() => verdict.textContent()).toMatch(/: the same outcome, by another way\.$/);
    const lanes = [{ ...playback.lanes.find(({ troubles }) => troubles.length > 0)! }];
    await send(page, { type: 'playback', playback: { ...playback, lanes }, beside: false });
    await expect.poll(() => page.locator('.lane-group').first().textContent()).toMatch(/^sessions · in trouble/);
    await page.close();
});

it('folds what the run takes for granted to one line', async () => {
    const { page } = await open();
    await show(page, drawing);
    const notes = ['Overload fails no request here.', 'Assumed: a node takes 20 s to start.'];
    await send(page, { type: 'playback', playback: { ...playback, notes }, beside: false });
    const details = page.locator('.verdict details');
    await expect.poll(() => details.locator('summary').textContent()).toBe('2 notes');
    expect(await details.locator('li').first().isVisible()).toBe(false);
    await details.locator('summary').click();
    expect(await details.locator('li').allTextContents()).toEqual(notes);
    expect(await details.locator('li').first().isVisible()).toBe(true);
    await send(page, { type: 'playback', playback: { ...playback, notes: [] }, beside: false });
    await expect.poll(() => details.count()).toBe(0);
    await page.close();
});
