/** A server that lives while its worker dies of the first message that it gets. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from './session.js';

/** The server's file is the worker's too, so that the death stands in front of what both run. */
const DEATH = `const { parentPort } = require('node:worker_threads');
if (parentPort) return parentPort.on('message', () => { throw new Error('planted'); });
`;

/** Workers that start from now on die. @returns what makes the next one live again; it may be called more than once */
export async function plantWorkerDeath(session: Session): Promise<() => Promise<void>> {
    const file = join(await session.installedIn(), 'dist', 'server.js');
    const sound = await readFile(file, 'utf8');
    await writeFile(file, DEATH + sound);
    return () => writeFile(file, sound);
}
