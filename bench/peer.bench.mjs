/** The whole process from a cold start to all findings, beside LikeC4, an architecture language built on Langium, too. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, inProject } from '../scripts/lib/paths.mjs';
import { run } from '../scripts/lib/run.mjs';

const PEER = 'likec4@1.46.0';
const RUNS = 3;
const SIZES = [200, 4000];

export async function bench() {
    const peer = await installPeer();
    const { version } = JSON.parse(await readFile(join(peer, 'package.json'), 'utf8'));
    await run(process.execPath, [inProject('scripts', 'build.mjs')]);
    const folder = await mkdtemp(join(cacheFolder, 'peer-'));
    try {
        const rows = [];
        for (const size of SIZES) rows.push(await compare(size, folder, peer, version));
        return rows;
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** @returns {Promise<string>} the folder of the installed package */
async function installPeer() {
    const prefix = join(cacheFolder, 'peer');
    await mkdir(prefix, { recursive: true });
    await run('npm', ['install', PEER, '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save']);
    return join(prefix, 'node_modules', 'likec4');
}

/** As many nodes here as elements there. @param {number} size @param {string} folder @param {string} peer @param {string} version */
async function compare(size, folder, peer, version) {
    const theirs = join(folder, `peer-${size}`);
    await mkdir(theirs, { recursive: true });
    await writeFile(join(theirs, 'model.c4'), peerModel(size));
    const ours = join(folder, `own-${size}.cluster`);
    await writeFile(ours, ownModel(size));
    const own = await median(() => run(process.execPath, [inProject('bin', 'faultline.cjs'), 'check', ours]));
    const other = await median(() => run(process.execPath, [join(peer, 'bin', 'likec4.mjs'), 'validate', theirs]));
    return {
        what: `check ${size.toLocaleString('en')} nodes, whole process`,
        value: `${own.toFixed(0)} ms`,
        limit: `LikeC4 ${version} validate ${other.toFixed(0)} ms`,
        note: `${(other / own).toFixed(1)} × as fast; median of ${RUNS}`,
    };
}

/** @param {number} size */
function peerModel(size) {
    const element = (/** @type {number} */ index) =>
        `  node n${index} {\n    description 'Node ${index}'\n  }\n` +
        (index > 0 ? `  n${index - 1} -> n${index}\n` : '');
    const elements = Array.from({ length: size }, (_, index) => element(index)).join('');
    return `specification {\n  element node\n}\nmodel {\n${elements}}\nviews {\n  view index {\n    include n0, n1\n  }\n}\n`;
}

/** Clusters of eight nodes, each written out, with the placement of their shards. @param {number} size */
function ownModel(size) {
    const cluster = (/** @type {number} */ index) => {
        const nodes = Array.from(
            { length: 8 },
            (_, node) => `  node n-${node} in r.${'abc'[node % 3]} { rack r${node} }\n`,
        );
        return `cluster c-${index}: redis in r {\n${nodes.join('')}  shards s-[1..3] { replicas 1 }\n}\n`;
    };
    return `region r { zone a  zone b  zone c }\n${Array.from({ length: size / 8 }, (_, index) => cluster(index)).join('')}`;
}

/** @param {() => Promise<unknown>} measured */
async function median(measured) {
    const times = [];
    for (let index = 0; index < RUNS; index++) {
        const startedAt = performance.now();
        await measured();
        times.push(performance.now() - startedAt);
    }
    return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? NaN;
}
