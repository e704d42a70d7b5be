/** The picture as a file, and the list of scenarios to play, in a plain page with a fake channel. */
import { mkdir, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PALETTES, toDrawing } from '../../src/diagram/index.js';
import { REDIS, topologyOf } from '../diagram/topologies.js';
import { runScenario } from '../../src/analysis/index.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { projectFile } from '../language/support.js';
import { topologyOf as modelOf } from '../support/run.js';
import { posted, previews, send, show } from './page.js';

const open = previews();
const drawing = toDrawing(topologyOf(REDIS));

interface Exported {
    readonly format: string;
    readonly data: string;
}

async function exported(page: Page, format: 'svg' | 'png', look: object = {}): Promise<Exported> {
    await send(page, { type: 'make-picture', format, look });
    await expect.poll(async () => (await posted(page, 'export')).length, { timeout: 20_000 }).toBe(1);
    const [message] = await posted(page, 'export');
    return message as Exported;
}

async function keep(name: string, content: string | Uint8Array): Promise<void> {
    const folder = process.env['PICTURES'];
    if (folder === undefined) return;
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}/${name}`, content);
}

describe.each(['vscode-light', 'vscode-dark', 'vscode-high-contrast'] as const)('exported in %s', (theme) => {
    it('an SVG stands alone, in the theme’s colours as they are', async () => {
        const { page, complaints } = await open(theme);
        await show(page, drawing);
        const { format, data } = await exported(page, 'svg');
        await keep(`${theme}.svg`, data);
        expect(format).toBe('svg');
        expect(data).toContain('<title id="title">Topology of example.cluster</title>');
        expect(data).toContain('6 nodes in 3 zones of 1 region.');
        expect(data).not.toMatch(/var\(|color-mix|<script|url\(/);
        const background = await page.evaluate<string>(
            `getComputedStyle(document.body).getPropertyValue('--vscode-editor-background').trim().toLowerCase()`,
        );
        expect(data).toContain(`.page{fill:${background}}`);
        expect(complaints).toEqual([]);
        await page.close();
    });

    it('a PNG has twice the pixels, and its words inside', async () => {
        const { page, complaints } = await open(theme);
        await show(page, drawing);
        const { format, data } = await exported(page, 'png');
        const png = Buffer.from(data, 'base64');
        await keep(`${theme}.png`, png);
        expect(format).toBe('png');
        const width = await page.evaluate<number>(`document.querySelector('.stage svg').viewBox.baseVal.width`);
        expect(png.readUInt32BE(16)).toBe(width * 2);
        expect(png.toString('utf8')).toContain('iTXtTitle\0\0\0\0\0Topology of example.cluster');
        expect(complaints).toEqual([]);
        await page.close();
    });
});

it('shows the instant at the playhead, in forms and in words', async () => {
    const { page, complaints } = await open('vscode-dark');
    const topology = await modelOf(projectFile('examples/redis.cluster'));
    const playback = playbackOf(topology, await runScenario(topology, 0));
    await show(page, toDrawing(topology));
    await send(page, { type: 'playback', playback, beside: false, atMs: 49_000 });
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    const { data } = await exported(page, 'svg');
    expect(data).toMatch(/class="node" data-id="node:sessions.cache-1" data-state="crashed"/);
    expect(data).toContain(
        '0:49.0 in the run “One primary is killed”. sessions: reads fail, writes fail. cache-1: crashed',
    );
    expect(data).not.toMatch(/var\(|color-mix/);
    await keep('instant.svg', data);
    expect(complaints).toEqual([]);
    await page.close();
});

it('is in the theme and font that were chosen, whatever the editor’s theme', async () => {
    const { page, complaints } = await open('vscode-dark');
    await show(page, drawing);
    const { data } = await exported(page, 'svg', { theme: 'light', font: 'Inter' });
    expect(data).toContain(`.page{fill:${PALETTES.light.background}}`);
    expect(data).toContain('font-family:&#39;Inter&#39;');
    expect(complaints).toEqual([]);
    await page.close();
});

it('says that there is nothing to export yet', async () => {
    const { page } = await open();
    await send(page, { type: 'make-picture', format: 'svg', look: {} });
    await page.getByText('There is no drawing yet that could be exported.').first().waitFor();
    expect(await posted(page, 'export')).toEqual([]);
    await page.close();
});

describe('the list of scenarios', () => {
    it('is there when there are scenarios, and plays what is chosen, again and again', async () => {
        const { page } = await open();
        await show(page, drawing);
        const list = page.getByRole('combobox', { name: 'Play a scenario of this file' });
        expect(await list.count()).toBe(0);
        await send(page, { type: 'scenarios', names: ['lose-zone', 'primary-crash'] });
        await list.waitFor();
        expect(await list.locator('option').allTextContents()).toEqual(['▶ Play …', 'lose-zone', 'primary-crash']);
        await list.selectOption('primary-crash');
        await list.selectOption('primary-crash');
        expect(await posted(page, 'play')).toEqual(
            Array(2).fill({ type: 'play', scenario: 'primary-crash', beside: false }),
        );
        await send(page, { type: 'scenarios', names: [] });
        await expect.poll(() => list.count()).toBe(0);
        await page.close();
    });
});

it('a picture is wished for by button, by key and from the menu of the background', async () => {
    const { page } = await open();
    await show(page, drawing);
    await page.getByRole('button', { name: /^Export/ }).click();
    await page.getByRole('menuitem', { name: /^Export as SVG/ }).click();
    await page.keyboard.press('e');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.frame').click({ button: 'right', position: { x: 5, y: 5 } });
    await page.getByRole('menuitem', { name: /^Export as SVG/ }).click();
    expect(await posted(page, 'want-picture')).toEqual(
        ['svg', 'png', 'svg'].map((format) => ({ type: 'want-picture', format })),
    );
    await page.close();
});
