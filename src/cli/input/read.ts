import { open } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Io } from '../io.js';
import { STDIN, type InputPath } from './collect.js';

/** A text with its names. */
export interface SourceFile {
    /** `file:` URI, or {@link STDIN_URI}. */
    readonly uri: string;
    /** How messages and JSON call it. */
    readonly name: string;
    /** How a command line calls it. */
    readonly argument: string;
    readonly text: string;
}

/** What is wrong with one input, as a sentence. */
export interface Unreadable {
    readonly problem: string;
}

const STDIN_URI = 'stdin:/standard-input.cluster';

/** 100,000 nodes written out one a line are a tenth of this. */
const MAXIMUM_BYTES = 64 * 1024 * 1024;

/** Reads one input as UTF-8 text; a byte order mark in front is dropped. */
export async function readInput(input: InputPath, io: Io): Promise<SourceFile | Unreadable> {
    const bytes = await readBytes(input, io);
    if (!(bytes instanceof Uint8Array)) {
        return bytes;
    }
    if (bytes.length > MAXIMUM_BYTES) {
        return { problem: `${input.name} is larger than ${MAXIMUM_BYTES / 1024 / 1024} MiB, the most that is read.` };
    }
    const text = decode(bytes);
    if (text === undefined) {
        return { problem: `${input.name} is not a text file in UTF-8.` };
    }
    return input.path === STDIN
        ? { uri: STDIN_URI, name: input.name, argument: STDIN, text }
        : { uri: pathToFileURL(input.path).href, name: input.name, argument: input.name, text };
}

/** The text of a file, or undefined if there is none that can be read as text. */
export async function readTextFile(path: string): Promise<string | undefined> {
    const bytes = await readFileBytes(path).catch(() => undefined);
    return bytes === undefined || bytes.length > MAXIMUM_BYTES ? undefined : decode(bytes);
}

async function readBytes(input: InputPath, io: Io): Promise<Uint8Array | Unreadable> {
    try {
        return await (input.path === STDIN ? io.readStdin(MAXIMUM_BYTES) : readFileBytes(input.path));
    } catch (error) {
        return { problem: `${input.name} cannot be read: ${reason(error)}.` };
    }
}

/** Reads one byte more than allowed at most, so that an endless device ends too. */
async function readFileBytes(path: string): Promise<Uint8Array> {
    const file = await open(path, 'r');
    try {
        const chunks: Uint8Array[] = [];
        let length = 0;
        for await (const chunk of file.createReadStream({ end: MAXIMUM_BYTES, autoClose: false })) {
            const bytes = chunk as Uint8Array;
            chunks.push(bytes);
            length += bytes.length;
        }
        return Buffer.concat(chunks, length);
    } finally {
        await file.close();
    }
}

/** undefined for bytes that are no UTF-8, or that hold a NUL as binary files and UTF-16 do. */
function decode(bytes: Uint8Array): string | undefined {
    if (bytes.includes(0)) {
        return undefined;
    }
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
        return undefined;
    }
}

const REASONS: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is not a folder',
    ELOOP: 'its symbolic links lead in a circle',
    ENAMETOOLONG: 'its name is too long',
    EMFILE: 'too many files are open',
    ENOSPC: 'no space is left on the device',
    EROFS: 'it lies on a read-only file system',
};

/** Why the operating system refused, in words. */
export function reason(error: unknown): string {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
