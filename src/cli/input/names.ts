import { isAbsolute, relative, sep } from 'node:path';

/** What a path is called: relative to the working directory if it lies below it, always with forward slashes. */
export function displayName(path: string, cwd: string): string {
    const below = relative(cwd, path);
    const name = below === '' || below.startsWith('..') || isAbsolute(below) ? path : below;
    return sep === '/' ? name : name.replaceAll(sep, '/');
}
