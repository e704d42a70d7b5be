import type { ILexingError, IToken, TokenType } from 'chevrotain';

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
    readonly fix?: SlipFix;
}

export function isSlipError(error: ILexingError): error is SlipError {
    return 'kind' in error && error.kind === 'slip';
}

/** The tokens as they are meant, and what has been said about them. */
export interface Mended {
    readonly tokens: IToken[];
    readonly errors: readonly SlipError[];
}

/** Words that begin a declaration which has a name or a block. */
export const DECLARATIONS: ReadonlySet<string> = new Set(
    'region cluster failover-policy endpoint replicate workload failure-rates objective scenario'.split(' '),
);

/** Offset behind a token. */
export function endOf({ startOffset, endOffset, image }: IToken): number {
    return (endOffset ?? startOffset + image.length - 1) + 1;
}

/** Whether a token is the first of its line. */
export function beginsLine(token: IToken, previous: IToken | undefined): boolean {
    return !previous || (token.startLine ?? 0) > (previous.endLine ?? 0);
}

/** A token that is read as one of another type, or with another text. */
export function read(token: IToken, tokenType: TokenType, image = token.image): IToken {
    return { ...token, image, tokenType, tokenTypeIdx: tokenType.tokenTypeIdx ?? 0 };
}

/** A token that takes no place in the text, behind another one. */
export function virtual(previous: IToken, tokenType: TokenType): IToken {
    const offset = endOf(previous);
    const column = previous.endColumn ?? 0;
    return {
        image: '',
        startOffset: offset,
        endOffset: offset - 1,
        startLine: previous.endLine ?? 1,
        endLine: previous.endLine ?? 1,
        startColumn: column + 1,
        endColumn: column,
        tokenType,
        tokenTypeIdx: tokenType.tokenTypeIdx ?? 0,
    };
}

export function slipError(at: IToken, message: string, help: string, fix?: SlipFix): SlipError {
    const { startOffset, startLine = 1, startColumn = 1 } = at;
    return {
        kind: 'slip',
        offset: startOffset,
        length: endOf(at) - startOffset,
        line: startLine,
        column: startColumn,
        message,
        help,
        ...(fix ? { fix } : {}),
    };
}
