/** Fetches a VS Code server into `.cache/`, from the npm registry alone and without running any install script. */
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { placeStandIns } from './stand-ins.mjs';
import { vscodeVersionOf } from './versions.mjs';

const INSTALL = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
const RIPGREP_VERSION = '1.18.0';

/**
 * @typedef {object} VscodeServer
 * @property {string} root Folder of the server; its entry is `out/server-main.js`.
 * @property {string} node The Node.js binary that it wants.
 */

/**
 * The server of a code-server release, fetched if it is not there yet.
 * @param {string} version of code-server, `4.139.1`
 * @param {(line: string) => void} progress
 * @returns {Promise<VscodeServer>}
 */
export async function ensureVscodeServer(version, progress) {
    const root = join(cacheFolder, `vscode-${vscodeVersionOf(version)}`);
    if (!(await exists(root))) await fetchServer(version, root, progress);
    const own = join(root, nodeBinaryName());
    return { root, node: (await exists(own)) ? own : process.execPath };
}

/** @param {string} version @param {string} root @param {(line: string) => void} progress */
async function fetchServer(version, root, progress) {
    progress(
        `Fetching VS Code ${vscodeVersionOf(version)} (npm package code-server ${version}); once only, about a minute …`,
    );
    await mkdir(cacheFolder, { recursive: true });
    const scratch = await mkdtemp(join(cacheFolder, 'fetching-'));
    try {
        await run('npm', ['pack', '--silent', `code-server@${version}`], { cwd: scratch });
        await run('tar', ['xzf', `code-server-${version}.tgz`], { cwd: scratch });
        const wantedNode = await wantedNodeMajor(join(scratch, 'package'));
        const server = join(scratch, 'package', 'lib', 'vscode');
        progress('Installing its modules from the npm registry …');
        await run('npm', INSTALL, { cwd: server });
        await placeNode(server, scratch, wantedNode, progress);
        await placeRipgrep(server, scratch);
        await placeStandIns(server);
        await rename(server, root);
    } finally {
        await rm(scratch, { recursive: true, force: true });
    }
}

/** @param {string} packageFolder @returns {Promise<string>} */
async function wantedNodeMajor(packageFolder) {
    const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
    return String(manifest.engines.node).replace(/\D*(\d+).*/, '$1');
}

/**
 * Some releases need another Node.js than ours; the registry has its plain binary as a package.
 * @param {string} server @param {string} scratch @param {string} major @param {(line: string) => void} progress
 */
async function placeNode(server, scratch, major, progress) {
    if (process.versions.node.split('.')[0] === major) return;
    progress(`It runs on Node.js ${major}; fetching that too …`);
    const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
    const folder = await installAside(scratch, `${name}@${major}`);
    await copyFile(join(folder, 'node_modules', name, 'bin', nodeBinaryName()), join(server, nodeBinaryName()));
}

/** Older releases download the search program in an install script. @param {string} server @param {string} scratch */
async function placeRipgrep(server, scratch) {
    const home = join(server, 'node_modules', '@vscode', 'ripgrep');
    const binary = process.platform === 'win32' ? 'rg.exe' : 'rg';
    if (!(await exists(home)) || (await exists(join(home, 'bin', binary)))) return;
    const name = `@vscode/ripgrep-${process.platform}-${process.arch}`;
    const folder = await installAside(scratch, `${name}@${RIPGREP_VERSION}`);
    await mkdir(join(home, 'bin'), { recursive: true });
    await copyFile(join(folder, 'node_modules', name, 'bin', binary), join(home, 'bin', binary));
}

/** Installs one package into a new folder and returns that. @param {string} scratch @param {string} spec */
async function installAside(scratch, spec) {
    const folder = await mkdtemp(join(scratch, 'aside-'));
    await run('npm', [...INSTALL, '--prefix', folder, '--no-save', spec], { cwd: folder });
    return folder;
}

const nodeBinaryName = () => (process.platform === 'win32' ? 'node.exe' : 'node');

/** @param {string} path */
const exists = (path) =>
    stat(path).then(
        () => true,
        () => false,
    );
