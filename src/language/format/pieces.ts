import type { LexerResult } from 'langium';
import type { IToken } from 'chevrotain';

/** A token or a comment, with what stands between it and the piece in front of it. */
export interface Piece {
    readonly kind: 'token' | 'block-comment' | 'line-comment';
    /** Name of the token's type; a word of the language is its own type. */
    readonly type: string;
    readonly image: string;
    readonly offset: number;
    /** Behind the last character. */
    readonly end: number;
    /** Line breaks in front of it, after the piece before. */
    readonly newlines: number;
    /** Blanks in front of it where it continues a line; 1 for anything but blanks, since only blanks align columns. */
    readonly blanks: number;
}

const LINE_BREAK = /\r\n|\r|\n/g;

/** Everything in a text but the white space, in order. */
export function readPieces(text: string, { tokens, hidden }: LexerResult): Piece[] {
    const pieces: Piece[] = [];
    const add = (token: IToken, kind: Piece['kind']): void => {
        const { startOffset: offset, image } = token;
        const gap = text.slice(pieces.at(-1)?.end ?? 0, offset);
        const breaks = gap.match(LINE_BREAK)?.length ?? 0;
        // A mark that the language passes over leaves no empty line behind.
        const newlines = /\S/.test(gap) ? Math.min(breaks, 1) : breaks;
        const blanks = newlines > 0 ? 0 : /^ *$/.test(gap) ? gap.length : 1;
        pieces.push({ kind, type: token.tokenType.name, image, offset, end: offset + image.length, newlines, blanks });
    };
    let next = 0;
    for (const token of tokens) {
        for (; (hidden[next]?.startOffset ?? Infinity) < token.startOffset; next++) addComment(hidden[next]);
        add(token, 'token');
    }
    for (; next < hidden.length; next++) addComment(hidden[next]);
    return pieces;

    function addComment(comment: IToken | undefined): void {
        if (comment) add(comment, comment.tokenType.name === 'SL_COMMENT' ? 'line-comment' : 'block-comment');
    }
}

export function isComment(piece: Piece | undefined): boolean {
    return piece !== undefined && piece.kind !== 'token';
}

export function isToken(piece: Piece | undefined, image: string): boolean {
    return piece !== undefined && piece.kind === 'token' && piece.image === image;
}

/** What ends the lines of a text: CR LF where every line ends so. */
export function lineEnd(text: string): '\n' | '\r\n' {
    return text.includes('\r\n') && !/(?<!\r)\n/.test(text) ? '\r\n' : '\n';
}
