/** One seed is one history: on this Node and on the one that the tested VS Code server brings along. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { inProject } from '../../scripts/lib/paths.mjs';
import { ensureVscodeServer, type VscodeServer } from '../../scripts/vscode-server/fetch.mjs';
import { testedCodeServer } from './harness/session.js';

const run = promisify(execFile);
const SCENARIOS = [
    ['redis.cluster', 'primary-crash'],
    ['redis.cluster', 'two-primaries-at-once'],
    ['server.cluster', 'active-gateway-dies'],
    ['server.cluster', 'web-zone-dark'],
] as const;

let server: VscodeServer;

beforeAll(async () => {
    server = await ensureVscodeServer(testedCodeServer(), () => undefined);
});

/** The whole output of three runs, trace hashes included. */
async function runsOn(node: string, file: string, scenario: string): Promise<string> {
    const program = inProject('dist', 'cli.cjs');
    const options = ['--scenario', scenario, '--runs', '3', '--format', 'json'];
    const { stdout } = await run(node, [program, 'simulate', inProject('examples', file), ...options]);
    return stdout;
}

describe.each(SCENARIOS)('%s, %s', (file, scenario) => {
    it('runs alike twice, and on the other Node', async () => {
        const first = await runsOn(process.execPath, file, scenario);
        expect(first).toMatch(/"traceHash": "[0-9a-f]{16}"/);
        expect(await runsOn(process.execPath, file, scenario)).toBe(first);
        expect(await runsOn(server.node, file, scenario)).toBe(first);
    });
});
