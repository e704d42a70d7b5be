import { readFileSync } from 'node:fs';
import { loadWorkspace, type WorkspaceDocument, type WorkspaceOptions } from '../../src/language/index.js';

export const MAIN = 'file:///project/main.cluster';

/** Reads one text, together with the files that it may import (by name, beside it). */
export async function read(
    text: string,
    beside: Readonly<Record<string, string>> = {},
    options: WorkspaceOptions = {},
): Promise<WorkspaceDocument> {
    const files = new Map(Object.entries(beside).map(([name, content]) => [`file:///project/${name}`, content]));
    const readFile = (uri: string): Promise<string | undefined> => Promise.resolve(files.get(uri));
    const [document] = await loadWorkspace([{ uri: MAIN, text }], { readFile, root: 'file:///project/', ...options });
    if (!document) throw new Error('No document came back.');
    return document;
}

export function codesOf(document: WorkspaceDocument): string[] {
    return document.findings.map((finding) => finding.code);
}

/** A file of this project, by its path from the root. */
export function projectFile(path: string): string {
    return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}
