import type { ILexingError, IToken } from 'chevrotain';

/** A change of the text, by offsets. */
export interface SlipFix {
    readonly title: string;
    readonly start: number;
    /** Behind the last character. */
    readonly end: number;
    readonly text: string;
}

/** Something that is not written as the language wants it, and is read as what it can only mean. */
export interface SlipError extends ILexingError {
    readonly kind: 'slip';
    readonly help: string;
    readonly fix: SlipFix;
}

export function isSlipError(error: ILexingError): error is SlipError {
    return 'kind' in error && error.kind === 'slip';
}

/** The tokens as they are meant, and what has been said about them. */
export interface Mended {
    readonly tokens: IToken[];
    readonly errors: readonly SlipError[];
}

/** Offset behind a token. */
export function endOf({ startOffset, endOffset, image }: IToken): number {
    return (endOffset ?? startOffset + image.length - 1) + 1;
}

/** Whether a token is the first of its line. */
export function beginsLine(token: IToken, previous: IToken | undefined): boolean {
    return !previous || (token.startLine ?? 0) > (previous.endLine ?? 0);
}
