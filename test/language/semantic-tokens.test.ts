import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import { AnalysisService } from '../../src/analysis/index.js';
import { engines } from '../../src/engines/index.js';
import { MODIFIERS, TYPES } from '../../src/language/editor/token-meanings.js';
import { Client } from './client.js';
import { MAIN, projectFile } from './support.js';

const textDocument = { uri: MAIN };
let editor: Client;

beforeEach(async () => {
    editor = await Client.start(new AnalysisService());
});

afterEach(() => editor.dispose());

/** What the server says about each word: `word: type modifiers`. */
async function meanings(text: string): Promise<string[]> {
    await editor.open(text);
    return decoded(text, await editor.connection.sendRequest('textDocument/semanticTokens/full', { textDocument }));
}

function decoded(text: string, { data }: SemanticTokens): string[] {
    const lines = text.split('\n');
    const result: string[] = [];
    let [line, character] = [0, 0];
    for (let at = 0; at < data.length; at += 5) {
        const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
        character = down === 0 ? character + right : right;
        line += down;
        const named = MODIFIERS.filter((_, bit) => modifiers & (1 << bit));
        result.push(`${lines[line]!.slice(character, character + length)}: ${[TYPES[type], ...named].join(' ')}`);
    }
    return result;
}

describe('what each word means', () => {
    test('places and nodes', async () => {
        const text = 'region r { zone a { node n-[1..2] { capacity 5/s } } }';
        expect(await meanings(text)).toEqual([
            'region: keyword',
            'r: namespace declaration',
            'zone: keyword',
            'a: namespace declaration',
            'node: keyword',
            'n-[1..2]: variable declaration',
            'capacity: property',
            '5/s: number',
        ]);
    });

    test('an engine, its roles, its words and its settings', async () => {
        const text = `/** Orders of
 * all. */
cluster orders: kafka "4.1" in r.a {
  node k in r.a as broker
  topic t { partitions 3  partition 0 on k }
  settings { min.insync.replicas = 2  "x" = on, true }
  endpoint dns orders.internal { ttl 5s }
}`;
        expect(await meanings(text)).toEqual([
            '/** Orders of: comment documentation',
            '* all. */: comment documentation',
            'cluster: keyword',
            'orders: class declaration',
            'kafka: type defaultLibrary',
            '"4.1": string',
            'in: keyword',
            'r: namespace',
            'a: namespace',
            'node: keyword',
            'k: variable declaration',
            'in: keyword',
            'r: namespace',
            'a: namespace',
            'as: keyword',
            'broker: enumMember',
            'topic: keyword',
            't: struct declaration',
            'partitions: keyword',
            '3: number',
            'partition: keyword',
            '0: number',
            'on: keyword',
            'k: variable',
            'settings: keyword',
            'min.insync.replicas: property',
            '2: number',
            '"x": property',
            'on: string',
            'true: string',
            'endpoint: keyword',
            'dns: keyword',
            'orders.internal: string',
            'ttl: property',
            '5s: number',
        ]);
    });

    test('a name means what it was declared as', async () => {
        const text = `cluster c: server { node n  failover f }
failover-policy f: active-passive { promote automatically }
workload w { writes c 5/s with acks = all }
objective o for c { lose no writes }
scenario s { at 30s  fail node n  expect writes of w restored within 5s  expect c.c led by n at 5m }`;
        const found = await meanings(text);
        expect(found).toEqual(
            expect.arrayContaining([
                'f: type',
                'f: type declaration',
                'automatically: enumMember',
                'w: interface declaration',
                'c: class',
                'acks: property',
                'all: string',
                'o: function declaration',
                's: function declaration',
                'n: variable',
                'w: interface',
                'c: struct',
                '30s: number',
            ]),
        );
    });

    test('an engine that nobody knows is marked as no part of the library', async () => {
        expect(await meanings('cluster c: reddis { node n }')).toContain('reddis: type');
    });

    test.each(
        engines.flatMap(({ name, groupWords }) => groupWords.map(({ word, countWord }) => ({ name, word, countWord }))),
    )('the words of $name: $word, $countWord', async ({ name, word, countWord }) => {
        const found = await meanings(`cluster c: ${name} { ${word} g { ${countWord ?? 'required'} 3 } }`);
        expect(found).toContain(`${name}: type defaultLibrary`);
        expect(found).toContain(`${word}: keyword`);
        if (countWord !== undefined) expect(found).toContain(`${countWord}: keyword`);
    });
});

describe('the protocol', () => {
    const TEXT = projectFile('examples/redis.cluster');

    test('offers full answers, differences and ranges', async () => {
        expect(editor.offered.semanticTokensProvider).toMatchObject({ full: { delta: true }, range: true });
        await editor.open(TEXT);
        const range = { start: { line: 7, character: 0 }, end: { line: 8, character: 5 } };
        const part = await editor.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/range', {
            textDocument,
            range,
        });
        expect(decoded(TEXT, part)[0]).toBe('cluster: keyword');
        const all = await editor.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', {
            textDocument,
        });
        expect(decoded(TEXT, all).join()).toContain(decoded(TEXT, part).join());
        expect(part.data.length).toBeLessThan(all.data.length / 5);
    });

    test('a difference leads to the full answer', async () => {
        await editor.open(TEXT);
        const ask = <T>(method: string, params: object = {}): Promise<T> =>
            editor.connection.sendRequest<T>(`textDocument/semanticTokens/${method}`, { textDocument, ...params });
        const before = await ask<SemanticTokens>('full');
        await editor.edit(TEXT.replace('shard s-2 on', 'shard second-one on'));
        const { edits } = await ask<SemanticTokensDelta>('full/delta', { previousResultId: before.resultId });
        expect(edits).toHaveLength(1);
        const { start, deleteCount, data = [] } = edits[0]!;
        const after = [...before.data.slice(0, start), ...data, ...before.data.slice(start + deleteCount)];
        expect(after).toEqual((await ask<SemanticTokens>('full')).data);
        expect(data.length).toBeLessThan(20);
        // Whoever asks with an answer of old gets everything.
        expect(await ask('full/delta', { previousResultId: before.resultId })).toHaveProperty('data');
    });
});
