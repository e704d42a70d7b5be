import { DefaultLexer, type LexerResult, type TokenizeOptions } from 'langium';
import type { ILexingError, IToken } from 'chevrotain';

/** Deepest nesting of blocks that is read. The language itself needs four levels. */
export const MAXIMUM_DEPTH = 32;

/** A lexing error that says that reading stopped there. */
export interface DepthError extends ILexingError {
    readonly kind: 'too-deep';
    readonly line: number;
    readonly column: number;
}

export function isDepthError(error: ILexingError): error is DepthError {
    return 'kind' in error && error.kind === 'too-deep';
}

/** Cuts the text off where its blocks nest deeper than a parser could follow. */
export class ClusterLexer extends DefaultLexer {
    override tokenize(text: string, options?: TokenizeOptions): LexerResult {
        const result = super.tokenize(text, options);
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

/** Index of the first brace that opens a block too deep, or -1. */
function firstTooDeep(tokens: readonly IToken[]): number {
    let depth = 0;
    return tokens.findIndex(({ image }) => {
        if (image === '{') depth++;
        else if (image === '}') depth--;
        return depth > MAXIMUM_DEPTH;
    });
}
