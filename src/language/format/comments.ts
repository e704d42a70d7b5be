import type { Piece } from './pieces.js';

/**
 * The text of a comment without blanks at the ends of its lines. Lines that begin with a star hang below that of the first
 * line; others may hold a drawing, and stay where they are.
 *
 * @param column where the comment begins; undefined if something stands in front of it
 */
export function commentText({ kind, image }: Piece, column: number | undefined, lineEnd: string): string {
    if (kind === 'line-comment') return image.trimEnd();
    const [first = '', ...others] = image.split(/\r\n|\r|\n/);
    const hung = others.map((line) => {
        const text = line.trimEnd();
        return column !== undefined && /^\s*\*/.test(text) ? `${' '.repeat(column + 1)}${text.trimStart()}` : text;
    });
    return [others.length > 0 ? first.trimEnd() : first, ...hung].join(lineEnd);
}
