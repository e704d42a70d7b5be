import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MisuseError } from '../exit.js';
import type { Session } from '../session.js';
import { reason } from './read.js';

/** Writes a file that the user asked for and says so on stderr. Throws {@link MisuseError} if it cannot be written. */
export async function writeOutput(path: string, text: string, { io, console }: Session): Promise<void> {
    try {
        await writeFile(resolve(io.cwd, path), text);
    } catch (error) {
        const why = isMissing(error) ? 'its folder does not exist' : reason(error);
        throw new MisuseError(`${path} cannot be written: ${why}.`);
    }
    console.say([[`Wrote ${path}.`]]);
}

function isMissing(error: unknown): boolean {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
