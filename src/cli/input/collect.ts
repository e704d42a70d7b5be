import { realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { displayName } from './names.js';

/** A file to read: where it is, and what the user calls it. */
export interface InputPath {
    /** Absolute, or {@link STDIN}. */
    readonly path: string;
    /** How messages call it: relative to the working directory if it lies below it, with forward slashes. */
    readonly name: string;
}

export interface Collected {
    /** In the order of the arguments, those of one folder or pattern sorted; each file once. */
    readonly inputs: readonly InputPath[];
    /** Sentences about arguments that name nothing. */
    readonly problems: readonly string[];
}

/** The argument that stands for standard input. */
export const STDIN = '-';

const IGNORED = ['**/node_modules/**', '**/.git/**'];

/** Turns files, folders, patterns and `-` into the files that they stand for. */
export async function collectInputs(args: readonly string[], cwd: string): Promise<Collected> {
    const found = new Map<string, InputPath>();
    const problems: string[] = [];
    for (const arg of args) {
        const expanded = await expand(arg, cwd);
        if (expanded.problem !== undefined) {
            problems.push(expanded.problem);
        }
        for (const path of expanded.paths) {
            const identity = path === STDIN ? STDIN : await realpath(path).catch(() => path);
            if (!found.has(identity)) {
                found.set(identity, { path, name: path === STDIN ? '<stdin>' : displayName(path, cwd) });
            }
        }
    }
    return { inputs: [...found.values()], problems };
}

interface Expanded {
    readonly paths: readonly string[];
    readonly problem?: string;
}

async function expand(arg: string, cwd: string): Promise<Expanded> {
    if (arg === STDIN) {
        return { paths: [STDIN] };
    }
    const path = resolve(cwd, arg);
    const stats = await stat(path).catch(() => undefined);
    if (stats?.isDirectory() === true) {
        const paths = await matches('**/*.cluster', path);
        return paths.length > 0 ? { paths } : { paths, problem: `There is no .cluster file in the folder ${arg}.` };
    }
    if (stats === undefined && isDynamicPattern(arg)) {
        const paths = await matches(sep === '/' ? arg : arg.replaceAll(sep, '/'), cwd);
        return paths.length > 0 ? { paths } : { paths, problem: `No file matches the pattern ${arg}.` };
    }
    // Whatever else is wrong with the path, reading it will tell.
    return { paths: [path] };
}

async function matches(pattern: string, cwd: string): Promise<string[]> {
    const paths = await glob(pattern, { cwd, absolute: true, dot: false, ignore: IGNORED });
    return paths.map((path) => resolve(path)).sort();
}
