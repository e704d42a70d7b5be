import { DefaultLexer, type LexerResult, type TokenizeOptions } from 'langium';
import type { ILexingError, IToken } from 'chevrotain';
import { findPasted, masked } from './pasted.js';
import { findSingleQuoted, inDoubleQuotes } from './single-quotes.js';
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

/** A value of a setting that is taken for the text that it is, and needs quotes. */
export interface UnquotedError extends ILexingError {
    readonly kind: 'unquoted';
    readonly line: number;
    readonly column: number;
    readonly value: string;
}

export function isUnquotedError(error: ILexingError): error is UnquotedError {
    return 'kind' in error && error.kind === 'unquoted';
}

/** A block in the place of a value. */
export interface NestedError extends ILexingError {
    readonly kind: 'nested';
    readonly line: number;
    readonly column: number;
}

export function isNestedError(error: ILexingError): error is NestedError {
    return 'kind' in error && error.kind === 'nested';
}

/** A text in single quotes, which is read as if they were double. */
export interface SingleQuotesError extends ILexingError {
    readonly kind: 'single-quotes';
    readonly line: number;
    readonly column: number;
    readonly value: string;
}

export function isSingleQuotesError(error: ILexingError): error is SingleQuotesError {
    return 'kind' in error && error.kind === 'single-quotes';
}

/** Cuts the text off where its blocks nest deeper than a parser could follow, and finds what has no closing mark. */
export class ClusterLexer extends DefaultLexer {
    override tokenize(written: string, options?: TokenizeOptions): LexerResult {
        const single = findSingleQuoted(written);
        const text = inDoubleQuotes(written, single);
        const lexed = this.readPasted(text, super.tokenize(text, options), options);
        const quotes = singleQuotes(lexed, new Set(single.map(({ start }) => start)));
        const result = { ...lexed, errors: [...lexed.errors, ...unclosed(lexed), ...hashes(lexed), ...quotes] };
        const end = firstTooDeep(result.tokens);
        const brace = result.tokens[end];
        if (!brace) return result;
        return { ...result, tokens: result.tokens.slice(0, end), errors: [depthError(brace)] };
    }

    /** Reads a text once more where its settings hold what other formats write there. */
    private readPasted(text: string, lexed: LexerResult, options?: TokenizeOptions): LexerResult {
        const pasted = findPasted(text, lexed.tokens);
        const { marks, values, blocks } = pasted;
        if (marks.length + values.length + blocks.length === 0) return lexed;
        const again = super.tokenize(masked(text, pasted), options);
        const ends = new Map(values.map(({ start, end }) => [start, end]));
        const braces = new Set(blocks.map(({ start }) => start));
        const errors: ILexingError[] = [];
        for (const token of again.tokens) {
            const isBlock = braces.has(token.startOffset);
            const end = isBlock ? token.startOffset + 1 : ends.get(token.startOffset);
            if (end === undefined) continue;
            token.image = text.slice(token.startOffset, end);
            errors.push(isBlock ? nestedError(token) : unquotedError(token));
        }
        return { ...again, errors: [...again.errors, ...errors] };
    }
}

function unquotedError({ image, startOffset, startLine = 1, startColumn = 1 }: IToken): UnquotedError {
    return {
        kind: 'unquoted',
        offset: startOffset,
        length: image.length,
        line: startLine,
        column: startColumn,
        value: image,
        message: 'This value needs quotes.',
    };
}

function nestedError({ startOffset, startLine = 1, startColumn = 1 }: IToken): NestedError {
    return {
        kind: 'nested',
        offset: startOffset,
        length: 1,
        line: startLine,
        column: startColumn,
        message: 'Settings do not hold blocks.',
    };
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

/** @param starts where texts begin that have single quotes in the file */
function singleQuotes({ tokens }: LexerResult, starts: ReadonlySet<number>): SingleQuotesError[] {
    return tokens
        .filter(({ startOffset }) => starts.has(startOffset))
        .map(({ image, startOffset, startLine = 1, startColumn = 1 }) => ({
            kind: 'single-quotes',
            offset: startOffset,
            length: image.length,
            line: startLine,
            column: startColumn,
            value: image,
            message: 'Texts stand in double quotes.',
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
