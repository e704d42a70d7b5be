/** One seed is one history: on this Node and on the one that the tested VS Code server brings along. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { inProject } from '../../scripts/lib/paths.mjs';
import { ensureVscodeServer, type VscodeServer } from '../../scripts/vscode-server/fetch.mjs';
import { testedCodeServer } from './harness/session.js';

const run = promisify(execFile);
/** Bytes of output. */
const MUCH = { maxBuffer: 2 ** 28 };
const EXAMPLES = (await readdir(inProject('examples'))).filter((file) => file.endsWith('.cluster')).sort();

let server: VscodeServer;

beforeAll(async () => {
    server = await ensureVscodeServer(testedCodeServer(), () => undefined);
});

/** The whole output of three runs of the file's first scenario, trace hashes included. */
async function runsOn(node: string, file: string): Promise<string> {
    const path = inProject('examples', file);
    const scenario = /^scenario ([\w-]+)/m.exec(await readFile(path, 'utf8'))?.[1] ?? '';
    const options = ['--scenario', scenario, '--runs', '3', '--format', 'json'];
    const { stdout } = await run(node, [inProject('dist', 'cli.cjs'), 'simulate', path, ...options], MUCH);
    return stdout;
}

describe.each(EXAMPLES)('%s', (file) => {
    it('runs alike twice, and on the other Node', async () => {
        const first = await runsOn(process.execPath, file);
        expect(first).toMatch(/"traceHash": "[0-9a-f]{16}"/);
        expect(await runsOn(process.execPath, file)).toBe(first);
        expect(await runsOn(server.node, file)).toBe(first);
    });
});
