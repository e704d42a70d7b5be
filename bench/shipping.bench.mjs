/** What the user downloads and waits for: the package's size and the language server's start. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { inProject } from '../scripts/lib/paths.mjs';
import { run } from '../scripts/lib/run.mjs';

const STARTS = 7;
/** Of the files in the package, in bytes as they are packed. */
const SMALLEST_REPORTED = 5000;

export async function bench() {
    await run(process.execPath, [inProject('scripts', 'package.mjs')]);
    return [...(await packageSizes()), await serverStart()];
}

/** The package and what weighs in it. */
async function packageSizes() {
    const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
    const packed = await readFile(inProject(`faultline-${version}.vsix`));
    const files = entriesOf(packed)
        .filter(({ compressed }) => compressed >= SMALLEST_REPORTED)
        .sort((a, b) => b.compressed - a.compressed);
    return [
        { what: '.vsix', value: `${(packed.length / 1e6).toFixed(2)} MB`, limit: '1.5 MB' },
        ...files.map(({ path, compressed, size }) => ({
            what: `  ${path.replace(/^extension\//, '')}`,
            value: `${(compressed / 1e3).toFixed(0)} kB`,
            note: `unpacked ${(size / 1e3).toFixed(0)} kB`,
        })),
    ];
}

/** Reads a zip file's own table of contents. @param {Buffer} zip */
function entriesOf(zip) {
    const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    const entries = [];
    let at = zip.readUInt32LE(end + 16);
    for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
        const endOfName = at + 46 + zip.readUInt16LE(at + 28);
        const path = zip.toString('utf8', at + 46, endOfName);
        entries.push({ path, compressed: zip.readUInt32LE(at + 20), size: zip.readUInt32LE(at + 24) });
        at = endOfName + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
    return entries;
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
    const child = spawn(process.execPath, [inProject('dist', 'server.js'), '--stdio'], {
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
