import { LangiumParserErrorMessageProvider } from 'langium';
import type { IParserErrorMessageProvider, IToken, TokenType } from 'chevrotain';
import { closest } from '../../topology/index.js';

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

/** One short sentence for each syntax error, whatever the grammar would have allowed there. */
export class ClusterParserMessages extends LangiumParserErrorMessageProvider {
    override buildMismatchTokenMessage({ expected, actual, previous, ruleName }: MismatchOptions): string {
        if (expected.name === 'EOF') return noDeclaration(actual);
        return hint(actual, previous, [expected]) ?? expectation([expected], actual, ruleName);
    }

    override buildNoViableAltMessage({ expectedPathsPerAlt, actual, previous, ruleName }: NoViableOptions): string {
        const expected = expectedPathsPerAlt.flatMap((paths) => paths.flatMap((path) => path.slice(0, 1)));
        const found = actual[0] as IToken;
        return hint(found, previous, expected) ?? expectation(expected, found, ruleName);
    }

    override buildEarlyExitMessage({ expectedIterationPaths, actual, previous, ruleName }: EarlyExitOptions): string {
        const expected = expectedIterationPaths.flatMap((path) => path.slice(0, 1));
        const found = actual[0] as IToken;
        return hint(found, previous, expected) ?? expectation(expected, found, ruleName);
    }

    override buildNotAllInputParsedMessage({ firstRedundant }: LeftOverOptions): string {
        return noDeclaration(firstRedundant);
    }
}

const DECLARATION_WORDS =
    'import region cluster failover-policy endpoint replicate workload failure-rates objective scenario'.split(' ');

function noDeclaration(found: IToken): string {
    const similar = closest(found.image, DECLARATION_WORDS);
    return `No declaration begins with ${shown(found)}.${similar ? ` Did you mean '${similar}'?` : ''}`;
}

/** Mistakes that people make often get a sentence of their own. */
function hint(actual: IToken, previous: IToken | undefined, expected: readonly TokenType[]): string | undefined {
    const expectsWord = (word: string): boolean => expected.some((token) => token.name === word);
    if (previous?.image === 'tolerate') return `'tolerate' is followed by 'any': tolerate any 1 zone.`;
    if (previous?.image === 'expect' && (actual.image === 'write' || actual.image === 'read')) {
        return `Say '${actual.image}s': expect ${actual.image}s of …`;
    }
    if (expectsWord('{') && actual.tokenType.name === 'NUMBER') return `Put the version in quotes: "${actual.image}".`;
    if (expectsWord('{') && actual.tokenType.name === 'DOTTED_NUMBER')
        return `Put the version in quotes: "${actual.image}".`;
    if (previous?.tokenType.name === 'NUMBER' && /^(ms|s|m|h|d|y)$/.test(actual.image)) {
        return `Write the unit next to its number: ${previous.image}${actual.image}.`;
    }
    if (previous && expectsWord('}') && (actual.image === '=' || actual.image === ':')) {
        return `The key in front of ${shown(previous)} has no value; a value stands on the line of its key.`;
    }
    if (expectsWord('NAME') && actual.tokenType.name === 'NUMBER') {
        return `A name begins with a letter; put ${shown(actual)} in quotes or choose another name.`;
    }
    return undefined;
}

function expectation(expected: readonly TokenType[], actual: IToken, rule: string): string {
    const words = [...new Set(expected.map((token) => token.name))];
    const similar = closest(
        actual.image,
        words.filter((word) => /^[a-z]/.test(word)),
    );
    const where = statementOf(rule);
    if (similar) return `Unexpected ${shown(actual)}${where}. Did you mean '${similar}'?`;
    if (words.length > LISTED_WORDS) return `Unexpected ${shown(actual)}${where}.`;
    return `Expected ${listed(words.map(described))}${where}, but found ${shown(actual)}.`;
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
