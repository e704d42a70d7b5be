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
    await page.waitForFunction(() => document.querySelector('.notice') !== null);
    return page;
}

/** From the arrival of the drawing until the frame that shows it. */
async function firstPaint(browser: Browser, address: string, drawing: Drawing): Promise<number> {
    const page = await opened(browser, address);
    const time = await page.evaluate(
        (message) =>
            new Promise<number>((done) => {
                const start = performance.now();
                new MutationObserver((_, observer) => {
                    observer.disconnect();
                    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
                }).observe(document.querySelector('.stage') ?? document.body, { childList: true });
                window.postMessage(message, '*');
            }),
        { type: 'drawing', drawing, version: 1 },
    );
    await page.close();
    return time;
}

async function motion(browser: Browser, address: string, shapes: number, limit: string): Promise<Row[]> {
    // A card of the large topology has three or four shapes.
    const drawing = drawingOf(Math.round(shapes / 3.6));
    const page = await opened(browser, address);
    await page.evaluate((message) => window.postMessage(message, '*'), { type: 'drawing', drawing, version: 1 });
    await page.waitForSelector('.stage[data-layout]');
    const counted = await page.evaluate(() => document.querySelectorAll('.stage :is(rect, path, text)').length);
    const own = await frames(page, '.frame');
    await page.close();
    const plain = await plainFrames(browser, drawing);
    const size = `${figure(shapes)} shapes`;
    const row = (what: 'pan' | 'zoom'): Row => ({
        what: `preview: ${what} frame, p95, ${size}`,
        value: ms(quantile(own[what], 0.95)),
        limit,
        note: `median ${ms(quantile(own[what], 0.5))}; plain SVG ${ms(quantile(plain[what], 0.95))}, median ${ms(quantile(plain[what], 0.5))}; ${figure(counted)} shapes`,
    });
    return [row('pan'), row('zoom')];
}

interface Frames {
    readonly pan: readonly number[];
    readonly zoom: readonly number[];
}

/** Wheel events, one a frame, as a trackpad sends them: panning in the fitted view, then zooming into it. */
function frames(page: Page, target: string): Promise<Frames> {
    return page.evaluate(
        async ({ target, count }) => {
            const frame = document.querySelector(target);
            const next = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
            const measured = async (init: (at: number) => WheelEventInit): Promise<number[]> => {
                const times: number[] = [];
                let last = await next();
                for (let at = 0; at < count; at += 1) {
                    const options = { bubbles: true, cancelable: true, clientX: 500, clientY: 400, ...init(at) };
                    frame?.dispatchEvent(new WheelEvent('wheel', options));
                    const now = await next();
                    times.push(now - last);
                    last = now;
                }
                return times.slice(2);
            };
            const back = (at: number): number => (at % 30 < 15 ? 1 : -1);
            const zoom = await measured((at) => ({ deltaY: at < count / 2 ? -30 : 30, ctrlKey: true }));
            const pan = await measured((at) => ({ deltaX: 12 * back(at), deltaY: 8 * back(at) }));
            return { pan, zoom };
        },
        { target, count: FRAMES },
    );
}

/** The same picture as one SVG whose group is moved, as a page without further thought would do it. */
async function plainFrames(browser: Browser, drawing: Drawing): Promise<Frames> {
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
    const picture = renderSvg(drawing, layoutDrawing(drawing), 'light');
    await page.setContent(`<body style="margin:0;overflow:hidden">${picture}</body>`);
    await page.evaluate(() => {
        const svg = document.querySelector('svg');
        if (svg === null) return;
        const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
        const [width, height] = [Number(svg.getAttribute('width')), Number(svg.getAttribute('height'))];
        group.append(...svg.children);
        svg.replaceChildren(group);
        svg.removeAttribute('viewBox');
        svg.setAttribute('width', '1280');
        svg.setAttribute('height', '800');
        let [x, y, zoom] = [0, 0, Math.min(1, 1_280 / width, 800 / height)];
        const show = (): void => group.setAttribute('transform', `translate(${x} ${y}) scale(${zoom})`);
        svg.addEventListener('wheel', (event) => {
            if (event.ctrlKey) {
                const factor = Math.exp(-event.deltaY * 0.002);
                x = event.clientX - (event.clientX - x) * factor;
                y = event.clientY - (event.clientY - y) * factor;
                zoom *= factor;
            } else {
                x -= event.deltaX;
                y -= event.deltaY;
            }
            show();
        });
        show();
    });
    const result = await frames(page, 'svg');
    await page.close();
    return result;
}

function quantile(values: readonly number[], share: number): number {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const figure = (count: number): string => count.toLocaleString('en');
