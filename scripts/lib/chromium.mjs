import { stat } from 'node:fs/promises';
import { attempt, run } from './run.mjs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Path of a Chromium: `CHROMIUM` in the environment, one that is installed, or Debian's package, which root can install.
 * @param {(line: string) => void} progress
 * @returns {Promise<string>}
 */
export async function ensureChromium(progress) {
    const installed = await findChromium();
    if (installed) return installed;
    if (process.getuid?.() !== 0 || (await attempt('sh', ['-c', 'command -v apt-get'])).code !== 0)
        throw new Error('No Chromium was found. Install it, or name its path in the environment variable CHROMIUM.');
    progress('Installing Chromium with apt-get …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
    const now = await findChromium();
    if (!now) throw new Error('Chromium was installed but its program is at none of the usual places.');
    return now;
}

async function findChromium() {
    for (const path of [process.env.CHROMIUM, ...PLACES]) {
        const there = path && (await stat(path).catch(() => undefined));
        if (path && there) return path;
    }
    return undefined;
}
