/** One seed is one history in a browser, too: the analysis worker that is shipped, in Chromium, beside this Node. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureChromium } from '../../scripts/lib/chromium.mjs';
import { inProject } from '../../scripts/lib/paths.mjs';
import { runScenario, type FromWorker } from '../../src/analysis/index.js';
import { loadWorkspace } from '../../src/language/index.js';
import type { Topology } from '../../src/topology/index.js';

const EXAMPLES = (await readdir(inProject('examples'))).filter((file) => file.endsWith('.cluster')).sort();

let browser: Browser;
let page: Page;

beforeAll(async () => {
    browser = await chromium.launch({
        executablePath: await ensureChromium(() => undefined),
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    page = await browser.newPage();
    const script = await readFile(inProject('dist', 'server.js'), 'utf8');
    // As the server starts it: told its role by its own scope. The script comes along, so that nothing is asked of any network.
    await page.evaluate((text) => {
        const scope = globalThis as unknown as WorkerPlace;
        scope.analysis = new scope.Worker(
            scope.URL.createObjectURL(new scope.Blob(['self.faultlineRole = "analysis";', text])),
        );
    }, script);
});

afterAll(() => browser.close());

/** What is used of a page's own classes; the tests are compiled without their types. */
interface WorkerPlace {
    analysis: {
        postMessage(message: unknown): void;
        onmessage: ((event: { readonly data: FromWorker }) => void) | null;
    };
    readonly Worker: new (url: string) => WorkerPlace['analysis'];
    readonly Blob: new (parts: readonly string[]) => unknown;
    readonly URL: { createObjectURL(blob: unknown): string };
}

function inBrowser(topology: Topology, index: number): Promise<FromWorker> {
    return page.evaluate(
        ({ topology: model, index: scenario }) =>
            new Promise<FromWorker>((resolve) => {
                const { analysis } = globalThis as unknown as WorkerPlace;
                analysis.onmessage = ({ data }) => resolve(data);
                const job = { kind: 'scenario', topology: model, index: scenario };
                analysis.postMessage({ type: 'run', id: scenario + 1, job });
            }),
        { topology, index },
    );
}

async function topologyOf(file: string): Promise<Topology> {
    const path = inProject('examples', file);
    const source = { uri: pathToFileURL(path).href, text: await readFile(path, 'utf8') };
    const [document] = await loadWorkspace([source], { readFile: (uri) => readFile(fileURLToPath(uri), 'utf8') });
    return document!.topology;
}

function hashOf(message: FromWorker): string {
    return message.type === 'done' && 'run' in message.result ? message.result.run.traceHash : JSON.stringify(message);
}

describe.each(EXAMPLES)('%s', (file) => {
    it('has the same trace hashes in a browser worker as in Node', async () => {
        const topology = await topologyOf(file);
        expect(topology.scenarios.length).toBeGreaterThan(0);
        for (const [index, { name }] of topology.scenarios.entries()) {
            const { run } = await runScenario(topology, index);
            expect(`${name}: ${hashOf(await inBrowser(topology, index))}`).toBe(`${name}: ${run.traceHash}`);
        }
    });
});
