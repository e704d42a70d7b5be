/** Whatever is renamed, the model stays what it was. */
import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Position, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'langium';
import { AnalysisService } from '../../src/analysis/index.js';
import type { Topology } from '../../src/topology/index.js';
import { Client } from './client.js';
import { applied } from './edits.js';
import { MAIN, codesOf, projectFile, read } from './support.js';

const EXAMPLES = readdirSync(new URL('../../examples/', import.meta.url)).filter((name) => name.endsWith('.cluster'));

let editor: Client;

beforeAll(async () => {
    editor = await Client.start(new AnalysisService());
});

afterAll(() => editor.dispose());

/** Everything but names and places in the text; groups by what they give to their shards. */
function nameless(topology: Topology): unknown {
    const { nodes, zones, shards, clusters, workloads, replications, objectives, scenarios } = topology;
    return JSON.parse(
        JSON.stringify(
            { nodes, zones, shards, clusters, workloads, replications, objectives, scenarios },
            (key, value: unknown) =>
                /^(name|qualifiedName|text|title|documentation|.*[sS]ource|uri|groups?)$/.test(key) ? undefined : value,
        ),
    );
}

/** Where names stand, roughly: every word of the text. */
function positionsOf(text: string): Position[] {
    const document = TextDocument.create(MAIN, 'cluster', 1, text);
    return [...text.matchAll(/[\w-]+/g)].map(({ index }) => document.positionAt(index));
}

const NAMES = fc.oneof(
    fc.constantFrom('a', 'b', 'zz', 'constructor', '__proto__', 'settings', 'zone', 'two words', 'x-[1..6]', 'n"q\\'),
    fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/),
    fc.string({ minLength: 1, maxLength: 6 }),
);

test.each(EXAMPLES)('%s', async (name) => {
    const text = projectFile(`examples/${name}`);
    const before = await read(text, others());
    await editor.open(text);
    const positions = positionsOf(text);
    let made = 0;
    const rename = async (position: Position, newName: string): Promise<void> => {
        const edit = await editor.connection
            .sendRequest<WorkspaceEdit | null>('textDocument/rename', {
                textDocument: { uri: MAIN },
                position,
                newName,
            })
            .catch((error: unknown) => {
                // A refusal says why; nothing else may go wrong.
                expect(String(error)).toMatch(/[.)]$/);
                return null;
            });
        if (!edit) return;
        made++;
        const after = await read(applied(text, edit), others());
        expect(codesOf(after)).toEqual(codesOf(before));
        expect(nameless(after.topology)).toEqual(nameless(before.topology));
    };
    await fc.assert(fc.asyncProperty(fc.constantFrom(...positions), NAMES, rename), { numRuns: 40, seed: 7 });
    expect(made).toBeGreaterThan(3);
});

/** The files that an example may import. */
function others(): Readonly<Record<string, string>> {
    return Object.fromEntries(EXAMPLES.map((name) => [name, projectFile(`examples/${name}`)]));
}
