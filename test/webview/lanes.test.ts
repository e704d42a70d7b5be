/** The lanes of the timeline: who led when, what is cut off by the shown time, and what a filter by cluster leaves. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Drawing, Playback } from '../../src/diagram/index.js';
import { picture, previews, send, show } from './page.js';
import { primaryCrash } from './primary-crash.js';

const CART = `
cluster cart: redis in us-east-1 {
  nodes cart-[1..6] across zones
  shard t-1 on cart-1, cart-5
  shard t-2 on cart-2, cart-6
  shard t-3 on cart-3, cart-4
  endpoint discovery
}
`;
const open = previews();
let drawing: Drawing;
let playback: Playback;

beforeAll(async () => {
    ({ drawing, playback } = await primaryCrash(CART));
});

async function played(theme?: Parameters<typeof open>[0]): Promise<Page> {
    const { page } = await open(theme);
    await show(page, drawing);
    await send(page, { type: 'playback', playback, beside: false, atMs: 60_000 });
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    return page;
}

test('a lane names who led it and when the lead changed hands, for screen readers too', async () => {
    const page = await played();
    const leaders = page.getByRole('list', { name: 'Who led s-1', exact: true }).getByRole('listitem');
    expect(await leaders.allTextContents()).toEqual([
        expect.stringMatching(/^cache-1 from 0:00\.000 to 0:30\.\d+$/),
        expect.stringMatching(/^no leader from 0:30\.\d+ to 0:49\.\d+$/),
        expect.stringMatching(/^▲ cache-5 from 0:49\.\d+ to 8:00\.000$/),
    ]);
    const steady = page.getByRole('list', { name: 'Who led s-2', exact: true }).getByRole('listitem');
    expect(await steady.allTextContents()).toEqual(['cache-2 from 0:00.000 to 8:00.000']);
    expect(await page.locator('.lane-key').textContent()).toContain('⚡ step of the scenario ▲ new leader');
    await picture(page, 'lanes');
    await page.close();
});

test('a lane that is well is shown where its lead changed hands', async () => {
    const page = await played();
    const lanes = playback.lanes.map((lane) => ({ ...lane, troubles: [] }));
    await send(page, { type: 'playback', playback: { ...playback, lanes }, beside: false });
    await expect.poll(() => page.locator('.lane-label').allTextContents()).toEqual(['s-1']);
    await page.close();
});

test('marks outside the shown time are told at its edges, and bars that go on there end in a point', async () => {
    const page = await played();
    const ruler = page.getByRole('slider', { name: 'Instant of the run' });
    expect(await page.locator('.beyond').count()).toBe(0);
    await ruler.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('.');
    await page.keyboard.press('.');
    await page.keyboard.press('.');
    for (let times = 0; times < 8; times += 1) {
        await page.keyboard.press('+');
    }
    expect(await page.locator('.beyond.after').textContent()).toBe('▲⚡▸');
    expect(await page.locator('.beyond.after').getAttribute('title')).toContain('cache-5 wins the election');
    expect(await page.locator('.bar.cut-right').count()).toBeGreaterThan(0);
    const point = `getComputedStyle(document.querySelector('.bar.cut-right'), '::after').borderLeftWidth`;
    expect(await page.evaluate(point)).toBe('6px');
    await page.close();
});

test('the lanes are those of the chosen clusters, and the others are named', async () => {
    const page = await played();
    const headings = (): Promise<string[]> => page.locator('.lane-group').allTextContents();
    expect(await headings()).toEqual(['sessions · all 3 in trouble', 'cart · no trouble', 'What happened']);
    await page.getByRole('button', { name: 'cart', exact: true }).click();
    await expect.poll(headings).toEqual(['cart · no trouble', 'What happened']);
    expect(await page.locator('.lanes-left').textContent()).toBe('Not shown: sessions (in trouble).');
    await page.getByRole('button', { name: 'cart', exact: true }).click();
    await expect.poll(() => page.locator('.lane-group').count()).toBe(3);
    await page.close();
});

test('neither marks nor figures lie beneath the playhead', async () => {
    const page = await played();
    await page.getByRole('slider', { name: 'Instant of the run' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('.');
    const top = await page.evaluate<boolean>(
        `[...document.querySelectorAll('.marks .event.fault, .bar.write')].slice(0, 2).every((mark) => {
            const { left, top, width, height } = mark.getBoundingClientRect();
            const found = document.elementFromPoint(left + width / 2, top + height / 2);
            return found === mark || mark.contains(found);
        })`,
    );
    expect(top).toBe(true);
    await page.close();
});

test('in a narrow page the verdict and the buttons leave the lanes most of the timeline', async () => {
    const page = await played();
    await page.setViewportSize({ width: 600, height: 900 });
    const height = async (selector: string): Promise<number> =>
        (await page.locator(selector).boundingBox())?.height ?? 0;
    await expect.poll(() => height('.controls')).toBeLessThan(120);
    expect(await height('.controls')).toBeLessThan((await height('.timeline')) / 3);
    expect(await page.getByRole('button', { name: /^Compare seed/ }).textContent()).toContain('⇄ seed');
    await page.close();
});
