import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import type { Rooms } from '../../src/cli/rooms.js';
import { run } from '../../src/cli/run.js';

export interface Surroundings {
    readonly cwd?: string;
    readonly stdin?: string | Uint8Array;
    readonly terminal?: boolean;
    readonly env?: Record<string, string>;
}

export interface Outcome {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs one command line in this process and returns everything that it printed. */
export async function faultline(args: readonly string[], rooms: Rooms, around: Surroundings = {}): Promise<Outcome> {
    const { cwd = process.cwd(), stdin = '', terminal = false, env = {} } = around;
    let stdout = '';
    let stderr = '';
    const io: Io = {
        stdout: { terminal, write: (text) => void (stdout += text) },
        stderr: { terminal, write: (text) => void (stderr += text) },
        env,
        cwd,
        stdinIsTerminal: false,
        readStdin: () => Promise.resolve(typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
    };
    const code = await run(args, io, rooms);
    return { code, stdout, stderr };
}

/** A folder with these files that lives as long as the test. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'faultline-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), content);
    }
    return folder;
}
