import { ExitCode, MisuseError } from '../exit.js';
import { styled, type Line } from '../output/page.js';
import type { Document } from '../rooms.js';
import type { Session } from '../session.js';
import { collectInputs, STDIN } from './collect.js';
import { readInput, type SourceFile } from './read.js';
import { createSources, type Sources } from './sources.js';

/** What the arguments of a command stand for. */
export interface Workspace {
    readonly documents: readonly Document[];
    readonly sources: Sources;
    /** {@link ExitCode.Misuse} if some argument could not be read; the others are here all the same. */
    readonly code: ExitCode;
}

/** The texts that the arguments of a command stand for. */
export interface Inputs {
    readonly files: readonly SourceFile[];
    /** {@link ExitCode.Misuse} if some argument could not be read. */
    readonly code: ExitCode;
}

/** Reads every input that can be read, and all that they import. Throws {@link MisuseError} if there is none. */
export async function openWorkspace(paths: readonly string[], session: Session): Promise<Workspace> {
    const { files, code } = await readInputs(paths, session);
    const { io, rooms } = session;
    return { documents: await rooms.load(files, io.cwd), sources: createSources(files, io.cwd), code };
}

/** Reads every input that can be read and tells on stderr about the others. Throws {@link MisuseError} if none is left. */
export async function readInputs(paths: readonly string[], { io, console }: Session): Promise<Inputs> {
    const collected = await collectInputs(paths.length === 0 ? ['.'] : paths, io.cwd);
    const problems = [...collected.problems];
    const files: SourceFile[] = [];
    for (const input of collected.inputs) {
        if (input.path === STDIN && io.stdinIsTerminal) {
            console.say([['Reading standard input; end it with Ctrl+D.']]);
        }
        const read = await readInput(input, io);
        if ('problem' in read) {
            problems.push(read.problem);
        } else {
            files.push(read);
        }
    }
    if (files.length === 0) {
        throw new MisuseError(problems.join('\n'));
    }
    console.say(problems.map(problemLine));
    return { files, code: problems.length === 0 ? ExitCode.Clean : ExitCode.Misuse };
}

/** Like {@link openWorkspace}, for a command that takes one file. Throws {@link MisuseError} unless it is exactly one. */
export async function openFile(path: string, session: Session): Promise<{ document: Document; sources: Sources }> {
    const { documents, sources } = await openWorkspace([path], session);
    const [document] = documents;
    if (document === undefined || documents.length > 1) {
        throw new MisuseError(
            `${path} stands for ${documents.length} files; this command takes one.`,
            documents.slice(0, 10).map(({ file }) => `  ${file.name}`),
        );
    }
    return { document, sources };
}

export function problemLine(problem: string): Line {
    return [styled('red', 'error:'), ' ', problem];
}
