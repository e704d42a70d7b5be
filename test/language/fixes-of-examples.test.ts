/** Whatever the light bulb offers against a finding is tried on the example of its code's page. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AnalysisService, collectFindings } from '../../src/analysis/index.js';
import { exampleText } from '../../src/language/codes/index.js';
import { allCodes } from '../../src/language/explain/index.js';
import type { Finding } from '../../src/topology/index.js';
import { Client } from './client.js';
import { actionsIn, applied } from './edits.js';
import { read } from './support.js';

let editor: Client;

beforeAll(async () => {
    editor = await Client.start(new AnalysisService());
});

afterAll(() => editor.dispose());

describe('each fix of each example mends a finding', () => {
    const examples = allCodes().flatMap((page) => {
        const text = exampleText(page);
        return text === undefined || text.length > 100_000 ? [] : [[page.code, text] as const];
    });
    test.each(examples)('%s', async (code, text) => {
        const found = async (file: string): Promise<readonly Finding[]> =>
            (await read(file, {}, { design: collectFindings })).findings.filter((each) => each.code === code);
        const before = await found(text);
        // What is accepted stays as information, and is mended as well.
        const count = async (file: string): Promise<number> =>
            (await found(file)).filter(({ severity }) => severity === before[0]?.severity).length;
        for (const action of await actionsIn(editor, await editor.open(text))) {
            if (!action.diagnostics?.some((each) => each.code === code)) continue;
            expect(await count(applied(text, action.edit ?? null)), action.title).toBeLessThan(before.length);
        }
    });
});

test('nothing is offered whose parts are in the way of each other in a damaged text', async () => {
    const text = 'cluster c: kafka {\n  topic t {\n    replicas 3{ min.insync.replicas = 2 }\n  }\n}\n';
    const offered = await actionsIn(editor, await editor.open(text));
    expect(offered.map(({ title }) => title)).not.toContain('Move it into settings');
});
