/**
 * `npm test`: everything that is checked, one phase after the other. It goes on after a failure and ends with the count of
 * all phases. `--only lint,unit` runs some phases alone.
 */
import { parseArgs } from 'node:util';
import { ensureChromium } from './lib/chromium.mjs';
import { inProject } from './lib/paths.mjs';
import { attempt } from './lib/run.mjs';
import { countTests } from './lib/test-count.mjs';
import { ensureVscodeServer } from './vscode-server/fetch.mjs';
import { codeServerVersions, vscodeVersionOf } from './vscode-server/versions.mjs';

/** @typedef {import('./lib/test-count.mjs').Count} Count */
/** @typedef {{ name: string, title: string, run: () => Promise<Count> }} Phase */

const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
const script = (/** @type {string} */ name) => inProject('scripts', name);
const modules = (/** @type {string[]} */ ...path) => inProject('node_modules', ...path);

/** A program that is right or wrong as a whole. @param {string[]} args @returns {Promise<Count>} */
async function check(...args) {
    const { code } = await attempt(process.execPath, args, { cwd: inProject(), show: true });
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @param {string} config @param {NodeJS.ProcessEnv} [env] */
const vitest = (config, env = {}) => countTests(modules('vitest', 'vitest.mjs'), inProject(config), env);

/** @param {string} codeServer @returns {Promise<Count>} */
async function inVscode(codeServer) {
    await ensureChromium(say);
    await ensureVscodeServer(codeServer, say);
    return vitest('test/vscode/vitest.config.mts', { FAULTLINE_CODE_SERVER: codeServer });
}

/** @param {'lowest' | 'recent'} which @returns {Phase} */
const vscodePhase = (which) => ({
    name: `vscode-${which}`,
    title: `The installed extension in VS Code ${vscodeVersionOf(codeServerVersions[which])}, Node and web worker host`,
    run: () => inVscode(codeServerVersions[which]),
});

/** @type {readonly Phase[]} */
const PHASES = [
    { name: 'generate', title: 'Generate the parser', run: () => check(script('generate.mjs')) },
    { name: 'build', title: 'Build', run: () => check(script('build.mjs')) },
    { name: 'lint', title: 'Lint', run: () => check(modules('eslint', 'bin', 'eslint.js'), '--max-warnings=0', '.') },
    {
        name: 'format',
        title: 'Format',
        run: () => check(modules('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.'),
    },
    { name: 'types', title: 'Types', run: () => check(modules('typescript', 'bin', 'tsc'), '-p', '.') },
    {
        name: 'webview-types',
        title: 'Types of the webview',
        run: () => check(modules('typescript', 'bin', 'tsc'), '-p', 'src/webview'),
    },
    { name: 'unused', title: 'Nothing unused', run: () => check(modules('knip', 'bin', 'knip.js'), '--no-progress') },
    { name: 'unit', title: 'Units, golden files, properties, import graph', run: () => vitest('vitest.config.mts') },
    { name: 'package', title: 'Package', run: () => check(script('package.mjs')) },
    vscodePhase('lowest'),
    vscodePhase('recent'),
];

/** An error of the set-up counts as a failed check of its phase. @param {Phase} phase @returns {Promise<Count>} */
async function runPhase(phase) {
    try {
        return await phase.run();
    } catch (error) {
        say(error instanceof Error ? (error.stack ?? error.message) : String(error));
        return { passed: 0, failed: 1 };
    }
}

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = values.only?.split(',');
const unknown = wanted?.filter((name) => !PHASES.some((phase) => phase.name === name)) ?? [];
if (unknown.length > 0) {
    say(`No phase is called ${unknown.join(' or ')}. There are: ${PHASES.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
}

const results = [];
for (const phase of PHASES.filter(({ name }) => wanted?.includes(name) ?? true)) {
    say(`\n── ${phase.title} (${phase.name})`);
    const startedAt = performance.now();
    const count = await runPhase(phase);
    results.push({ phase, count, seconds: (performance.now() - startedAt) / 1000 });
}

say('');
for (const { phase, count, seconds } of results) {
    const mark = count.failed === 0 ? '✓' : '✗';
    say(`${mark} ${phase.name.padEnd(15)} ${count.passed} passed, ${count.failed} failed  (${seconds.toFixed(0)} s)`);
}
const passed = results.reduce((sum, { count }) => sum + count.passed, 0);
const failed = results.reduce((sum, { count }) => sum + count.failed, 0);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
