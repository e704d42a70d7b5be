import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DocumentHighlight, DocumentLink, Location, LocationLink, WorkspaceSymbol } from 'vscode-languageserver';
import { AnalysisService } from '../../src/analysis/index.js';
import { Client } from './client.js';
import { openBeside, positionOf } from './edits.js';
import { MAIN } from './support.js';

const PLACES = 'region r { zone a  zone b }\ncluster c: server in r { nodes n-[1..3] across zones }\n';
const TEXT = `import "places.cluster"
import "missing.cluster"
import "/etc/passwd"
region r { zone "c 1" }
cluster d: redis in r."c 1" {
  node m
  members n-1, n-2
  shards s-[1..2] { shard s-1 on m, n-1 }
}
scenario x {
  at 1s  crash node n-2, c.n-2, n-1, n-3
  expect d.s-1 led by m at 5s
}
`;

let editor: Client;
let places: string;

beforeEach(async () => {
    editor = await Client.start(new AnalysisService());
    places = await openBeside(editor, 'places.cluster', PLACES);
    await editor.open(TEXT);
});

afterEach(() => editor.dispose());

async function ask<T>(method: string, word: string, more: object = {}): Promise<T[]> {
    const params = { textDocument: { uri: MAIN }, position: positionOf(TEXT, word), ...more };
    return (await editor.connection.sendRequest<T[] | null>(`textDocument/${method}`, params)) ?? [];
}

/** `places:1 n-[1..3]`: file, line and text. */
function shown(uri: string, { start, end }: Location['range']): string {
    const [name, text] = uri === places ? ['places', PLACES] : ['main', TEXT];
    return `${name}:${String(start.line)} ${(text.split('\n')[start.line] ?? '').slice(start.character, end.character)}`;
}

async function definitions(method: string, word: string): Promise<string[]> {
    const links = await ask<LocationLink>(method, word);
    return links.map(({ targetUri, targetSelectionRange }) => shown(targetUri, targetSelectionRange));
}

test('a name leads to its declaration, also in another file, and an import to its file', async () => {
    expect(await definitions('definition', 'n-2, c')).toEqual(['places:1 n-[1..3]']);
    expect(await definitions('definition', 's-1 on')).toEqual(['main:7 s-[1..2]']);
    expect((await definitions('definition', 'r."c')).toSorted()).toEqual(['main:3 r', 'places:0 r']);
    expect(await definitions('definition', 'c 1" {\n')).toEqual(['main:3 "c 1"']);
    expect(await definitions('definition', 'places')).toEqual(['places:0 ']);
    expect(await definitions('definition', 'missing')).toEqual([]);
    expect(await definitions('definition', 'redis')).toEqual([]);
});

test('a part leads to what it is a part of', async () => {
    expect(await definitions('typeDefinition', 'n-2, c')).toEqual(['places:1 c']);
    expect(await definitions('typeDefinition', 's-1 led')).toEqual(['main:4 d']);
    expect(await definitions('typeDefinition', 'c 1" {\n')).toEqual(['main:3 r']);
    expect(await definitions('typeDefinition', 'd: redis')).toEqual([]);
});

test('references of a member are those of that member, in all files', async () => {
    const references = async (word: string, includeDeclaration: boolean): Promise<string[]> => {
        const found = await ask<Location>('references', word, { context: { includeDeclaration } });
        return found.map(({ uri, range }) => shown(uri, range));
    };
    expect(await references('n-2, c', true)).toEqual(['places:1 n-[1..3]', 'main:6 n-2', 'main:10 n-2', 'main:10 n-2']);
    expect(await references('n-3', false)).toEqual(['main:10 n-3']);
    expect(await references('s-1 led', false)).toEqual(['main:7 s-1', 'main:11 s-1']);
    expect(await references('s-[1', false)).toEqual(['main:7 s-1', 'main:11 s-1']);
    const all = await editor.connection.sendRequest<Location[]>('textDocument/references', {
        textDocument: { uri: places },
        position: positionOf(PLACES, 'n-['),
        context: { includeDeclaration: false },
    });
    expect(all).toHaveLength(7);
});

test('highlights tell the declaration from what names it', async () => {
    const highlights = await ask<DocumentHighlight>('documentHighlight', 'm at');
    expect(highlights.map(({ kind, range }) => [kind, shown(MAIN, range)])).toEqual([
        [3, 'main:5 m'],
        [2, 'main:7 m'],
        [2, 'main:11 m'],
    ]);
});

test('imports are links, also those without a file', async () => {
    const links = await ask<DocumentLink>('documentLink', 'places');
    expect(links.map(({ range, target, tooltip }) => [shown(MAIN, range), target, tooltip])).toEqual([
        ['main:0 places.cluster', places, 'Open places.cluster'],
        [
            'main:1 missing.cluster',
            'file:///project/missing.cluster',
            'There is no file missing.cluster: open it to create it',
        ],
    ]);
});

test('symbols of all files are found by parts of their names, and members of ranges by theirs', async () => {
    const symbols = async (query: string): Promise<string[]> => {
        const found = await editor.connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', { query });
        return found.map(({ name, containerName }) => `${containerName ?? '-'} ${name}`);
    };
    expect(await symbols('n-2')).toEqual(['c n-2']);
    expect(await symbols('c 1')).toEqual(['r c 1']);
    expect(await symbols('s-')).toEqual(['d s-[1..2]']);
    expect((await symbols('')).length).toBe(11);
    await editor.edit(
        Array.from({ length: 400 }, (_, index) => `workload __proto__${String(index)} {}`).join('\n') +
            '\nworkload constructor {}',
    );
    expect(await symbols('constructor')).toEqual(['- constructor']);
    expect((await symbols('__proto__')).length).toBe(256);
    expect((await symbols('__proto__399'))[0]).toBe('- __proto__399');
});

test.each([
    'region',
    'cluster c: server { node n',
    'import "',
    'import "x',
    'cluster __proto__: redis { members constructor, ',
    '"',
    '',
])('half-written text is survived: %j', async (text) => {
    await editor.edit(text);
    for (let character = 0; character <= text.length; character++) {
        const at = { textDocument: { uri: MAIN }, position: { line: 0, character } };
        for (const method of ['definition', 'typeDefinition', 'documentHighlight', 'documentLink', 'prepareRename']) {
            await editor.connection.sendRequest(`textDocument/${method}`, at);
        }
        const references = { ...at, context: { includeDeclaration: true } };
        await editor.connection.sendRequest('textDocument/references', references);
        await editor.connection.sendRequest('textDocument/rename', { ...at, newName: 'x' });
    }
});
