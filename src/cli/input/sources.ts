import { fileURLToPath } from 'node:url';
import type { SourceRange } from '../../topology/index.js';
import { displayName } from './names.js';
import type { SourceFile } from './read.js';

/** Finds for a range in the model what the user calls its file, and the text that stands there. */
export interface Sources {
    /** What messages and JSON call the document. */
    name(uri: string): string;
    /** What a command line calls the document. */
    argument(uri: string): string;
    /** A line of the document, counted from 0; undefined if its text is not known here. */
    line(uri: string, line: number): string | undefined;
}

/** A range as the JSON contract has it: lines and columns (UTF-16 code units) are counted from 1, the end is exclusive. */
export interface Place {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
}

export function createSources(files: readonly SourceFile[], cwd: string): Sources {
    const byUri = new Map(files.map((file) => [file.uri, file]));
    const lines = new Map<string, readonly string[]>();
    const linesOf = (file: SourceFile): readonly string[] => {
        const known = lines.get(file.uri) ?? file.text.split(/\r\n|\r|\n/);
        lines.set(file.uri, known);
        return known;
    };
    return {
        name: (uri) => byUri.get(uri)?.name ?? pathOf(uri, cwd),
        argument: (uri) => byUri.get(uri)?.argument ?? pathOf(uri, cwd),
        line: (uri, line) => {
            const file = byUri.get(uri);
            return file && linesOf(file)[line];
        },
    };
}

export function placeOf(range: SourceRange, sources: Sources): Place {
    return {
        file: sources.name(range.uri),
        line: range.start.line + 1,
        column: range.start.character + 1,
        endLine: range.end.line + 1,
        endColumn: range.end.character + 1,
    };
}

function pathOf(uri: string, cwd: string): string {
    return uri.startsWith('file:') ? displayName(fileURLToPath(uri), cwd) : uri;
}
