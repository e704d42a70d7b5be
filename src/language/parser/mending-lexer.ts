import type { Lexer, LexerResult, TokenizeOptions } from 'langium';
import type { TokenType } from 'chevrotain';
import { mendWords } from './slip-words.js';
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
        const words = mendWords(text, lexed.tokens, (name) => this.type(name));
        const blocks = closeBlocks(text, words.tokens, this.type('}'));
        // What is told as a slip is not told once more sign by sign.
        const other = lexed.errors.filter(
            ({ offset }) => !words.errors.some((slip) => offset >= slip.offset && offset < slip.offset + slip.length),
        );
        return { ...lexed, tokens: blocks.tokens, errors: [...other, ...words.errors, ...blocks.errors] };
    }

    private type(name: string): TokenType {
        const types = Object.values(this.definition as Readonly<Record<string, TokenType>>);
        const found = types.find((type) => type.name === name);
        if (!found) throw new Error(`The grammar has no '${name}'.`);
        return found;
    }
}
