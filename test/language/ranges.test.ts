import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FoldingRange, SelectionRange } from 'vscode-languageserver';
import { AnalysisService } from '../../src/analysis/index.js';
import { Client } from './client.js';
import { MAIN } from './support.js';

const textDocument = { uri: MAIN };
let editor: Client;

beforeEach(async () => {
    editor = await Client.start(new AnalysisService());
});

afterEach(() => editor.dispose());

/** Texts that are selected one after the other, from the place that `|` marks. */
async function selections(marked: string): Promise<string[]> {
    const at = marked.indexOf('|');
    const text = marked.replace('|', '');
    await editor.open(text);
    const before = text.slice(0, at).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length };
    const [first] = await editor.connection.sendRequest<SelectionRange[]>('textDocument/selectionRange', {
        textDocument,
        positions: [position],
    });
    const offset = ({ line, character }: { line: number; character: number }): number =>
        text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
    const result: string[] = [];
    for (let range = first; range; range = range.parent) {
        result.push(text.slice(offset(range.range.start), offset(range.range.end)));
    }
    return result;
}

describe('selection grows', () => {
    test('from a word to the statement, the body, the block, the declaration with its comment and the file', async () => {
        const cluster = 'cluster c: redis {\n  node n in r.a\n  nodes m-[1..3]\n}';
        const file = `region r { zone a }\n\n/** Doc. */\n${cluster}\n`;
        expect(await selections(file.replace('node n in r.a', 'node n i|n r.a'))).toEqual([
            'in',
            'node n in r.a',
            'node n in r.a\n  nodes m-[1..3]',
            '{\n  node n in r.a\n  nodes m-[1..3]\n}',
            cluster,
            `/** Doc. */\n${cluster}`,
            file,
        ]);
    });

    test('is offered', () => {
        expect(editor.offered).toMatchObject({ selectionRangeProvider: true, foldingRangeProvider: true });
    });

    test('through names with dots and blocks in blocks', async () => {
        expect(await selections('cluster c: kafka { topic t { settings { acks = al|l } } }')).toEqual([
            'all',
            'acks = all',
            '{ acks = all }',
            'settings { acks = all }',
            '{ settings { acks = all } }',
            'topic t { settings { acks = all } }',
            '{ topic t { settings { acks = all } } }',
            'cluster c: kafka { topic t { settings { acks = all } } }',
        ]);
    });

    test('from inside a text to its quotes', async () => {
        expect((await selections('scenario s "Zone |a dies" { seed 7 }')).slice(0, 3)).toEqual([
            'Zone a dies',
            '"Zone a dies"',
            'scenario s "Zone a dies" { seed 7 }',
        ]);
    });

    test('from a half-typed line and from nothing', async () => {
        expect((await selections('cluster c: redis {\n  nodes n-|\n')).at(-1)).toBe('cluster c: redis {\n  nodes n-\n');
        expect(await selections('|')).toEqual(['']);
    });
});

describe('folding', () => {
    async function folded(text: string): Promise<string[]> {
        await editor.open(text);
        const ranges = await editor.connection.sendRequest<FoldingRange[]>('textDocument/foldingRange', {
            textDocument,
        });
        return ranges
            .map(({ startLine, endLine, kind = 'block' }) => `${String(startLine)}-${String(endLine)} ${kind}`)
            .sort();
    }

    test('blocks, with the closing brace in sight', async () => {
        expect(await folded('region r {\n  zone a {\n    node n\n  }\n}\nregion s { zone b }\nregion t {\n}')).toEqual([
            '0-3 block',
            '1-2 block',
        ]);
    });

    test('comments of several lines, and several comments', async () => {
        const text =
            '// one\n// two\n\n// alone\n/**\n * Doc.\n */\nregion r // here\n// and here\nregion s\n/* one line */';
        expect(await folded(text)).toEqual(['0-1 comment', '4-6 comment']);
    });

    test('runs of imports', async () => {
        const text = 'import "a.cluster"\nimport "b.cluster"\n\nregion r\nimport "c.cluster"\n';
        expect(await folded(text)).toEqual(['0-1 imports']);
    });

    test('marked regions', async () => {
        const text = '// #region places\nregion r\n//#region inner\nregion s\n//#endregion\n// #endregion\n';
        expect(await folded(text)).toEqual(['0-5 region', '2-4 region']);
    });

    test('half-typed text', async () => {
        expect(await folded('cluster c: redis {\n  nodes\n  settings {\n    a\n  }\n')).toEqual(['2-3 block']);
    });
});
