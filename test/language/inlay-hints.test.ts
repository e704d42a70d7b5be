import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InlayHint, Range } from 'vscode-languageserver';
import { AnalysisService } from '../../src/analysis/index.js';
import { CursorClient } from './at-cursor.js';
import { Client } from './client.js';
import { MAIN } from './support.js';

const PLACES = 'region eu { zone a  zone b  zone c }\n';
const ALL: Range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

let editor: CursorClient;

beforeAll(async () => {
    editor = await CursorClient.start();
});

afterAll(() => editor.dispose());

/** The text with its hints in it, each behind what it is about. */
async function hinted(text: string, range = ALL): Promise<string> {
    await editor.show(`¦${text}`);
    const hints = await editor.client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
        textDocument: { uri: MAIN },
        range,
    });
    const lines = text.split('\n');
    const backwards = hints.toSorted(
        (left, right) => right.position.line - left.position.line || right.position.character - left.position.character,
    );
    for (const { position, label } of backwards) {
        const line = lines[position.line] ?? '';
        const shown = typeof label === 'string' ? label : '';
        lines[position.line] = `${line.slice(0, position.character)}«${shown}»${line.slice(position.character)}`;
    }
    return lines.join('\n');
}

test('copies in all, however the system counts them', async () => {
    const shown = await hinted(
        `${PLACES}cluster c: redis in eu { nodes n-[1..7] across zones\nshards s-[1..3] { replicas 1 }\nshards t {}\n}`,
    );
    expect(shown).toContain('replicas 1«2 copies»');
    expect(shown).toContain('shards t«1 copy»');
});

test('who decides by majority, at the first of them', async () => {
    const shown = await hinted(
        `${PLACES}cluster c: redis in eu { nodes n-[1..3] across zones\nshard a on n-1\nshard b on n-2\nshard d on n-3\n}`,
    );
    expect(shown).toContain('shard a on n-1«3 primaries: quorum 2 of 3, survives 1»\nshard b on n-2\n');
});

test('who decides by majority is not said twice where one statement declares them all', async () => {
    const shown = await hinted(
        `${PLACES}cluster c: kafka in eu { nodes ctl-[1..3] across zones as controller { capacity 5/s }\nnodes b-[1..3] as broker\n}`,
    );
    expect(shown).toContain(
        'nodes ctl-[1..3] across zones«1 in each of a, b, c» as controller«quorum 2 of 3, survives 1» { capacity 5/s }\n',
    );
});

test('where the nodes of a range stand', async () => {
    const shown = await hinted(
        `${PLACES}cluster c: server in eu {\n nodes n-[1..6] across zones\n nodes m-[1..4] across zones\n nodes k-[1..2] across eu.b\n nodes j-[1..2] in eu.a\n}`,
    );
    expect(shown).toContain('across zones«2 in each of a, b, c»');
    expect(shown).toContain('across zones«2 in a, 1 in b, 1 in c»');
    expect(shown).toContain('across eu.b«2 in b»');
    expect(shown).toContain('in eu.a\n');
});

test('the unit of a bare number, at every level', async () => {
    const shown = await hinted(
        `${PLACES}cluster c: redis in eu {\n node n { settings { min-replicas-max-lag = 12 } }\n settings { cluster-node-timeout = 5000  repl-timeout = 1m  cluster-migration-barrier = 1 }\n}`,
    );
    expect(shown).toContain('min-replicas-max-lag = 12«s»');
    expect(shown).toContain('cluster-node-timeout = 5000«ms»');
    expect(shown).toContain('repl-timeout = 1m  cluster-migration-barrier = 1 }');
});

test('only those that are asked for', async () => {
    const text = `${PLACES}cluster c: server in eu {\n nodes n-[1..3] across zones\n nodes m-[1..3] across zones\n}`;
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 99 } };
    expect(await hinted(text, range)).toBe(text.replace('across zones', 'across zones«1 in each of a, b, c»'));
});

test('half-typed text has those of what is understood', async () => {
    const shown = await hinted(
        `${PLACES}cluster : redis {\n nodes\n}\ncluster c: redis in eu {\n nodes n-[1..3] across zones\n shards\n settings { cluster-node-timeout = 5000 x = = }`,
    );
    expect(shown).toContain('across zones«1 in each of a, b, c»');
});

test('a text that imports another has its hints asked for anew when that changes', async () => {
    const capabilities = { workspace: { inlayHint: { refreshSupport: true } } };
    const client = await Client.start(new AnalysisService(), { capabilities });
    const refreshed = new Promise<void>((resolve) => {
        client.connection.onRequest('workspace/inlayHint/refresh', () => {
            resolve();
            return null;
        });
    });
    const uri = 'file:///project/places.cluster';
    const textDocument = { uri, languageId: 'cluster', version: 1, text: 'region eu { zone a }' };
    await client.open('import "places.cluster"\ncluster c: server in eu { nodes n-[1..2] across zones }');
    await client.connection.sendNotification('textDocument/didOpen', { textDocument });
    await refreshed;
    client.dispose();
});
