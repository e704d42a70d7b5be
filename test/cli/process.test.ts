import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { inProject } from '../../scripts/lib/paths.mjs';
import { folderWith } from './console.js';

const PROGRAM = inProject('bin', 'faultline.cjs');

interface Ended {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs the built program. `stopReading`: closes its standard output after the first piece of it. */
function start(args: readonly string[], { stdin = '', stopReading = false } = {}): Promise<Ended> {
    return new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [PROGRAM, ...args]);
        let stdout = '';
        let stderr = '';
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
            stdout += text;
            if (stopReading) {
                child.stdout.destroy();
            }
        });
        child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
        child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
        child.stdin.end(stdin);
    });
}

beforeAll(() => {
    expect(existsSync(inProject('dist', 'cli.cjs')), 'dist/cli.cjs is there; npm run build makes it').toBe(true);
});

describe('the built program', () => {
    it('reads standard input and sets the exit code', async () => {
        const { code, stdout, stderr } = await start(['check', '-', '--format', 'json'], { stdin: 'scenaro x' });
        expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
        expect(JSON.parse(stdout)).toMatchObject({ version: 1, diagnostics: [{ file: '<stdin>', severity: 'error' }] });
    });

    it('writes everything into a pipe before it ends', async () => {
        const args = ['simulate', inProject('examples/redis.cluster'), '--scenario', 'primary-crash'];
        const { code, stdout } = await start([...args, '--runs', '200', '--format', 'json']);
        expect(code).toBe(0);
        expect((JSON.parse(stdout) as { runs: unknown[] }).runs).toHaveLength(200);
    });

    it('takes it quietly when its reader goes away', async () => {
        const unknown = Array.from(
            { length: 3000 },
            (_, index) => `workload w-${index} { reads nothing-${index} 1/s }`,
        );
        const folder = await folderWith({ 'many.cluster': unknown.join('\n') });
        const { code, stderr } = await start(['check', folder], { stopReading: true });
        expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    });

    it('ends with 2 for what it does not understand', async () => {
        expect(await start(['chekc'])).toMatchObject({ code: 2, stdout: '' });
    });
});
