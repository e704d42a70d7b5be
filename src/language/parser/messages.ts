import { LangiumParserErrorMessageProvider } from 'langium';
import type { IParserErrorMessageProvider, IToken, TokenType } from 'chevrotain';
import { closest, parseCount } from '../../topology/index.js';
import { parseRange, rangeNames, rangeSize } from '../names/ranges.js';

type MismatchOptions = Parameters<IParserErrorMessageProvider['buildMismatchTokenMessage']>[0];
type NoViableOptions = Parameters<IParserErrorMessageProvider['buildNoViableAltMessage']>[0];
type EarlyExitOptions = Parameters<IParserErrorMessageProvider['buildEarlyExitMessage']>[0];
type LeftOverOptions = Parameters<IParserErrorMessageProvider['buildNotAllInputParsedMessage']>[0];

/** More expected words than this tell a reader nothing. */
const LISTED_WORDS = 8;
const SHOWN_CHARACTERS = 40;

const DESCRIPTIONS: Readonly<Record<string, string>> = {
    NAME: 'a name',
    ID: 'a name',
    TERM: 'a word',
    WORD: 'a word',
    LEAD: "a word of the engine's",
    KEY: 'a property',
    STRING: 'a text in quotes',
    NUMBER: 'a number',
    RANGE: 'a range such as cache-[1..6]',
    DOTTED_NUMBER: 'an address',
    EOF: 'the end of the file',
};

/** What would mend a syntax error, as a change at the token that was not expected. */
export interface SyntaxRemedy {
    readonly title: string;
    readonly change: 'replace' | 'insert';
    readonly text: string;
    /** Beyond doubt what the author means. */
    readonly safe?: true;
}

/** The parser keeps a sentence for each error and nothing else, so what mends it is kept beside the token. */
const remedies = new WeakMap<IToken, SyntaxRemedy>();

export function remedyAt(token: IToken): SyntaxRemedy | undefined {
    return remedies.get(token);
}

/** What is said about an unexpected token. */
interface Hint {
    readonly message: string;
    readonly remedy?: SyntaxRemedy;
}

function told(token: IToken, { message, remedy }: Hint): string {
    if (remedy) remedies.set(token, remedy);
    return message;
}

/** One short sentence for each syntax error, whatever the grammar would have allowed there. */
export class ClusterParserMessages extends LangiumParserErrorMessageProvider {
    override buildMismatchTokenMessage({ expected, actual, previous, ruleName }: MismatchOptions): string {
        if (expected.name === 'EOF') return told(actual, noDeclaration(actual));
        return told(actual, hint(actual, previous, [expected]) ?? expectation([expected], actual, ruleName));
    }

    override buildNoViableAltMessage({ expectedPathsPerAlt, actual, previous, ruleName }: NoViableOptions): string {
        const expected = expectedPathsPerAlt.flatMap((paths) => paths.flatMap((path) => path.slice(0, 1)));
        const found = actual[0] as IToken;
        return told(found, hint(found, previous, expected) ?? expectation(expected, found, ruleName));
    }

    override buildEarlyExitMessage({ expectedIterationPaths, actual, previous, ruleName }: EarlyExitOptions): string {
        const expected = expectedIterationPaths.flatMap((path) => path.slice(0, 1));
        const found = actual[0] as IToken;
        return told(found, hint(found, previous, expected) ?? expectation(expected, found, ruleName));
    }

    override buildNotAllInputParsedMessage({ firstRedundant }: LeftOverOptions): string {
        return told(firstRedundant, noDeclaration(firstRedundant));
    }
}

const DECLARATION_WORDS =
    'import region cluster failover-policy endpoint replicate workload failure-rates objective scenario'.split(' ');

function noDeclaration(found: IToken): Hint {
    const similar = closest(found.image, DECLARATION_WORDS);
    const message = `No declaration begins with ${shown(found)}.`;
    return similar === undefined ? { message } : meaning(message, similar);
}

function meaning(message: string, meant: string): Hint {
    return {
        message: `${message} Did you mean '${meant}'?`,
        remedy: { title: `Change to ${meant}`, change: 'replace', text: meant },
    };
}

/** Mistakes that people make often get a sentence of their own. */
function hint(actual: IToken, previous: IToken | undefined, expected: readonly TokenType[]): Hint | undefined {
    const expectsWord = (word: string): boolean => expected.some((token) => token.name === word);
    const { image } = actual;
    const kind = actual.tokenType.name;
    if (previous?.image === 'tolerate') {
        return {
            message: `'tolerate' is followed by 'any': tolerate any 1 zone.`,
            remedy: { title: "Write 'any'", change: 'insert', text: 'any ' },
        };
    }
    if (previous?.image === 'expect' && (image === 'write' || image === 'read')) {
        return {
            message: `Say '${image}s': expect ${image}s of …`,
            remedy: { title: `Change to ${image}s`, change: 'replace', text: `${image}s` },
        };
    }
    if (previous && expectsWord('for') && image === '{') {
        return { message: `Say which cluster it is about: objective ${shown(previous).slice(1, -1)} for CLUSTER {` };
    }
    if (expectsWord('{') && (kind === 'NUMBER' || kind === 'DOTTED_NUMBER')) {
        return { message: `Put the version in quotes: "${image}".`, remedy: inQuotes(image) };
    }
    if (previous && expectsWord('}') && (image === '=' || image === ':')) {
        return {
            message: `The key in front of ${shown(previous)} has no value; a value stands on the line of its key.`,
        };
    }
    if (expectsWord('rack')) return levelHint(image);
    return expectsWord('NAME') ? nameHint(actual, previous) : undefined;
}

/** What other products call the levels at which things fail together. */
function levelHint(image: string): Hint | undefined {
    const [, stem = '', plural = ''] = /^(.*?)(s?)$/.exec(image.toLowerCase()) ?? [];
    const level = LEVELS.find(([pattern]) => pattern.test(stem))?.[1];
    return level && meaning('What fails is a node, a rack, a zone or a region.', level + plural);
}

const LEVELS = [
    [/^(az|availability-?zone|datacent(er|re)|dc)$/, 'zone'],
    [/^(host|server|machine|instance|broker|member)$/, 'node'],
] as const;

/** Words that are followed by the name of what they declare, and by nothing else. */
const NAMED: ReadonlySet<string> = new Set(
    'region zone cluster failover-policy workload objective scenario'.split(' '),
);

function nameHint(actual: IToken, previous: IToken | undefined): Hint | undefined {
    const { image } = actual;
    const kind = actual.tokenType.name;
    if (kind === 'RANGE') return one(image);
    if (NAMED.has(previous?.image ?? '') && kind === image && /^[a-z]/.test(image) && image !== 'for') {
        const message = `'${image}' is a word of the language; as a name it stands in quotes.`;
        return { message, remedy: inQuotes(image) };
    }
    if (kind !== 'NUMBER') return undefined;
    if (previous?.image === 'nodes') return namesFor(image);
    return {
        message: `A name begins with a letter; put ${shown(actual)} in quotes or choose another name.`,
        remedy: inQuotes(image),
    };
}

/** `nodes 6`: how many there are is said by their names. */
function namesFor(image: string): Hint {
    const count = parseCount(image) ?? 0;
    const text = count > 1 ? `n-[1..${String(count)}]` : 'n-1';
    const message = "'nodes' is followed by the names of the nodes, and a range counts them";
    return count < 1
        ? { message: `${message}: nodes n-[1..3].` }
        : { message: `${message}: nodes ${text}.`, remedy: { title: `Write ${text}`, change: 'replace', text } };
}

/** A range where one name is wanted; one that holds a single name can only mean this. */
function one(image: string): Hint {
    const range = parseRange(image);
    const message = 'A range stands for several names, and one name is wanted here.';
    if (!range) return { message };
    const [first = ''] = rangeNames(range);
    return rangeSize(range) === 1
        ? {
              message: `${message} Write ${first}.`,
              remedy: { title: `Change to ${first}`, change: 'replace', text: first },
          }
        : { message: `${message} Write one of them, such as ${first}.` };
}

function inQuotes(image: string): SyntaxRemedy {
    return { title: 'Put it in quotes', change: 'replace', text: `"${image}"`, safe: true };
}

function expectation(expected: readonly TokenType[], actual: IToken, rule: string): Hint {
    const words = [...new Set(expected.map((token) => token.name))];
    const similar = closest(
        actual.image,
        words.filter((word) => /^[a-z]/.test(word)),
    );
    const where = statementOf(rule);
    const unexpected = `Unexpected ${shown(actual)}${where}.`;
    if (similar) return meaning(unexpected, similar);
    if (words.length > LISTED_WORDS) {
        const all = SHORT_LISTS[rule.replace(/\u200B/g, '')];
        return { message: all === undefined ? unexpected : `${unexpected} ${all}: ${listed(words)}.` };
    }
    return { message: `Expected ${listed(words.map(described))}${where}, but found ${shown(actual)}.` };
}

function described(name: string): string {
    return Object.hasOwn(DESCRIPTIONS, name) ? (DESCRIPTIONS[name] ?? name) : `'${name}'`;
}

function listed(words: readonly string[]): string {
    return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

function shown(token: IToken): string {
    if (token.tokenType.name === 'EOF') return 'the end of the file';
    const text = token.image;
    return `'${text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text}'`;
}

/** Rules whose words are worth telling, however many they are. */
const SHORT_LISTS: Readonly<Record<string, string>> = {
    Fault: 'What can happen',
    Expectation: 'What can be expected',
};

const STATEMENTS: Readonly<Record<string, string>> = {
    Region: 'a region',
    Zone: 'a zone',
    Cluster: 'a cluster',
    ClusterItem: 'a cluster',
    GroupItem: 'a group of shards',
    Endpoint: 'an endpoint',
    Workload: 'a workload',
    Demand: 'a workload',
    Objective: 'an objective',
    Clause: 'an objective',
    Scenario: 'a scenario',
    Step: 'a step',
    Fault: 'a step',
    Expectation: 'an expectation',
    ExpectService: 'an expectation',
    Setting: 'settings',
    Settings: 'settings',
};

function statementOf(rule: string): string {
    const name = rule.replace(/\u200B/g, '');
    return Object.hasOwn(STATEMENTS, name) ? ` in ${STATEMENTS[name] ?? ''}` : '';
}
