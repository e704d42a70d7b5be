/** The preview's page in Chromium: until its first picture, and frames of panning and zooming beside a plain SVG's. */
import { chromium, type Browser, type Page } from 'playwright-core';
import { layoutDrawing, renderSvg, toDrawing, type Drawing } from '../src/diagram/index.js';
import { large, topologyOf } from '../test/diagram/topologies.js';
import { serveHarness } from '../test/webview/serve.js';

interface Row {
    readonly what: string;
    readonly value: string;
    readonly limit: string;
    readonly note: string;
}

/** Frames come as fast as they can be made: the time between two is what one costs. */
const UNBOUND = ['--no-sandbox', '--disable-gpu', '--disable-gpu-vsync', '--disable-frame-rate-limit'];
const FRAMES = 90;
const FIRST_PAINT = [
    { nodes: 100, limit: '300 ms' },
    { nodes: 1_000, limit: '600 ms' },
] as const;
const MOTION = [
    { shapes: 1_000, limit: '8 ms' },
    { shapes: 5_000, limit: '16 ms' },
    { shapes: 20_000, limit: '16 ms' },
] as const;

export async function bench(): Promise<Row[]> {
    const [browser, harness] = await Promise.all([
        chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: UNBOUND }),
        serveHarness(),
    ]);
    try {
        const address = harness.address('vscode-light');
        const rows: Row[] = [];
        for (const { nodes, limit } of FIRST_PAINT) {
            const times: number[] = [];
            for (let run = 0; run < 5; run += 1) times.push(await firstPaint(browser, address, drawingOf(nodes)));
            const what = `preview: first paint of ${figure(nodes)} nodes`;
            rows.push({ what, value: ms(quantile(times, 0.5)), limit, note: 'median of 5, from the message on' });
        }
        for (const { shapes, limit } of MOTION) rows.push(...(await motion(browser, address, shapes, limit)));
        return rows;
    } finally {
        await Promise.all([browser.close(), harness.close()]);
    }
}

function drawingOf(nodes: number): Drawing {
    return toDrawing(topologyOf(large(nodes, nodes > 2_000 ? 4 : 1)));
}

async function opened(browser: Browser, address: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
    await page.goto(address);
    await page.waitForSelector('.notice');
    await prepare(page, address);
    return page;
}

/** The policy forbids the page further scripts: what measures comes as the debugger's own expression. */
async function prepare(page: Page, address: string): Promise<void> {
    const script = await fetch(new URL('/measure.js', address));
    await page.evaluate(await script.text());
}

async function firstPaint(browser: Browser, address: string, drawing: Drawing): Promise<number> {
    const page = await opened(browser, address);
    const message = JSON.stringify({ type: 'drawing', drawing, version: 1 });
    const time = await page.evaluate<number>(`window.measure.firstPaint(${message})`);
    await page.close();
    return time;
}

interface Frames {
    readonly pan: readonly number[];
    readonly zoom: readonly number[];
}

async function motion(browser: Browser, address: string, shapes: number, limit: string): Promise<Row[]> {
    // A card of the large topology has three or four shapes.
    const drawing = drawingOf(Math.round(shapes / 3.6));
    const own = await ownFrames(browser, address, drawing);
    const plain = await plainFrames(browser, address, drawing);
    const row = (what: 'pan' | 'zoom'): Row => ({
        what: `preview: ${what} frame, p95, ${figure(shapes)} shapes`,
        value: ms(quantile(own[what], 0.95)),
        limit,
        note:
            `median ${ms(quantile(own[what], 0.5))}; plain SVG ${ms(quantile(plain[what], 0.95))}, ` +
            `median ${ms(quantile(plain[what], 0.5))}`,
    });
    return [row('pan'), row('zoom')];
}

async function ownFrames(browser: Browser, address: string, drawing: Drawing): Promise<Frames> {
    const page = await opened(browser, address);
    const message = JSON.stringify({ type: 'drawing', drawing, version: 1 });
    await page.evaluate(`window.postMessage(${message}, '*')`);
    await page.waitForSelector('.stage[data-layout]');
    const result = await page.evaluate<Frames>(`window.measure.frames('.frame', ${FRAMES})`);
    await page.close();
    return result;
}

async function plainFrames(browser: Browser, address: string, drawing: Drawing): Promise<Frames> {
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
    const picture = renderSvg(drawing, layoutDrawing(drawing), 'light');
    await page.setContent(`<body style="margin:0;overflow:hidden">${picture}</body>`);
    await prepare(page, address);
    await page.evaluate('window.measure.plain()');
    const result = await page.evaluate<Frames>(`window.measure.frames('svg', ${FRAMES})`);
    await page.close();
    return result;
}

function quantile(values: readonly number[], share: number): number {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const figure = (count: number): string => count.toLocaleString('en');
