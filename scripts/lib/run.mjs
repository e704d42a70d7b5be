import { spawn } from 'node:child_process';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [show] Pass the output through as well as returning it.
 */

/**
 * Runs a program to its end and returns what it printed on both streams, in order of arrival.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function attempt(command, args, options = {}) {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, {
            cwd: options.cwd,
            env: options.env ?? process.env,
            stdio: ['ignore', 'pipe', 'pipe'],
            shell: process.platform === 'win32',
        });
        let output = '';
        for (const stream of [child.stdout, child.stderr]) {
            stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
                output += text;
                if (options.show) process.stdout.write(text);
            });
        }
        child.on('error', reject);
        child.on('close', (code) => resolve({ code: code ?? 1, output }));
    });
}

/**
 * As {@link attempt}, but an exit code other than 0 is an error that carries the output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>}
 */
export async function run(command, args, options = {}) {
    const { code, output } = await attempt(command, args, options);
    if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with exit code ${code}.\n${output}`);
    return output;
}
