/** Starts and stops a VS Code server on loopback, with a profile of its own. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from '../lib/run.mjs';

const HOST = '127.0.0.1';
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 3_000;
const POLL_MS = 50;

/** Nothing talks to the outside, nothing pops up over the work. */
const QUIET_SETTINGS = {
    'telemetry.telemetryLevel': 'off',
    'extensions.autoCheckUpdates': false,
    'extensions.autoUpdate': false,
    'extensions.ignoreRecommendations': true,
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'chat.disableAIFeatures': true,
    'git.enabled': false,
    'security.workspace.trust.enabled': false,
};

/**
 * @typedef {object} ServerOptions
 * @property {string} profile Folder for everything the server writes: settings, extensions, logs. Made if missing.
 * @property {number} [port] Any free one if not given.
 *
 * @typedef {object} RunningServer
 * @property {string} address `http://127.0.0.1:PORT`
 * @property {(folder: string, open?: string) => string} urlOf Address that shows a folder, with a file opened in it.
 * @property {(settings: Record<string, unknown>) => Promise<void>} changeSettings User settings beyond the quiet ones; they count from the window's next load.
 * @property {() => Promise<void>} stop Ends the server and all that it started.
 */

/**
 * Installs an extension into a profile.
 * @param {import('./fetch.mjs').VscodeServer} server @param {string} profile @param {string} vsix
 */
export async function installExtension(server, profile, vsix) {
    const place = ['--server-data-dir', profile, '--extensions-dir', join(profile, 'extensions')];
    const entry = join(server.root, 'out', 'server-main.js');
    const args = [entry, '--accept-server-license-terms', ...place, '--install-extension', vsix, '--force'];
    await run(server.node, args, { env: environment(profile) });
}

/**
 * @param {import('./fetch.mjs').VscodeServer} server
 * @param {ServerOptions} options
 * @returns {Promise<RunningServer>}
 */
export async function startServer(server, { profile, port }) {
    await writeSettings(profile, {});
    const usedPort = port ?? (await freePort());
    const logFile = join(profile, 'server.log');
    const log = openSync(logFile, 'w');
    const child = spawn(server.node, serverArguments(server.root, profile, usedPort), {
        env: environment(profile),
        stdio: ['ignore', log, log],
        detached: true,
    });
    closeSync(log);
    // A group of its own outlives us unless it is ended, however we end.
    process.once('exit', () => signalGroup(child, 'SIGKILL'));
    const address = `http://${HOST}:${usedPort}`;
    await waitUntilAnswers(address, child, logFile);
    return {
        address,
        urlOf: (folder, open) => workbenchUrl(address, folder, open),
        changeSettings: (settings) => writeSettings(profile, settings),
        stop: () => stopGroup(child),
    };
}

/** @param {string} profile @param {Record<string, unknown>} settings */
async function writeSettings(profile, settings) {
    const folder = join(profile, 'data', 'User');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, undefined, 2));
}

/** @param {string} root @param {string} profile @param {number} port */
const serverArguments = (root, profile, port) => [
    join(root, 'out', 'server-main.js'),
    ...['--host', HOST, '--port', String(port), '--without-connection-token', '--accept-server-license-terms'],
    ...['--telemetry-level', 'off', '--server-data-dir', profile, '--extensions-dir', join(profile, 'extensions')],
];

/** @param {string} address @param {string} folder @param {string} [open] */
function workbenchUrl(address, folder, open) {
    const url = new URL(address);
    url.searchParams.set('folder', folder);
    if (open) {
        const file = `vscode-remote://${url.host}${open}`;
        url.searchParams.set('payload', JSON.stringify([['openFile', file]]));
    }
    return url.href;
}

/** A home of its own, and nothing of an editor or debugger that we may be started from. @param {string} profile */
function environment(profile) {
    const inherited = Object.entries(process.env).filter(
        ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|VITEST)/.test(name),
    );
    return { ...Object.fromEntries(inherited), HOME: profile, XDG_RUNTIME_DIR: '' };
}

/** @param {string} address @param {import('node:child_process').ChildProcess} child @param {string} logFile */
async function waitUntilAnswers(address, child, logFile) {
    for (let waited = 0; child.exitCode === null && waited < START_LIMIT_MS; waited += POLL_MS) {
        const answer = await fetch(`${address}/version`).catch(() => undefined);
        if (answer?.ok) return;
        await wait(POLL_MS);
    }
    await stopGroup(child);
    throw new Error(`The VS Code server did not start.\n${await readFile(logFile, 'utf8')}`);
}

/** The server leads a process group of its own, so its extension hosts end with it. @param {import('node:child_process').ChildProcess} child */
async function stopGroup(child) {
    signalGroup(child, 'SIGTERM');
    for (let waited = 0; groupLives(child) && waited < STOP_LIMIT_MS; waited += POLL_MS) await wait(POLL_MS);
    signalGroup(child, 'SIGKILL');
}

/** @param {import('node:child_process').ChildProcess} child @returns {boolean} */
const groupLives = (child) => signalGroup(child, 0);

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals | 0} signal @returns {boolean} whether anyone was there */
function signalGroup(child, signal) {
    if (child.pid === undefined) return false;
    try {
        return process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
    } catch {
        return false;
    }
}

/** @returns {Promise<number>} */
function freePort() {
    return new Promise((resolve, reject) => {
        const probe = createServer();
        probe.on('error', reject);
        probe.listen(0, HOST, () => {
            const bound = probe.address();
            probe.close(() =>
                bound && typeof bound === 'object' ? resolve(bound.port) : reject(new Error('No free port.')),
            );
        });
    });
}
