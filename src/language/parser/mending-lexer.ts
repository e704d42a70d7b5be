import type { Lexer, LexerResult, TokenizeOptions } from 'langium';
import type { TokenType } from 'chevrotain';
import { closeBlocks } from './unclosed-blocks.js';

/**
 * For the parser alone: slips are read as what they mean, so that they cost themselves and not what stands behind them. Whoever
 * looks at the text itself, such as the formatter, uses the lexer beneath.
 */
export class MendingLexer implements Lexer {
    constructor(private readonly plain: Lexer) {}

    get definition(): Lexer['definition'] {
        return this.plain.definition;
    }

    tokenize(text: string, options?: TokenizeOptions): LexerResult {
        const lexed = this.plain.tokenize(text, options);
        const { tokens, errors } = closeBlocks(text, lexed.tokens, this.type('}'));
        return { ...lexed, tokens, errors: [...lexed.errors, ...errors] };
    }

    private type(name: string): TokenType | undefined {
        return Object.values(this.definition as Readonly<Record<string, TokenType>>).find((type) => type.name === name);
    }
}
