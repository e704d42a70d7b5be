import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { EmptyFileSystem, URI } from 'langium';
import { beforeAll, describe, expect, test } from 'vitest';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar } from 'vscode-textmate';
import { engines } from '../../src/engines/index.js';
import { tokensOf } from '../../src/language/editor/token-meanings.js';
import { createCoreServices } from '../../src/language/services.js';
import { CONSTRUCTS, EXAMPLES } from './format/support.js';
import { projectFile } from './support.js';

const PATH = 'syntaxes/cluster.tmLanguage.json';
const FIXTURE = projectFile('test/language/fixtures/highlighting.cluster').split('\n');

let grammar: IGrammar;

beforeAll(async () => {
    const wasm = await readFile(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
    const onigLib = loadWASM({ data: wasm }).then(() => ({ createOnigScanner, createOnigString }));
    const rawGrammar = parseRawGrammar(projectFile(PATH), PATH);
    const registry = new Registry({ onigLib, loadGrammar: () => Promise.resolve(rawGrammar) });
    const loaded = await registry.loadGrammar('source.cluster');
    if (!loaded) throw new Error('The grammar could not be loaded.');
    grammar = loaded;
});

/** The scopes of each character of a text. */
type Scopes = (line: number, column: number) => string;

function scopesOf(text: string): Scopes {
    let stack = INITIAL;
    const lines = text.split('\n').map((line) => {
        const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
        stack = ruleStack;
        return tokens;
    });
    return (line, column) =>
        lines[line]
            ?.find(({ startIndex, endIndex }) => startIndex <= column && column < endIndex)
            ?.scopes.slice(1)
            .join(' ') ?? '';
}

/** `//  ^^^ scope - other`: under these columns of the line above there is the one scope, and not the other. */
const ASSERTION = /^\/\/ *(\^+|<-+) (\S*) ?(?:- (.*))?$/;

test('every colour is where the fixture says, and nowhere else', () => {
    const isAssertion = (line: string): boolean => ASSERTION.test(line);
    const code = FIXTURE.filter((line) => !isAssertion(line));
    const scopes = scopesOf(code.join('\n'));
    const wrong: string[] = [];
    let line = -1;
    let checked = 0;
    FIXTURE.forEach((text, index) => {
        const [, marks, wanted = '', unwanted] = ASSERTION.exec(text) ?? [];
        if (marks === undefined) {
            line++;
            return;
        }
        const start = marks.startsWith('<') ? 0 : text.indexOf('^');
        for (let column = start; column < start + marks.replace('<', '').length; column++) {
            const found = `source.cluster ${scopes(line, column)}`;
            checked++;
            const right = found.includes(wanted) && (unwanted === undefined || !found.includes(unwanted));
            if (!right) wrong.push(`line ${String(index + 1)}, column ${String(column)}: ${found}`);
        }
    });
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(250);
});

describe('the words of every engine', () => {
    test('have colours although the grammar names none of them', () => {
        const text = projectFile(PATH);
        for (const { name } of engines) expect(text).not.toMatch(new RegExp(`\\b${name}\\b`));
    });

    test.each(engines.map(({ name }) => name))('%s is an engine', (name) => {
        expect(scopesOf(`cluster c: ${name} "1" {`)(0, 11)).toContain('support.type.engine');
    });

    const words = engines.flatMap(({ name, groupWords }) => groupWords.map((each) => ({ name, ...each })));

    test.each(words)('$name: $word', ({ name, word }) => {
        for (const rest of ['g {', 'g-[1..3] { replicas 1 }', '"g" on a, b']) {
            expect(scopesOf(`cluster c: ${name} {\n${word} ${rest}\n}`)(1, 1)).toContain('keyword.declaration');
        }
    });

    test.each(words)('$name: $placedWord', ({ name, word, placedWord }) => {
        const text = `cluster c: ${name} {\n${word} g {\n${placedWord} 0 on a, b\n}\n}`;
        expect(scopesOf(text)(2, 1)).toContain('keyword.declaration');
    });

    test.each(words.filter(({ countWord }) => countWord !== undefined))(
        '$name: $countWord',
        ({ name, word, countWord = '' }) => {
            expect(scopesOf(`cluster c: ${name} {\n${word} g {\n${countWord} 12\n}\n}`)(2, 1)).toContain('property');
        },
    );

    test.each(engines.flatMap(({ name, settings }) => settings.slice(0, 5).map(({ key }) => ({ name, key }))))(
        '$name: $key',
        ({ name, key }) => {
            for (const mark of [' =', ':', '']) {
                const scopes = scopesOf(`cluster c: ${name} {\nsettings {\n${key}${mark} on\n}\n}`);
                for (let at = 0; at < key.length; at++) expect(scopes(2, at)).toContain('variable.other.property');
            }
        },
    );
});

/** What the colours of the grammar must be where the language knows better: `+` one of them, `-` none of them. */
const AGREEMENT: Readonly<Record<string, { readonly one?: RegExp; readonly none?: RegExp }>> = {
    keyword: { one: /keyword|constant\.language|property/ },
    number: { one: /numeric|unit/ },
    property: { one: /property|keyword\.other/ },
    string: { one: /string|constant/ },
    comment: { one: /comment/ },
    enumMember: { none: /keyword\.control/ },
};
const NAME = { none: /keyword|constant|property|string\.unquoted/ };

test.each([...EXAMPLES, ['all constructs', CONSTRUCTS] as const])(
    'the colours of %s agree with the meanings',
    (_, text) => {
        const { shared, cluster } = createCoreServices(EmptyFileSystem.fileSystemProvider);
        const document = shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse('file:///a.cluster'));
        const scopes = scopesOf(text);
        const lines = text.split('\n');
        const wrong = tokensOf(document, cluster).flatMap(({ line, character, length, type }) => {
            const found = scopes(line, character);
            const { one, none }: { readonly one?: RegExp; readonly none?: RegExp } = AGREEMENT[type] ?? NAME;
            const right = (!one || one.test(found)) && !none?.test(found);
            const word = lines[line]?.slice(character, character + length) ?? '';
            return right ? [] : [`${String(line + 1)}: ${word} is ${type}, but has ${found || 'no colour'}`];
        });
        expect(wrong).toEqual([]);
    },
);
