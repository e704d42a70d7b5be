import { EmptyFileSystem, URI, type LangiumDocument } from 'langium';
import { expect, test } from 'vitest';
import { collectFindings } from '../../src/analysis/index.js';
import { cursorAt } from '../../src/language/editor/completion/cursor.js';
import { Expectations } from '../../src/language/editor/completion/expected.js';
import { createServices } from '../../src/language/editor/services.js';
import { MAIN, projectFile } from './support.js';

const SOURCES = ['test/language/fixtures/constructs.cluster', 'examples/kafka.cluster'];

const { shared, cluster } = createServices({ ...EmptyFileSystem }, { design: collectFindings });

async function open(text: string): Promise<LangiumDocument> {
    const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
    const uri = URI.parse(MAIN);
    if (LangiumDocuments.hasDocument(uri)) LangiumDocuments.deleteDocument(uri);
    const document = LangiumDocumentFactory.fromString(text, uri);
    LangiumDocuments.addDocument(document);
    await DocumentBuilder.build([document], { validation: false });
    return document;
}

/** Deterministic, so that a failure can be looked at again. */
function generator(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
        state = (state * 1_664_525 + 1_013_904_223) >>> 0;
        return Math.floor((state / 4_294_967_296) * below);
    };
}

test.each(SOURCES)('every word of %s is among what is expected where it stands', async (path) => {
    const text = projectFile(path);
    const document = await open(text);
    const expectations = new Expectations(cluster);
    const { tokens } = cluster.parser.Lexer.tokenize(text);
    const missed = tokens.filter(({ image, startOffset }) => {
        const cursor = cursorAt(document, startOffset, cluster.parser.Lexer);
        const { expected } = cursor ? expectations.at(cursor) : { expected: [] };
        return !expected.some(({ keyword }) => keyword === undefined || keyword === image);
    });
    expect(missed.map(({ image, startLine }) => `${String(startLine)}: ${image}`)).toEqual([]);
});

const HOSTILE = [
    '{',
    '}',
    '"',
    '/*',
    '__proto__',
    'constructor',
    '"<script>"',
    '\u001b[31m',
    '[1..',
    '.',
    ':',
    '=',
    '$1',
    '99999999999999999s',
];

test.each(SOURCES)('no state of %s, however damaged, makes completion, hover or hints fail', async (path) => {
    const below = generator(23);
    for (let round = 0; round < 25; round++) {
        const words = projectFile(path).split(/(\s+)/);
        for (let count = 1 + below(3); count > 0; count--) {
            words.splice(below(words.length), below(3), HOSTILE[below(HOSTILE.length)] ?? '');
        }
        const document = await open(words.join(''));
        const { textDocument } = document;
        const end = textDocument.getText().length;
        for (let look = 0; look < 20; look++) {
            const params = { textDocument: { uri: MAIN }, position: textDocument.positionAt(below(end + 1)) };
            await cluster.lsp.CompletionProvider?.getCompletion(document, params);
            await cluster.lsp.HoverProvider?.getHoverContent(document, params);
        }
        const range = { start: textDocument.positionAt(0), end: textDocument.positionAt(end) };
        const hints = await cluster.lsp.InlayHintProvider?.getInlayHints(document, {
            textDocument: { uri: MAIN },
            range,
        });
        expect(hints).toBeInstanceOf(Array);
    }
});

test('a text that breaks off anywhere is completed and explained at its end', async () => {
    const text = projectFile('test/language/fixtures/constructs.cluster');
    for (let length = 0; length < text.length; length += 61) {
        const document = await open(text.slice(0, length));
        const params = { textDocument: { uri: MAIN }, position: document.textDocument.positionAt(length) };
        const list = await cluster.lsp.CompletionProvider?.getCompletion(document, params);
        for (const { textEdit } of list?.items ?? []) expect(textEdit).toBeDefined();
        await cluster.lsp.HoverProvider?.getHoverContent(document, params);
    }
});
