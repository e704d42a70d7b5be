/**
 * `npm start`: builds the extension and opens it on the example files, in a VS Code in the browser that is served on loopback.
 * `npm start -- --desktop` uses the desktop VS Code that is installed instead. `--port N` fixes the port.
 */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, inProject } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureVscodeServer } from './vscode-server/fetch.mjs';
import { installExtension, startServer } from './vscode-server/run.mjs';
import { codeServerVersions } from './vscode-server/versions.mjs';

const EXAMPLES = inProject('examples');
const FIRST_FILE = join(EXAMPLES, 'redis.cluster');

const { values } = parseArgs({ options: { desktop: { type: 'boolean' }, port: { type: 'string' } } });
const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);

if (values.desktop) await startOnDesktop();
else await startInBrowser(values.port === undefined ? undefined : Number(values.port));

/** @param {number} [port] */
async function startInBrowser(port) {
    /** @type {import('./vscode-server/run.mjs').RunningServer | undefined} */
    let running;
    /** @type {Promise<void> | undefined} A terminal and npm may both pass the same Ctrl+C on. */
    let stopping;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
        process.on(signal, () => {
            stopping ??= (running?.stop() ?? Promise.resolve()).then(() => process.exit(0));
        });
    const vsix = await packageExtension();
    const server = await ensureVscodeServer(codeServerVersions.recent, say);
    const profile = join(cacheFolder, 'start');
    say('Starting VS Code …');
    await installExtension(server, profile, vsix);
    running = await startServer(server, { profile, ...(port === undefined ? {} : { port }) });
    say('');
    say('Faultline runs in VS Code in your browser. Open this address (Ctrl+C stops it):');
    say('');
    say(`  ${running.urlOf(EXAMPLES, FIRST_FILE)}`);
    say('');
}

/** @returns {Promise<string>} path of the .vsix */
async function packageExtension() {
    say('Building the extension …');
    await run(process.execPath, [inProject('scripts', 'package.mjs')]);
    const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
    return inProject(`faultline-${version}.vsix`);
}

async function startOnDesktop() {
    say('Building the extension …');
    await run(process.execPath, [inProject('scripts', 'generate.mjs')]);
    await run(process.execPath, [inProject('scripts', 'build.mjs')]);
    const code = spawn('code', ['--new-window', `--extensionDevelopmentPath=${inProject()}`, EXAMPLES, FIRST_FILE], {
        stdio: 'inherit',
        shell: process.platform === 'win32',
    });
    code.on('error', () => {
        say('The command `code` was not found. In VS Code, run "Shell Command: Install \'code\' command in PATH".');
        process.exitCode = 2;
    });
}
