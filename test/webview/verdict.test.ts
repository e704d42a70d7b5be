/** What the page says of a run as a whole. */
import { beforeAll, expect, it } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import { toDrawing, type Drawing, type Playback } from '../../src/diagram/index.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';
import { picture, previews, send, show } from './page.js';

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
    await expect.poll(() => verdict.textContent()).toMatch(/beside .*: no difference; it went the same way\./);
    const traceHash = '0'.repeat(16);
    await send(page, { type: 'playback', playback: { ...playback, traceHash }, beside: true });
    await expect.poll(() => verdict.textContent()).toMatch(/: the same outcome, by another way\./);
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
    // From edge to edge, on lines of their own.
    const [list, words] = [await details.boundingBox(), await page.locator('.verdict-words').boundingBox()];
    expect([list?.x, list?.width]).toEqual([words?.x, words?.width]);
    await send(page, { type: 'playback', playback: { ...playback, notes: [] }, beside: false });
    await expect.poll(() => details.count()).toBe(0);
    await page.close();
});

it('says in a narrow panel that there is more of the verdict, shows it on demand, and begins with the comparison', async () => {
    const { page } = await open();
    await page.setViewportSize({ width: 575, height: 800 });
    await show(page, drawing);
    const summary = `${'Writes of sessions failed in part. '.repeat(30)}This rests on assumptions.`;
    await send(page, { type: 'playback', playback: { ...playback, summary }, beside: false });
    const more = page.getByRole('button', { name: 'More of the verdict' });
    await expect.poll(() => more.isVisible()).toBe(true);
    await send(page, { type: 'playback', playback: { ...playback, summary, seed: 2 }, beside: true });
    const [box, compared, last] = ['.verdict', '.verdict .compared', '.verdict .figures'].map((at) => page.locator(at));
    const bottom = async (of = box): Promise<number> => {
        const { y = 0, height = 0 } = (await of?.boundingBox()) ?? {};
        return y + height;
    };
    await expect.poll(() => compared?.textContent()).toMatch(/^beside seed 2/);
    expect(await bottom(compared)).toBeLessThanOrEqual(await bottom());
    expect(await bottom(last)).toBeGreaterThan(await bottom());
    await picture(page, 'verdict-narrow');
    await more.click();
    await expect.poll(async () => (await bottom(last)) <= (await bottom())).toBe(true);
    await picture(page, 'verdict-narrow-open');
    await page.getByRole('button', { name: 'Less of the verdict' }).click();
    await expect.poll(() => more.isVisible()).toBe(true);
    await page.setViewportSize({ width: 1200, height: 800 });
    await expect.poll(() => more.isVisible()).toBe(false);
    await page.close();
});
