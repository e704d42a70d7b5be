import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MisuseError } from '../exit.js';
import type { Session } from '../session.js';
import { reason } from './read.js';

/** Writes a file that the user asked for and says so on stderr. Throws {@link MisuseError} if it cannot be written. */
export async function writeOutput(path: string, content: string | Uint8Array, { io, console }: Session): Promise<void> {
    const problem = await tryToWrite(resolve(io.cwd, path), path, content);
    if (problem !== undefined) {
        throw new MisuseError(problem);
    }
    console.say([[`Wrote ${path}.`]]);
}

/** Writes a file, or tells in a sentence why it cannot be written. */
export async function tryToWrite(
    path: string,
    name: string,
    content: string | Uint8Array,
): Promise<string | undefined> {
    try {
        await writeFile(path, content);
        return undefined;
    } catch (error) {
        const why = isMissing(error) ? 'its folder does not exist' : reason(error);
        return `${name} cannot be written: ${why}.`;
    }
}

function isMissing(error: unknown): boolean {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
