import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileChangeType, type Diagnostic, type DocumentSymbol, type Hover, type Location } from 'vscode-languageserver';
import type { ProtocolConnection } from 'vscode-languageserver/node';
import { AnalysisService } from '../../src/analysis/index.js';
import { DRAWING_REQUEST, RUN_SCENARIO_REQUEST, SCENARIOS_REQUEST } from '../../src/protocol/index.js';
import { Client } from './client.js';
import { MAIN, projectFile } from './support.js';

const textDocument = { uri: MAIN };
const REDIS = projectFile('examples/redis.cluster');

let editor: Client;
let client: ProtocolConnection;

beforeEach(async () => {
    editor = await Client.start(new AnalysisService());
    client = editor.connection;
});

afterEach(() => editor.dispose());

/** The position of a word's second letter. */
function at(text: string, word: string, from = 0): { line: number; character: number } {
    const before = text.slice(0, text.indexOf(word, from) + 1).split('\n');
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

test('tells what is wrong while it is typed', async () => {
    await editor.open('cluster c: reddis { node n }');
    expect(editor.published.at(-1)).toMatchObject([{ code: 'language/unknown-engine', source: 'faultline' }]);
});

test('leads from a member of a range to its declaration, and back to all who name it', async () => {
    await editor.open(REDIS);
    const position = at(REDIS, 'cache-5');
    const definition = await client.sendRequest<unknown[]>('textDocument/definition', { textDocument, position });
    expect(definition).toMatchObject([{ targetSelectionRange: { start: { line: 8, character: 8 } } }]);
    const context = { includeDeclaration: false };
    const references = await client.sendRequest<Location[]>('textDocument/references', {
        textDocument,
        position: at(REDIS, 'sessions'),
        context,
    });
    expect(references).toHaveLength(REDIS.split(/\bsessions\b/).length - 2);
});

test('explains a setting with its default and its source', async () => {
    await editor.open(REDIS);
    const position = at(REDIS, 'cluster-node-timeout');
    const hover = await client.sendRequest<Hover>('textDocument/hover', { textDocument, position });
    expect(JSON.stringify(hover.contents)).toMatch(/15000 ms.*Source: /s);
});

test('explains a node by what it came to be', async () => {
    await editor.open(REDIS);
    const position = at(REDIS, 'cache-5');
    const hover = await client.sendRequest<Hover>('textDocument/hover', { textDocument, position });
    expect(JSON.stringify(hover.contents)).toContain('Stands in us-east-1.b.');
});

test('offers the settings of the engine', async () => {
    const text = 'cluster c: redis {\n  nodes n-[1..3]\n  settings {\n    \n  }\n}';
    await editor.open(text);
    const list = await client.sendRequest<{ items: { label: string }[] }>('textDocument/completion', {
        textDocument,
        position: { line: 3, character: 4 },
    });
    expect(list.items.map((item) => item.label)).toContain('cluster-node-timeout');
});

test('offers engines and places', async () => {
    const text = 'region here { zone a }\ncluster c:  { }\ncluster d: redis in  { }';
    await editor.open(text);
    const labels = async (line: number, character: number): Promise<string[]> => {
        const position = { line, character };
        const list = await client.sendRequest<{ items: { label: string }[] }>('textDocument/completion', {
            textDocument,
            position,
        });
        return list.items.map((item) => item.label);
    };
    expect(await labels(1, 11)).toContain('redis');
    expect(await labels(2, 20)).toContain('here');
});

test('outlines what is declared', async () => {
    await editor.open(REDIS);
    const symbols = await client.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
    expect(symbols.map((symbol) => symbol.name)).toEqual([
        'us-east-1',
        'sessions',
        'app',
        'survive-a-zone',
        'primary-crash',
        'two-primaries-at-once',
    ]);
});

test('a refuted objective becomes an error that names what breaks it, and its lens says so', async () => {
    const text = REDIS.replace('cache-1, cache-5', 'cache-1, cache-4').replace('cache-3, cache-4', 'cache-3, cache-5');
    const found = await editor.open(text, (all) => all.some(({ code }) => code === 'objective/refuted'));
    expect(found.find(({ code }) => code === 'objective/refuted')?.message).toContain('us-east-1.a');
    expect(await editor.lenses()).toEqual([
        expect.stringContaining('✗ tolerate any 1 zone: broken by zone us-east-1.a'),
        'Show',
        '▶ Run',
        'Play',
        '▶ Run',
        'Play',
    ]);
});

test('draws, lists scenarios and runs one', async () => {
    await editor.open(REDIS);
    const reply = await client.sendRequest<{ drawing: { regions: unknown[] }; version: number }>(DRAWING_REQUEST, {
        uri: MAIN,
    });
    expect(reply.version).toBe(1);
    expect(reply.drawing.regions).toHaveLength(1);
    const scenarios = await client.sendRequest(SCENARIOS_REQUEST, { uri: MAIN });
    expect(scenarios).toMatchObject([{ name: 'primary-crash' }, { name: 'two-primaries-at-once' }]);
    const run = await client.sendRequest(RUN_SCENARIO_REQUEST, { uri: MAIN, name: 'primary-crash' });
    expect(run).toMatchObject({ kind: 'done', result: { verdict: { name: 'primary-crash' } } });
    expect(await client.sendRequest(DRAWING_REQUEST, { uri: 'file:///elsewhere.cluster' })).toBeNull();
});

test('a fault that changed nothing is told at its place once its scenario was run, until the text means something else', async () => {
    const text = REDIS.replace(
        'at 30s  crash node cache-1',
        'at 30s  crash node cache-1\n  at 31s  crash node cache-1',
    );
    await editor.open(text);
    const run = await client.sendRequest(RUN_SCENARIO_REQUEST, { uri: MAIN, name: 'primary-crash' });
    expect(run).toMatchObject({ kind: 'done' });
    const told = (): unknown => editor.published.at(-1)?.find(({ code }) => code === 'scenario/fault-without-effect');
    const line = text.split('\n').findIndex((each) => each.includes('at 31s'));
    expect(told()).toMatchObject({ severity: 3, range: { start: { line } } });
    const isGone = (all: readonly Diagnostic[]): boolean =>
        !all.some(({ code }) => code === 'scenario/fault-without-effect');
    await editor.edit(text.replace('at 31s', 'at 29s'), isGone);
    expect(told()).toBeUndefined();
});

test('a scenario that is not understood is not run', async () => {
    await editor.open(REDIS.replace('crash node cache-1', 'crash node cache-9'));
    const run = await client.sendRequest(RUN_SCENARIO_REQUEST, { uri: MAIN, name: 'primary-crash' });
    expect(run).toMatchObject({ kind: 'failed', message: expect.stringContaining('cache-9') as string });
});

test('a file that imports another is read anew when that appears, changes and goes', async () => {
    const uri = 'file:///project/places.cluster';
    const codesAfter = async (notification: string, params: object): Promise<unknown[]> => {
        const told = editor.diagnosticsWith(() => true);
        await client.sendNotification(notification, params);
        return (await told).flatMap(({ code }) => (String(code).startsWith('language/') ? [code] : []));
    };
    await editor.open('import "places.cluster"\ncluster c: server in r { node n }');
    const places = { uri, languageId: 'cluster', version: 1, text: 'region r' };
    expect(await codesAfter('textDocument/didOpen', { textDocument: places })).toEqual([]);
    const renamed = { textDocument: { uri, version: 2 }, contentChanges: [{ text: 'region q' }] };
    expect(await codesAfter('textDocument/didChange', renamed)).toEqual(['language/unknown-name']);
    const back = { textDocument: { uri, version: 3 }, contentChanges: [{ text: 'region r' }] };
    expect(await codesAfter('textDocument/didChange', back)).toEqual([]);
    const deleted = { changes: [{ uri, type: FileChangeType.Deleted }] };
    await client.sendNotification('workspace/didChangeWatchedFiles', deleted);
    // Its text still stands in an editor.
    expect(await client.sendRequest(DRAWING_REQUEST, { uri })).toMatchObject({ kind: 'whole' });
    expect(await codesAfter('textDocument/didClose', { textDocument: { uri } })).toContain('language/import');
});
