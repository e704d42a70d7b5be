import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AnalysisService } from '../../src/analysis/index.js';
import { Client } from './client.js';
import { actionsIn, applied } from './edits.js';
import { read } from './support.js';

let editor: Client;

beforeAll(async () => {
    editor = await Client.start(new AnalysisService());
});

afterAll(() => editor.dispose());

/** The text after the action with this title. */
async function after(text: string, title: string): Promise<string> {
    const offered = await actionsIn(editor, await editor.open(text));
    const action = offered.find((each) => each.title === title);
    if (!action) throw new Error(`Offered: ${offered.map((each) => each.title).join(' | ')}`);
    return applied(text, action.edit ?? null);
}

describe('a figure as other texts write it', () => {
    const workload = (demand: string): string => `cluster c: server { node n }\nworkload w { ${demand} }`;
    const objective = (clause: string): string => `cluster c: server { node n }\nobjective o for c { ${clause} }`;

    test.each([
        [objective('restore writes within 35 seconds'), 'Write the unit next to its number', '35 seconds', '35s'],
        [objective('restore writes within 35seconds'), 'Change to 35s', '35seconds', '35s'],
        [workload('reads c 100 rps'), 'Write the unit next to its number', '100 rps', '100/s'],
        [workload('reads c 1,000/s'), 'Change to 1000/s', '1,000/s', '1000/s'],
        [workload('reads c 5/sec'), 'Change to 5/s', '5/sec', '5/s'],
        [workload('reads c 10k/s'), 'Change to 10000/s', '10k/s', '10000/s'],
        [workload('reads c 1000/m'), 'Change to 1000/min', '1000/m', '1000/min'],
    ])('is one mistake, mended as a whole: %s', async (text, title, written, meant) => {
        const { findings } = await read(text);
        const errors = findings.filter(({ severity }) => severity === 'error');
        expect(errors.map(({ fixes }) => fixes?.map((fix) => fix.title))).toEqual([[title]]);
        expect(await after(text, title)).toBe(text.replace(written, meant));
    });

    test('is not mended by half', async () => {
        const { findings } = await read(workload('reads c 100 per'));
        const [unit] = findings.filter(({ code }) => code === 'language/unit');
        expect(unit).toMatchObject({ message: "'100' is not a rate, and this place needs one." });
        expect(unit?.fixes).toBeUndefined();
    });

    test('without a unit where several fit: none is preferred', async () => {
        const offered = await actionsIn(editor, await editor.open(objective('restore writes within 35')));
        const changes = offered.filter(({ title }) => title.startsWith('Change'));
        expect(changes.map(({ title }) => title)).toEqual(['Change to 35s', 'Change to 35ms', 'Change to 35m']);
        expect(changes.some(({ isPreferred }) => isPreferred === true)).toBe(false);
    });
});

describe('a text in single quotes', () => {
    test.each([
        ["cluster c: kafka { nodes n-[1..3] settings { dir '/x' } }", `'/x'`, `"/x"`],
        ["cluster c: kafka { nodes n-[1..3] settings { dir = '/x' } }", `'/x'`, `"/x"`],
        ["cluster c: kafka { nodes n-[1..3] settings { a '' } }", `''`, `""`],
        ["cluster c: kafka { nodes n-[1..3] settings { a = 'two words' } }", `'two words'`, `"two words"`],
        ["cluster c: kafka '3.7' { nodes n-[1..3] }", `'3.7'`, `"3.7"`],
    ])('is one mistake, and its fix changes the quotes: %s', async (text, written, meant) => {
        const errors = (await read(text)).findings.filter(({ severity }) => severity === 'error');
        expect(errors).toMatchObject([
            {
                code: 'language/syntax',
                message: 'Texts stand in double quotes.',
                fixes: [{ title: `Write ${meant}`, text: meant, safe: true }],
            },
        ]);
        const mended = await after(text, `Write ${meant}`);
        expect(mended).toBe(text.replace(written, meant));
        const left = (await read(mended)).findings.filter(({ severity }) => severity === 'error');
        expect(left).toEqual([]);
    });

    test.each([
        "cluster c: server { node n } // it's what 'they' say",
        "cluster c: server { node n } /* 'a' */",
        `cluster c: server { node n waive "server/single-server" because "it's 'fine'" }`,
    ])('in comments and texts nothing is said: %s', async (text) => {
        const errors = (await read(text)).findings.filter(({ severity }) => severity === 'error');
        expect(errors).toEqual([]);
    });
});

describe('a duration of a system that wants its unit', () => {
    const TEXT = {
        elasticsearch: 'cluster c: elasticsearch { nodes n-[1..3] settings { cluster.publish.timeout = 2000 } }',
        opensearch: 'cluster c: opensearch { nodes n-[1..3] settings { cluster.publish.timeout = 2000 } }',
        cassandra: 'cluster c: cassandra { nodes n-[1..3] settings { read_request_timeout = 2000 } }',
    };

    test.each(Object.entries(TEXT))('%s refuses a bare number', async (_engine, text) => {
        const key = text.includes('publish') ? 'cluster.publish.timeout' : 'read_request_timeout';
        const [problem] = (await read(text)).findings.filter(({ code }) => code === 'language/setting-value');
        expect(problem).toMatchObject({
            severity: 'error',
            message: `'${key}' takes a duration with its unit such as 15s, but '2000' has no unit.`,
            fixes: [
                { title: `Change to ${key} = 2000ms`, open: true },
                { title: `Change to ${key} = 2s`, open: true },
            ],
        });
        const mended = await read(text.replace('2000', '2s'));
        expect(mended.findings.map(({ code }) => code)).not.toContain('language/setting-value');
    });

    test('0 needs none in Elasticsearch', async () => {
        const { findings } = await read(TEXT.elasticsearch.replace('2000', '0'));
        expect(findings.map(({ code }) => code)).not.toContain('language/setting-value');
    });
});

describe('a key of several words', () => {
    const lines = (line: string): string =>
        `cluster c: server {\n  nodes n-[1..2]\n  settings {\n    redispatch = no\n    ${line}\n    retries = 3\n  }\n}`;

    test.each(['timeout connect = 500ms', 'timeout connect: 500ms', 'timeout connect 500ms'])(
        'is one mistake without its quotes, mended as a whole: %s',
        async (line) => {
            const { findings } = await read(lines(line));
            const errors = findings.filter(({ code }) => code.startsWith('language/'));
            expect(errors.map(({ code }) => code)).toEqual(['language/divided-key']);
            const title = errors[0]!.fixes![0]!.title;
            const { topology, findings: left } = await read(await after(lines(line), title));
            expect(left.filter(({ code }) => code.startsWith('language/'))).toEqual([]);
            const [cluster] = topology.clusters;
            expect(cluster!.settings.map(({ key, values }) => [key, values[0]!.text])).toEqual([
                ['redispatch', 'no'],
                ['timeout connect', '500ms'],
                ['retries', '3'],
            ]);
        },
    );

    test('another key that begins alike is not taken for it', async () => {
        const { findings } = await read(lines('timeout connection 500ms'));
        expect(findings.map(({ code }) => code)).not.toContain('language/divided-key');
    });
});
