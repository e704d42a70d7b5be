/**
 * `npm run preview -- FILE`: the page that draws, without VS Code, in any browser: the file's drawing with everything that can
 * be done to it, redrawn when the file changes. The language server runs in this process. `--port N` fixes the port.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bundled } from './lib/bundle.mjs';
import { cacheFolder, inProject } from './lib/paths.mjs';

/** @typedef {typeof import('../test/webview/served/preview.js')} Served */

const THEMES = /** @type {const} */ ([
    'vscode-light',
    'vscode-dark',
    'vscode-high-contrast',
    'vscode-high-contrast vscode-high-contrast-light',
]);

const { values, positionals } = parseArgs({ options: { port: { type: 'string' } }, allowPositionals: true });
const file = resolve(process.env.INIT_CWD ?? '.', positionals[0] ?? inProject('examples', 'redis.cluster'));
const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

process.chdir(inProject());
await mkdir(cacheFolder, { recursive: true });
const scratch = await mkdtemp(join(cacheFolder, 'preview-'));
try {
    const path = await bundled('test/webview/served/preview.ts', scratch);
    /** @type {Served} */
    const { servePreview } = await import(pathToFileURL(path).href);
    const preview = await servePreview(file, say, Number(values.port ?? 0));
    say(`${file} is drawn in these pages (Ctrl+C stops them):`);
    for (const theme of THEMES) say(`  ${preview.address(theme)}`);
    await new Promise((stopped) => {
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stopped(undefined));
    });
    await preview.close();
} finally {
    await rm(scratch, { recursive: true, force: true });
}
