/** Bundles everything that is shipped into dist/. With `--release` minified, otherwise with source maps. */
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { inProject } from './lib/paths.mjs';

/** @typedef {import('esbuild').BuildOptions} Options */

const release = process.argv.includes('--release');

/** Node 20 lacks `Object.groupBy`, which the parser's library calls. */
const POLYFILLED = { inject: [inProject('scripts', 'polyfill.mjs')] };

/** CommonJS has no `import.meta.url`, by which sources find their own file. A browser, which has no files, never asks. */
const OWN_URL = {
    define: { 'import.meta.url': '__ownUrl' },
    banner: {
        js: `const __ownUrl = typeof __filename === 'string' ? require('node:url').pathToFileURL(__filename).href : '';`,
    },
};

/** @type {Options} */
const NODE = { platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'], ...OWN_URL };
/** @type {Options} */
const BROWSER = { platform: 'browser', format: 'iife', target: 'es2022' };
/** One file for Node and for browsers: what only one of them has is imported when it is known where the file runs. @type {Options} */
const ANYWHERE = { ...NODE, conditions: ['node', 'browser', 'module'] };

/** What is bundled from where: output in dist/ → [entry in src/, options]. @type {Record<string, [string, Options]>} */
const BUNDLES = {
    'extension.js': ['extension/main.ts', { ...ANYWHERE, external: ['vscode'] }],
    'server.js': ['language/server/main.ts', { ...ANYWHERE, ...POLYFILLED, format: 'iife' }],
    'webview.js': ['webview/main.ts', BROWSER],
    // What draws a PNG is native, large and optional: it is loaded when it is needed, if it is there.
    'cli.cjs': ['cli/main.ts', { ...NODE, ...POLYFILLED, external: ['@resvg/resvg-js'] }],
};

/** @param {string} out @param {string} entry @param {Options} options */
async function bundle(out, entry, options) {
    const { metafile } = await build({
        ...options,
        entryPoints: [inProject('src', entry)],
        outfile: inProject('dist', out),
        bundle: true,
        minify: release,
        keepNames: false,
        sourcemap: release ? false : 'linked',
        legalComments: 'none',
        metafile: true,
        logLevel: 'warning',
    });
    await writeFile(inProject('dist', 'meta', `${out}.json`), JSON.stringify(metafile));
}

await rm(inProject('dist'), { recursive: true, force: true });
await mkdir(inProject('dist', 'meta'), { recursive: true });
await Promise.all([
    ...Object.entries(BUNDLES).map(([out, [entry, options]]) => bundle(out, entry, options)),
    copyFile(inProject('node_modules', 'elkjs', 'lib', 'elk-worker.min.js'), inProject('dist', 'elk-worker.min.js')),
]);
process.stdout.write(`Built ${Object.keys(BUNDLES).length} bundles into dist/${release ? ', minified' : ''}.\n`);
