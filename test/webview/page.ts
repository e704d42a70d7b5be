/** The preview in a browser's page. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Drawing } from '../../src/diagram/index.js';
import { openBrowser } from './browser.js';
import { serveHarness, type Harness, type ThemeClass, type WorkerKind } from './serve.js';

interface OpenPage {
    readonly page: Page;
    /** What the console or the policy complains about. */
    readonly complaints: string[];
}

/** Starts what the tests of a file share; the returned function opens a page of the preview. */
export function previews(): (theme?: ThemeClass, worker?: WorkerKind) => Promise<OpenPage> {
    let browser: Browser;
    let harness: Harness;
    beforeAll(async () => {
        [browser, harness] = await Promise.all([openBrowser(), serveHarness()]);
    }, 60_000);
    afterAll(async () => {
        await Promise.all([browser.close(), harness.close()]);
    });
    return async (theme = 'vscode-dark', worker = 'elk') => {
        const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
        const complaints: string[] = [];
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
        await page.goto(harness.address(theme, worker));
        await until(page, 'window.channel.posted.some((message) => message.type === "ready")');
        return { page, complaints };
    };
}

/** Asks from outside: the policy forbids the page itself to evaluate an expression. */
export async function until(page: Page, condition: string): Promise<void> {
    await expect.poll(() => page.evaluate(condition), { timeout: 10_000 }).toBe(true);
}

export async function send(page: Page, message: unknown): Promise<void> {
    await page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
}

export async function show(page: Page, drawing: Drawing): Promise<void> {
    await send(page, { type: 'drawing', drawing, version: 1 });
    await page.waitForSelector('.stage[data-layout]');
}

export async function posted(page: Page, type: string): Promise<unknown[]> {
    const all = await page.evaluate<{ type: string }[]>('window.channel.posted');
    return all.filter((message) => message.type === type);
}

/** A picture for people to look at, where the environment names a folder for them. */
export async function picture(page: Page, name: string): Promise<void> {
    const folder = process.env['PICTURES'];
    if (folder !== undefined) {
        await page.screenshot({ path: `${folder}/${name}.png` });
    }
}
