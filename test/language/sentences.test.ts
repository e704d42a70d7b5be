import { EmptyFileSystem, GrammarAST } from 'langium';
import { expect, test } from 'vitest';
import { createCoreServices } from '../../src/language/services.js';

/**
 * Makes sentences out of the grammar and expects the parser to accept each: where two rules begin alike, the parser's choice
 * must never lead away from a sentence that the grammar promises.
 */
const { cluster } = createCoreServices(EmptyFileSystem.fileSystemProvider);

const TERMINALS: Readonly<Record<string, readonly string[]>> = {
    STRING: ['"x"', '"7.2"'],
    RANGE: ['n-[1..3]', 'node-[1..2]', 'at[1..2]'],
    ID: ['x', 'cache-1', 'y-2'],
    DOTTED_NUMBER: ['10.0.0.1'],
    NUMBER: ['3', '15s', '200/s', '99.9%', '1.5s', '3y'],
};

/** Keywords that the token builder lets stand where a category is asked for. */
function softWords(category: string): string[] {
    return Object.values(cluster.parser.Lexer.definition)
        .filter((token) => token.name !== 'STRING' && token.CATEGORIES?.some((each) => each.name === category))
        .map((token) => (token.name === 'ID' ? 'x' : token.name));
}

class SentenceMaker {
    private readonly soft = new Map(
        ['NAME', 'TERM', 'WORD', 'LEAD', 'KEY'].map((name) => [
            name,
            name === 'NAME' ? [...softWords(name), '"web-1.example.com"'] : softWords(name),
        ]),
    );

    constructor(private state: number) {}

    sentence(rule: GrammarAST.AbstractParserRule): string {
        const words: string[] = [];
        if (GrammarAST.isParserRule(rule)) this.element(rule.definition, 0, words);
        return words.join(' ');
    }

    private below(limit: number): number {
        this.state = (this.state * 1_664_525 + 1_013_904_223) >>> 0;
        return Math.floor((this.state / 4_294_967_296) * limit);
    }

    private pick<T>(from: readonly T[]): T {
        const picked = from[this.below(from.length)];
        if (picked === undefined) throw new Error('There is nothing to pick from.');
        return picked;
    }

    private element(element: GrammarAST.AbstractElement, depth: number, out: string[]): void {
        const times = { '?': this.below(2), '*': depth > 14 ? 0 : this.below(4), '+': 1 + this.below(2) };
        const count = element.cardinality ? times[element.cardinality] : 1;
        for (let index = 0; index < count; index++) this.once(element, depth, out);
    }

    private once(element: GrammarAST.AbstractElement, depth: number, out: string[]): void {
        if (GrammarAST.isGroup(element)) for (const part of element.elements) this.element(part, depth + 1, out);
        else if (GrammarAST.isAlternatives(element)) this.element(this.pick(element.elements), depth + 1, out);
        else if (GrammarAST.isAssignment(element)) this.element(element.terminal, depth + 1, out);
        else if (GrammarAST.isCrossReference(element)) {
            if (element.terminal) this.element(element.terminal, depth + 1, out);
        } else if (GrammarAST.isKeyword(element)) out.push(element.value);
        else if (GrammarAST.isRuleCall(element)) {
            const rule = element.rule.ref;
            if (GrammarAST.isTerminalRule(rule))
                out.push(this.pick(TERMINALS[rule.name] ?? this.soft.get(rule.name) ?? []));
            else if (GrammarAST.isParserRule(rule)) this.element(rule.definition, depth + 1, out);
        }
    }
}

test('every sentence of the grammar is accepted', () => {
    const declaration = cluster.Grammar.rules.find((rule) => rule.name === 'Declaration');
    if (!GrammarAST.isParserRule(declaration)) throw new Error('The grammar has no declarations.');
    const maker = new SentenceMaker(1);
    const rejected: string[] = [];
    for (let count = 0; count < 15_000; count++) {
        const sentence = maker.sentence(declaration);
        const { lexerErrors, parserErrors } = cluster.parser.Guard.parse(sentence);
        const [error] = [...lexerErrors, ...parserErrors];
        if (error) rejected.push(`${error.message}\n    ${sentence}`);
    }
    expect(rejected.slice(0, 5)).toEqual([]);
});
