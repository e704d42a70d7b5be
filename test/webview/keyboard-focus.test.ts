/** Whoever works with the keyboard alone never falls out of the page, and hears where they have come to. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Drawing, Playback } from '../../src/diagram/index.js';
import { previews, send, show } from './page.js';
import { primaryCrash } from './primary-crash.js';

const open = previews();
let drawing: Drawing;
let playback: Playback;

beforeAll(async () => {
    ({ drawing, playback } = await primaryCrash());
});

async function playing(): Promise<Page> {
    const { page } = await open('vscode-light');
    await show(page, drawing);
    await send(page, { type: 'playback', playback, beside: false, atMs: playback.untilMs });
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    return page;
}

/** What has the focus, in words. */
function focused(page: Page): Promise<string> {
    return page.evaluate<string>(
        `(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()`,
    );
}

const said = (page: Page): Promise<string> => page.locator('.frame > .unseen[aria-live]').innerText();

test('a cause has the focus once it was gone to, and is said', async () => {
    const page = await playing();
    const why = page.getByRole('button', { name: /^why. Because: crash node cache-1/ }).first();
    await why.focus();
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('0:30.000');
    expect(await said(page)).toMatch(/^0:30\.000: crash node cache-1; /);
    await page.close();
});

test('an instant that is gone to keeps the focus', async () => {
    const page = await playing();
    const instants = page.locator('.events .instant');
    const second = (await instants.nth(1).textContent()) ?? '';
    await instants.nth(1).focus();
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe(second);
    await page.close();
});

test('each step to a change says what happens there', async () => {
    const page = await playing();
    await page.getByRole('slider', { name: 'Instant of the run' }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('.');
    expect(await said(page)).toMatch(/^0:30\.000: crash node cache-1; .*cache-1 crashed/);
    await page.keyboard.press('.');
    expect(await said(page)).toMatch(/^0:30\.00\d: (reads|writes) of s-1 fail/);
    await page.close();
});

test('a bar keeps the focus while the shown time moves on', async () => {
    const page = await playing();
    const bar = page.getByRole('button', { name: /^Writes fail from 0:30/ }).first();
    await bar.focus();
    await page.setViewportSize({ width: 940, height: 700 });
    await expect.poll(() => focused(page)).toMatch(/^Writes fail from 0:30/);
    await page.close();
});

test('closing the timeline from within leads back to the drawing', async () => {
    const page = await playing();
    await page.getByRole('button', { name: /^Next change/ }).focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toMatch(/^Region us-east-1/);
    await page.close();
});

test('the text has changed back: the button that is gone leaves the focus on the ruler', async () => {
    const page = await playing();
    await send(page, { type: 'outdated', outdated: true, beside: false });
    await page.getByRole('button', { name: /^Run again/ }).focus();
    await send(page, { type: 'outdated', outdated: false, beside: false });
    await expect.poll(() => focused(page)).toBe('Instant of the run');
    await page.close();
});

test('what was found has the focus when the search is closed', async () => {
    const page = await playing();
    await page.keyboard.press('/');
    await page.keyboard.type('cache-5');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toMatch(/^Node cache-5/);
    await page.close();
});

test('a run that takes long says so; the button that ends it leaves the focus to the drawing', async () => {
    const page = await playing();
    await send(page, { type: 'playing', title: 'primary-crash' });
    await page.getByRole('button', { name: 'Cancel this run' }).focus();
    await expect.poll(() => said(page)).toBe('Simulating: primary-crash');
    await send(page, { type: 'not-played', message: 'The run was given up.' });
    await expect.poll(() => focused(page)).toMatch(/^Region us-east-1/);
    await page.close();
});
