import { AstUtils, GrammarAST, type Grammar, type LangiumCompletionParser } from 'langium';
import { findFirstFeatures, findNextFeatures, type LangiumServices, type NextFeature } from 'langium/lsp';
import type { IToken } from 'chevrotain';
import { skeleton, type Cursor } from './cursor.js';

/** What the grammar allows at the cursor: a keyword, or something that fills a property of a rule. */
export interface Expectation {
    readonly rule: string;
    readonly property?: string;
    readonly keyword?: string;
}

/** Lines before the cursor's own that are looked at where it makes no sense by itself. */
const LINES_BACK = 4;

/** Tokens of a line that are left out from its start where the whole line makes no sense. */
const TOKENS_LEFT_OUT = 24;

/** Asks the grammar what may come next. */
export class Expectations {
    private readonly parser: LangiumCompletionParser;
    private readonly grammar: Grammar;

    constructor(services: LangiumServices) {
        this.parser = services.parser.CompletionParser;
        this.grammar = services.Grammar;
    }

    /** The statement that made sense, with all that may follow; an empty list where nothing made sense. */
    at(cursor: Cursor): { readonly statement: number; readonly expected: readonly Expectation[] } {
        for (const statement of candidates(cursor)) {
            const expected = this.after(skeleton(cursor, statement));
            if (expected.length > 0) return { statement, expected };
        }
        return { statement: cursor.tokens.length, expected: [] };
    }

    /**
     * The parser has to decide between alternatives by what follows, and at the cursor nothing does. So it reads once up to the
     * cursor and once up to the last token, which is then matched with all that the grammar allows there.
     */
    private after({ text, last }: ReturnType<typeof skeleton>): readonly Expectation[] {
        const read = this.next(`${text} ${last?.image ?? ''}`, []);
        const guessed = last ? this.next(text, [last]) : [];
        const all = [...read, ...guessed].map((expected) => [JSON.stringify(expected), expected] as const);
        return [...new Map(all).values()];
    }

    private next(text: string, more: readonly IToken[]): readonly Expectation[] {
        const { tokens, tokenIndex, elementStack } = this.parser.parse(text);
        const rest = [...tokens.slice(tokenIndex), ...more].map(recognizable);
        if (tokenIndex > 0) {
            return findNextFeatures([elementStack.map((feature) => ({ feature }))], rest).map(expectation);
        }
        const entry = this.grammar.rules.find((rule) => GrammarAST.isParserRule(rule) && rule.entry);
        if (rest.length > 0 || !GrammarAST.isParserRule(entry)) return [];
        return findFirstFeatures(entry.definition).flatMap((stack) => stack.slice(-1).map(expectation));
    }
}

/** Where the statement may begin, the likeliest first. */
function candidates({ tokens, statement, blocks }: Cursor): number[] {
    const least = blocks.at(-1)?.begin ?? 0;
    const starts = [statement];
    let at = statement;
    for (let line = 0; line < LINES_BACK && at > least; line++) {
        const first = tokens[at - 1]?.startLine;
        while (at > least && tokens[at - 1]?.startLine === first) at--;
        starts.push(at);
    }
    const forward = Math.max(statement + 1, tokens.length - TOKENS_LEFT_OUT);
    for (let index = forward; index < tokens.length; index++) starts.push(index);
    return starts;
}

/**
 * Langium compares the text of a token with the pattern of a terminal. The categories of this grammar match no text of their
 * own, so the token is given theirs.
 */
function recognizable(token: IToken): IToken {
    const categories = (token.tokenType.CATEGORIES ?? []).map(({ name }) => `\u0001${name}`);
    return { ...token, image: token.image + categories.join('') };
}

function expectation({ feature, property }: NextFeature): Expectation {
    const rule = AstUtils.getContainerOfType(feature, GrammarAST.isParserRule)?.name ?? '';
    const assigned = AstUtils.getContainerOfType(feature, GrammarAST.isAssignment)?.feature ?? property;
    return {
        rule,
        ...(assigned === undefined ? {} : { property: assigned }),
        ...(GrammarAST.isKeyword(feature) ? { keyword: feature.value } : {}),
    };
}
