/** The page over the real language server, as `npm run preview` serves it: break, watch, save, and follow the file. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser } from './browser.js';
import type { Harness } from './serve.js';
import { servePreview } from './served/preview.js';

let browser: Browser;
let folder: string;
let file: string;
let served: Harness;
let page: Page;
let said: string[];

beforeAll(async () => {
    browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());

beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'preview-'));
    file = join(folder, 'redis.cluster');
    await copyFile('examples/redis.cluster', file);
    said = [];
    served = await servePreview(file, (line) => said.push(line));
    page = await browser.newPage();
    await page.goto(served.address('vscode-light'));
    await page.waitForSelector('.stage[data-layout]');
}, 60_000);
afterEach(async () => {
    await page.close();
    await served.close();
    await rm(folder, { recursive: true });
});

test('a zone fails, the run is watched, compared and saved, and what was saved has the same trace', async () => {
    expect(await page.locator('.stage').innerHTML()).toContain('Topology of redis.cluster');
    await page.locator('[data-id="zone:us-east-1.a"]').click({ button: 'right', position: { x: 40, y: 12 } });
    await page.getByRole('menuitem', { name: /^Fail zone a/ }).click();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.waitFor();
    const trace = await timeline.locator('[title^="Trace "]').getAttribute('title');
    await page.getByRole('button', { name: /^Compare seed/ }).click();
    await timeline.getByText('beside seed 2').waitFor();
    await page.getByRole('button', { name: /^Save as scenario/ }).click();
    await expect.poll(() => readFile(file, 'utf8')).toMatch(/fail zone us-east-1\.a[\s\S]*expect/);
    const name =
        /scenario '(.*)' stands/.exec(said.find((line) => line.includes('stands at the end')) ?? '')?.[1] ?? '';
    const choice = page.getByRole('combobox', { name: 'Play a scenario of this file' });
    await expect.poll(() => choice.locator('option').allTextContents()).toContain(name);
    await choice.selectOption(name);
    await expect.poll(() => timeline.locator('strong').first().textContent()).toContain('✓');
    expect(await timeline.locator('[title^="Trace "]').getAttribute('title')).toBe(trace);
}, 60_000);

test('the page follows the file, and leads to its lines', async () => {
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('cache-[1..6]', 'cache-[1..7]'));
    await page.locator('[data-id="node:sessions.cache-7"]').waitFor();
    await page.locator('[data-id="node:sessions.cache-1"]').click();
    await expect.poll(() => said.at(-1)).toBe('Line 9: nodes cache-[1..7] across zones');
}, 60_000);
