import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from './paths.mjs';
import { attempt } from './run.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * Runs vitest with a configuration and counts its tests. A run that ends badly counts as at least one failure, and so does
 * one that found no test.
 * @param {string} vitest its program
 * @param {string} config
 * @param {NodeJS.ProcessEnv} env on top of our own
 * @returns {Promise<Count>}
 */
export async function countTests(vitest, config, env) {
    const folder = await mkdtemp(join(tmpdir(), 'faultline-count-'));
    const outputFile = join(folder, 'result.json');
    try {
        const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${outputFile}`];
        const { code } = await attempt(process.execPath, [vitest, 'run', '--config', config, ...reporters], {
            cwd: inProject(),
            env: { ...process.env, ...env },
            show: true,
        });
        const result = JSON.parse(await readFile(outputFile, 'utf8'));
        const passed = Number(result.numPassedTests);
        const failed = Number(result.numTotalTests) - passed - Number(result.numPendingTests);
        return { passed, failed: Math.max(failed, code === 0 && passed > 0 ? 0 : 1) };
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
