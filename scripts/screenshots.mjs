/** `npm run screenshots`: the README's pictures, taken in a real VS Code with the packaged extension, into images/. */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from './lib/chromium.mjs';
import { inProject } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureVscodeServer } from './vscode-server/fetch.mjs';
import { installExtension, startServer } from './vscode-server/run.mjs';
import { codeServerVersions } from './vscode-server/versions.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ name: string, theme: string, file: string, height: number, pose: (page: Page) => Promise<void> }} Picture */

const WIDTH = 1400;
const LIMIT_KILOBYTES = 220;

/** The text and the drawing fill the window; nothing flickers. */
const SETTINGS = {
    'editor.minimap.enabled': false,
    'editor.cursorBlinking': 'solid',
    'editor.renderLineHighlight': 'none',
    'editor.occurrencesHighlight': 'off',
    'editor.scrollBeyondLastLine': false,
    'editor.guides.indentation': false,
    'editor.wordWrap': 'on',
    'editor.wrappingIndent': 'indent',
    'editor.fontSize': 13,
    'editor.lineHeight': 18,
    'breadcrumbs.enabled': false,
    'window.commandCenter': false,
    'workbench.activityBar.location': 'hidden',
    'workbench.layoutControl.enabled': false,
};

/** @type {readonly Picture[]} */
const PICTURES = [
    { name: 'preview-light', theme: 'Default Light Modern', file: 'redis.cluster', height: 900, pose: withPreview },
    { name: 'preview-dark', theme: 'Default Dark Modern', file: 'redis.cluster', height: 900, pose: withPreview },
    { name: 'timeline-light', theme: 'Default Light Modern', file: 'redis.cluster', height: 900, pose: withTimeline },
    { name: 'timeline-dark', theme: 'Default Dark Modern', file: 'redis.cluster', height: 900, pose: withTimeline },
    { name: 'testing-light', theme: 'Default Light Modern', file: 'refuted.cluster', height: 760, pose: withTests },
    { name: 'testing-dark', theme: 'Default Dark Modern', file: 'refuted.cluster', height: 760, pose: withTests },
    { name: 'report', theme: 'Default Light Modern', file: 'redis.cluster', height: 660, pose: withReport },
    { name: 'refuted', theme: 'Default Light Modern', file: 'refuted.cluster', height: 760, pose: withRefutation },
    { name: 'completion', theme: 'Default Light Modern', file: 'even.cluster', height: 440, pose: withCompletion },
    { name: 'hover', theme: 'Default Light Modern', file: 'even.cluster', height: 440, pose: withHover },
    { name: 'quick-fix', theme: 'Default Light Modern', file: 'even.cluster', height: 440, pose: withQuickFix },
];

/** @param {Page} page */
const proved = (page) => page.locator('.codelens-decoration', { hasText: /✓|✗/ }).first().waitFor();

/** @param {Page} page */
const understood = (page) => page.locator('.view-line', { hasText: 'survives 1' }).waitFor();

/** @param {Page} page */
async function withPreview(page) {
    await proved(page);
    await openPreview(page);
}

/** @param {Page} page @returns the page that draws, once the drawing stands where it stays */
async function openPreview(page) {
    await command(page, 'Cluster: Open Topology Preview');
    const drawing = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await drawing.locator('.stage[data-layout="refined"]').waitFor();
    return drawing;
}

/** Zone a was failed from its menu; the playhead stands where nobody leads s-1. @param {Page} page */
async function withTimeline(page) {
    await proved(page);
    const drawing = await openPreview(page);
    await drawing
        .locator('[data-id="zone:us-east-1.a"]')
        .first()
        .click({ button: 'right', position: { x: 40, y: 12 } });
    await drawing.getByRole('menuitem', { name: /^Fail zone a/ }).click();
    await drawing.locator('.node[data-state=off]').first().waitFor();
    await drawing.getByRole('button', { name: /^Next change/ }).click();
    await moveMouseAside(page);
}

/** An objective that is refuted, with what breaks it below its clause. @param {Page} page */
async function withTests(page) {
    await proved(page);
    await command(page, 'Testing: Focus on Test Explorer View');
    const file = page.locator('.test-explorer .monaco-list-row', { hasText: 'refuted.cluster' });
    await file.click();
    await page.keyboard.press('ArrowRight');
    await file.hover();
    await file.getByRole('button', { name: 'Run Test' }).click();
    await page.locator('.test-explorer .codicon-testing-failed-icon').first().waitFor();
    await page.locator('.test-explorer .codicon-testing-passed-icon').first().waitFor();
    await command(page, 'View: Hide Panel');
    await command(page, 'View: Focus First Editor Group');
    await goTo(page, 28);
    await page.locator('.test-error-content-widget').first().click();
    await page.locator('.peekview-widget', { hasText: 'Expected' }).waitFor();
    await moveMouseAside(page);
}

/** @param {Page} page */
async function withReport(page) {
    await proved(page);
    await page.locator('.codelens-decoration a', { hasText: 'Run' }).first().click();
    await page.locator('.tab', { hasText: '(report)' }).waitFor();
    await page.locator('.view-line', { hasText: 'cache-5' }).last().waitFor();
    await page.locator('.notification-toast').waitFor({ state: 'detached' });
    await moveMouseAside(page);
}

/** @param {Page} page */
async function withRefutation(page) {
    await proved(page);
    await command(page, 'Problems: Focus on Problems View');
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'objective/refuted' }).first().waitFor();
    await command(page, 'View: Focus Active Editor Group');
    await goTo(page, 24);
    await page.locator('.codelens-decoration', { hasText: '✗' }).waitFor();
}

/** A setting of a Kafka topic, with its documentation. @param {Page} page */
async function withCompletion(page) {
    await understood(page);
    await goTo(page, 10);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('min');
    await page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'min.insync.replicas' }).waitFor();
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-details', { hasText: 'must be in sync' }).waitFor();
}

/** @param {Page} page */
async function withHover(page) {
    await understood(page);
    await goTo(page, 11, 9);
    await command(page, 'Show or Focus Hover');
    await page.locator('.monaco-hover-content', { hasText: 'unclean.leader.election.enable' }).first().waitFor();
}

/** Ways out of an even number of controllers. @param {Page} page */
async function withQuickFix(page) {
    await page.locator('.squiggly-warning').first().waitFor();
    await goTo(page, 5, 10);
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row', { hasText: 'Use 3 controllers' }).waitFor();
}

/** To the status bar, where it points at nothing. @param {Page} page */
async function moveMouseAside(page) {
    await page.mouse.move(WIDTH / 2, (page.viewportSize()?.height ?? 0) - 8);
}

/** @param {Page} page @param {number} line @param {number} [column] */
async function goTo(page, line, column = 1) {
    await page.keyboard.press('Control+G');
    const input = page.locator('.quick-input-widget input.input');
    await input.fill(`:${line}:${column}`);
    await page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
}

/** @param {Page} page @param {string} title */
async function command(page, title) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input.input').fill(`>${title}`);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
    await page.keyboard.press('Enter');
}

/** The example, and in a file of its own the same with both copies of s-1 in zone a. @param {string} workspace */
async function addExamples(workspace) {
    const text = await readFile(inProject('examples', 'redis.cluster'), 'utf8');
    await mkdir(workspace);
    await writeFile(join(workspace, 'redis.cluster'), text);
    const moved = text
        .replace('on cache-1, cache-5', 'on cache-1, cache-4')
        .replace('on cache-3, cache-4', 'on cache-3, cache-5');
    await writeFile(join(workspace, 'refuted.cluster'), moved);
    await writeFile(join(workspace, 'even.cluster'), EVEN);
}

/** What somebody may be typing: four controllers, and a topic whose settings are not finished. */
const EVEN = `region us-east-1 { zone a  zone b  zone c }

/** KRaft, dedicated controllers, racks are zones. */
cluster orders: kafka "4.1" in us-east-1 {
  nodes ctl-[1..4] across zones as controller
  nodes brk-[1..6] across zones as broker
  topic payments {
    partitions 12
    replicas 3
    settings {
      unclean.leader.election.enable = false
    }
  }
}
`;

const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
const scratch = await mkdtemp(join(tmpdir(), 'faultline-screenshots-'));
/** @type {(() => Promise<unknown>)[]} */
const undo = [() => rm(scratch, { recursive: true, force: true, maxRetries: 5 })];
try {
    await run(process.execPath, [inProject('scripts', 'package.mjs')]);
    const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
    const [workspace, profile] = [join(scratch, 'examples'), join(scratch, 'profile')];
    await addExamples(workspace);
    const vscode = await ensureVscodeServer(codeServerVersions.recent, say);
    await installExtension(vscode, profile, inProject(`faultline-${version}.vsix`));
    const server = await startServer(vscode, { profile });
    undo.push(() => server.stop());
    const browser = await chromium.launch({
        executablePath: await ensureChromium(say),
        args: ['--no-sandbox', '--disable-gpu', '--disable-lcd-text'],
    });
    undo.push(() => browser.close());
    await mkdir(inProject('images'), { recursive: true });
    for (const { name, theme, file, height, pose } of PICTURES) {
        await server.changeSettings({ ...SETTINGS, 'workbench.colorTheme': theme });
        const page = await browser.newPage({ viewport: { width: WIDTH, height } });
        await page.goto(server.urlOf(workspace, join(workspace, file)));
        await page.locator('.statusbar-item[aria-label*="Faultline is running"]').first().waitFor({ timeout: 60_000 });
        await command(page, 'View: Close Primary Side Bar');
        await moveMouseAside(page);
        await pose(page);
        const path = inProject('images', `${name}.png`);
        await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
        const kilobytes = (await stat(path)).size / 1e3;
        say(`${path}: ${kilobytes.toFixed(0)} kB`);
        if (kilobytes > LIMIT_KILOBYTES) throw new Error(`The picture is larger than ${LIMIT_KILOBYTES} kB.`);
        await page.close();
    }
} finally {
    for (const step of undo.reverse()) await step();
}
