import { DefaultLexer, type LexerResult, type TokenizeOptions } from 'langium';
import type { ILexingError, IToken } from 'chevrotain';
import { isClosed } from './values.js';

/** Deepest nesting of blocks that is read. The language itself needs four levels. */
const MAXIMUM_DEPTH = 32;

/** A lexing error that says that reading stopped there. */
export interface DepthError extends ILexingError {
    readonly kind: 'too-deep';
    readonly line: number;
    readonly column: number;
}

export function isDepthError(error: ILexingError): error is DepthError {
    return 'kind' in error && error.kind === 'too-deep';
}

/** A text or a comment that reaches the end of its line or of the file. */
export interface UnclosedError extends ILexingError {
    readonly kind: 'unclosed';
    readonly what: 'text' | 'comment';
    readonly line: number;
    readonly column: number;
}

export function isUnclosedError(error: ILexingError): error is UnclosedError {
    return 'kind' in error && error.kind === 'unclosed';
}

/** A comment as other languages write it. */
export interface HashError extends ILexingError {
    readonly kind: 'hash';
    readonly line: number;
    readonly column: number;
}

export function isHashError(error: ILexingError): error is HashError {
    return 'kind' in error && error.kind === 'hash';
}

/** Cuts the text off where its blocks nest deeper than a parser could follow, and finds what has no closing mark. */
export class ClusterLexer extends DefaultLexer {
    override tokenize(text: string, options?: TokenizeOptions): LexerResult {
        const lexed = super.tokenize(text, options);
        const result = { ...lexed, errors: [...lexed.errors, ...unclosed(lexed), ...hashes(lexed)] };
        const end = firstTooDeep(result.tokens);
        const brace = result.tokens[end];
        if (!brace) return result;
        return { ...result, tokens: result.tokens.slice(0, end), errors: [depthError(brace)] };
    }
}

function depthError(brace: IToken): DepthError {
    return {
        kind: 'too-deep',
        offset: brace.startOffset,
        length: 1,
        line: brace.startLine ?? 1,
        column: brace.startColumn ?? 1,
        message: `Blocks are nested more than ${MAXIMUM_DEPTH} levels deep, so nothing in this file was read.`,
    };
}

function unclosed({ tokens, hidden }: LexerResult): UnclosedError[] {
    const texts = tokens.filter((token) => token.tokenType.name === 'STRING' && !isClosed(token.image));
    const comments = hidden.filter(
        ({ tokenType, image }) => tokenType.name === 'ML_COMMENT' && !isClosedComment(image),
    );
    return [
        ...texts.map((token) => unclosedError(token, 'text', 1)),
        ...comments.map((token) => unclosedError(token, 'comment', 2)),
    ];
}

function hashes({ hidden }: LexerResult): HashError[] {
    return hidden
        .filter(({ tokenType }) => tokenType.name === 'HASH_COMMENT')
        .map(({ startOffset, startLine = 1, startColumn = 1 }) => ({
            kind: 'hash',
            offset: startOffset,
            length: 1,
            line: startLine,
            column: startColumn,
            message: 'Comments begin with //.',
        }));
}

function isClosedComment(image: string): boolean {
    return image.length > 3 && image.endsWith('*/');
}

/** `length` is that of the opening mark. */
function unclosedError(token: IToken, what: 'text' | 'comment', length: number): UnclosedError {
    return {
        kind: 'unclosed',
        what,
        offset: token.startOffset,
        length,
        line: token.startLine ?? 1,
        column: token.startColumn ?? 1,
        message: `This ${what} has no end.`,
    };
}

/** Index of the first brace that opens a block too deep, or -1. */
function firstTooDeep(tokens: readonly IToken[]): number {
    let depth = 0;
    return tokens.findIndex(({ image }) => {
        if (image === '{') depth++;
        else if (image === '}') depth--;
        return depth > MAXIMUM_DEPTH;
    });
}
