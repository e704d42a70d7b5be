import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'langium';
import { AnalysisService } from '../../../src/analysis/index.js';
import { Client } from '../client.js';
import { MAIN } from '../support.js';
import { EXAMPLES } from './support.js';

const textDocument = { uri: MAIN };
const options = { tabSize: 8, insertSpaces: false };

let editor: Client;

beforeEach(async () => {
    editor = await Client.start(new AnalysisService());
});

afterEach(() => editor.dispose());

/** The text after the edits that the server answers with. */
async function applied(text: string, method: string, params: object): Promise<string> {
    await editor.open(text);
    const edits = await editor.connection.sendRequest<TextEdit[]>(method, { textDocument, options, ...params });
    return TextDocument.applyEdits(TextDocument.create(MAIN, 'cluster', 1, text), edits);
}

describe('formatting in the editor', () => {
    test('brings a document into canonical form, whatever the size of its tabs', async () => {
        const text = 'region r\n{\n\tzone a { node n  }\n\n\n  zone  b  }';
        expect(await applied(text, 'textDocument/formatting', {})).toBe(
            'region r {\n  zone a { node n }\n\n  zone b\n}\n',
        );
    });

    test('is offered for documents, selections and while typing', () => {
        expect(editor.offered).toMatchObject({
            documentFormattingProvider: true,
            documentRangeFormattingProvider: true,
            documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] },
        });
    });

    test('changes nothing in an example', async () => {
        await editor.open(EXAMPLES.get('kafka.cluster') ?? '');
        expect(await editor.connection.sendRequest('textDocument/formatting', { textDocument, options })).toEqual([]);
    });

    test('puts values in quotes that cannot be read without', async () => {
        const text = 'cluster c: redis {\nnode n\nsettings {\nbind *\n}\n}\n';
        expect(await applied(text, 'textDocument/formatting', {})).toBe(
            'cluster c: redis {\n  node n\n  settings {\n    bind = "*"\n  }\n}\n',
        );
    });

    test('leaves a half-typed declaration alone and formats the others', async () => {
        const text = 'region r{zone a}\ncluster c: redis {\n     node\n   nodes n-[1..3]  in\n}\nregion s{zone b}\n';
        expect(await applied(text, 'textDocument/formatting', {})).toBe(
            'region r { zone a }\ncluster c: redis {\n     node\n   nodes n-[1..3]  in\n}\nregion s { zone b }\n',
        );
    });

    test('changes the lines of a selection only', async () => {
        const text = 'region r {\nzone a\nzone b\nzone c\n}\n';
        const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
        expect(await applied(text, 'textDocument/rangeFormatting', { range })).toBe(
            'region r {\nzone a\n  zone b\nzone c\n}\n',
        );
    });

    test('a closing brace brings its block into shape', async () => {
        const text = 'workload w {writes c 5/s}\nregion r {\nzone a {\nnode   n\n}\n}\n';
        const params = { ch: '}', position: { line: 4, character: 1 } };
        expect(await applied(text, 'textDocument/onTypeFormatting', params)).toBe(
            'workload w {writes c 5/s}\nregion r {\n  zone a {\n    node n\n  }\n}\n',
        );
    });

    test('a line break brings the line before it into shape, and no other', async () => {
        const text = 'region r {\n zone a {node n}\n  \n   zone b\n}\n';
        const params = { ch: '\n', position: { line: 2, character: 2 } };
        expect(await applied(text, 'textDocument/onTypeFormatting', params)).toBe(
            'region r {\n  zone a { node n }\n  \n   zone b\n}\n',
        );
    });
});
