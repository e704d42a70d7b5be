import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, expect, test } from 'vitest';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar } from 'vscode-textmate';
import { engines } from '../../src/engines/index.js';
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

/** `//  ^^^ scope - other`: under these columns of the line above there is the one scope, and not the other. */
const ASSERTION = /^\/\/ *(\^+|<-+) (\S*) ?(?:- (.*))?$/;

test('every colour is where the fixture says, and nowhere else', () => {
    const wrong: string[] = [];
    let stack = INITIAL;
    let scopesAt: (column: number) => string = () => '';
    let checked = 0;
    FIXTURE.forEach((line, index) => {
        const [, marks, wanted = '', unwanted] = ASSERTION.exec(line) ?? [];
        if (marks === undefined) {
            const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
            stack = ruleStack;
            scopesAt = (column) =>
                tokens
                    .find(({ startIndex, endIndex }) => startIndex <= column && column < endIndex)
                    ?.scopes.join(' ') ?? '';
            return;
        }
        const start = marks.startsWith('<') ? 0 : line.indexOf('^');
        for (let column = start; column < start + marks.replace('<', '').length; column++) {
            const scopes = scopesAt(column);
            checked++;
            const right = scopes.includes(wanted) && (unwanted === undefined || !scopes.includes(unwanted));
            if (!right) wrong.push(`line ${String(index + 1)}, column ${String(column)}: ${scopes}`);
        }
    });
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(200);
});

test('the grammar knows no engine', () => {
    const text = projectFile(PATH);
    for (const { name } of engines) expect(text).not.toMatch(new RegExp(`\\b${name}\\b`));
});
