/** What the user downloads and waits for: the package's size and the language server's start. */
import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { inProject } from '../scripts/lib/paths.mjs';
import { run } from '../scripts/lib/run.mjs';

const STARTS = 7;

export async function bench() {
    await run(process.execPath, [inProject('scripts', 'package.mjs')]);
    return [await packageSize(), await serverStart()];
}

async function packageSize() {
    const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
    const { size } = await stat(inProject(`faultline-${version}.vsix`));
    return { what: '.vsix', value: `${(size / 1e6).toFixed(2)} MB`, limit: '1.5 MB' };
}

/** Beside an empty Node.js program: what is above it is ours. */
async function serverStart() {
    const server = median(await repeat(STARTS, timeToInitialize));
    const nothing = median(await repeat(STARTS, timeOfEmptyProgram));
    return {
        what: 'server start to `initialize` reply',
        value: `${server.toFixed(0)} ms`,
        limit: '280 ms',
        note: `median of ${STARTS}; ${(server / nothing).toFixed(1)} × an empty Node.js program (${nothing.toFixed(0)} ms)`,
    };
}

/** @returns {Promise<number>} milliseconds */
function timeToInitialize() {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [inProject('dist', 'server.cjs'), '--stdio'], {
        stdio: ['pipe', 'pipe', 'inherit'],
    });
    const params = { processId: process.pid, rootUri: null, capabilities: {} };
    const request = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(request)}\r\n\r\n${request}`);
    return new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('exit', () => reject(new Error('The language server ended before it answered.')));
        child.stdout.once('data', () => {
            resolve(performance.now() - startedAt);
            child.kill();
        });
    });
}

async function timeOfEmptyProgram() {
    const startedAt = performance.now();
    await run(process.execPath, ['-e', '0']);
    return performance.now() - startedAt;
}

/** One after the other. @param {number} count @param {() => Promise<number>} measure */
async function repeat(count, measure) {
    const times = [];
    for (let index = 0; index < count; index++) times.push(await measure());
    return times;
}

/** @param {number[]} values @returns {number} */
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
