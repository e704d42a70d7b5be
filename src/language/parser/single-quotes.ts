/** Texts in single quotes, as YAML and shells have them. */
import type { Span } from './pasted.js';

/** Texts and comments as they are, and texts in single quotes, which begin behind no word: `it's` is none. */
const PIECE =
    /"(?:\\.|[^"\\\n\r])*"?|\/\/[^\n\r]*|#[^\n\r]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/)?|(?<!\w)('[^'"\\\n\r]*')/g;

export function findSingleQuoted(text: string): readonly Span[] {
    if (!text.includes("'")) return [];
    return [...text.matchAll(PIECE)].flatMap(({ 0: piece, 1: quoted, index }) =>
        quoted === undefined ? [] : [{ start: index, end: index + piece.length }],
    );
}

/** The same text with double quotes in these places. */
export function inDoubleQuotes(text: string, quoted: readonly Span[]): string {
    const parts: string[] = [];
    let done = 0;
    for (const { start, end } of quoted) {
        parts.push(text.slice(done, start), `"${text.slice(start + 1, end - 1)}"`);
        done = end;
    }
    return parts.join('') + text.slice(done);
}
