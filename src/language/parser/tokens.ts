import { DefaultTokenBuilder, type Grammar, type TokenBuilderOptions } from 'langium';
import { Lexer, type TokenType, type TokenVocabulary } from 'chevrotain';

/**
 * Words that never name anything: they begin a statement inside a block or join its parts. A missing name is then an error
 * where it is missing, and the statements behind it survive.
 */
const RESERVED = new Set(
    (
        'settings failure-rates zones active-active active-passive node nodes members endpoint failover needs wants replicas ' +
        'spread disruption-budget serves assume waive route arrivals reads writes at until expect tolerate restore lose ' +
        'in as on across to of by for with and any every within between nobody'
    ).split(' '),
);

export function isReserved(word: string): boolean {
    return RESERVED.has(word);
}

/** Words of the language that an engine may use to declare shards. */
const ENGINE_WORDS = new Set(['partition', 'region']);

/** `order db-1, db-2` is a statement of its own and no property. */
const NO_PROPERTY = new Set(['order']);

interface Categories {
    readonly name: TokenType;
    readonly term: TokenType;
    readonly word: TokenType;
    readonly lead: TokenType;
    readonly key: TokenType;
}

/**
 * Puts identifiers and soft keywords into categories. Spelling the same out as alternatives in the grammar makes every error
 * message, and the time to build it, a product of all of them.
 */
export class ClusterTokenBuilder extends DefaultTokenBuilder {
    override buildTokens(grammar: Grammar, options?: TokenBuilderOptions): TokenVocabulary {
        const tokens = super.buildTokens(grammar, options) as TokenType[];
        const token = (name: string): TokenType => tokens.find((candidate) => candidate.name === name) ?? missing(name);
        const categories: Categories = {
            name: token('NAME'),
            term: token('TERM'),
            word: token('WORD'),
            lead: token('LEAD'),
            key: token('KEY'),
        };
        const abstract = new Set(Object.values(categories) as TokenType[]);
        for (const category of abstract) category.PATTERN = Lexer.NA;
        for (const candidate of tokens) {
            if (Array.isArray(candidate.LONGER_ALT)) {
                candidate.LONGER_ALT = candidate.LONGER_ALT.filter((longer) => !abstract.has(longer));
            }
            if (candidate.name === 'ID') candidate.CATEGORIES = [...abstract];
            else if (candidate.name === 'STRING') candidate.CATEGORIES = [categories.name];
            else if (isWord(candidate)) candidate.CATEGORIES = categoriesOf(candidate.PATTERN, categories);
        }
        return tokens;
    }
}

function isWord(token: TokenType): token is TokenType & { PATTERN: string } {
    return typeof token.PATTERN === 'string' && /^[a-z]/.test(token.PATTERN);
}

function categoriesOf(word: string, { name, term, word: anyWord, lead, key }: Categories): TokenType[] {
    if (RESERVED.has(word)) return [anyWord];
    const result = [anyWord, name, term];
    if (!NO_PROPERTY.has(word)) result.push(key);
    if (ENGINE_WORDS.has(word)) result.push(lead);
    return result;
}

function missing(name: string): never {
    throw new Error(`The grammar declares no terminal ${name}.`);
}
