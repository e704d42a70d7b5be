import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CodeActionTriggerKind, type CodeAction } from 'vscode-languageserver';
import { AnalysisService, collectFindings } from '../../src/analysis/index.js';
import { shapeOf } from '../../src/language/editor/rename/shape.js';
import { Client } from './client.js';
import { applied, openBeside, positionOf } from './edits.js';
import { MAIN, codesOf, projectFile, read } from './support.js';

const PLACES = 'region r { zone a  zone b  zone c }\n';

let editor: Client;

beforeEach(async () => {
    editor = await Client.start(new AnalysisService());
});

afterEach(() => editor.dispose());

async function offered(text: string, word: string): Promise<CodeAction[]> {
    await editor.open(text);
    const start = positionOf(text, word);
    return editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: MAIN },
        range: { start, end: start },
        context: { diagnostics: [], only: ['refactor'] },
    });
}

/** The text after the refactoring whose title begins so; it must mean what it meant, and have no new finding. */
async function after(text: string, word: string, title: string): Promise<string> {
    const actions = await offered(text, word);
    const action = actions.find((each) => each.title.startsWith(title));
    if (!action) throw new Error(`Offered: ${actions.map((each) => each.title).join(' | ')}`);
    const result = applied(text, action.edit ?? null);
    await same(text, result);
    return result;
}

async function same(before: string, result: string): Promise<void> {
    const [old, now] = [
        await read(before, {}, { design: collectFindings }),
        await read(result, {}, { design: collectFindings }),
    ];
    expect(codesOf(now).filter((code) => !codesOf(old).includes(code))).toEqual([]);
    // Whoever places a shard, and whether a shared policy says it, is what a refactoring changes.
    const plain = (shape: string): string => shape.replaceAll('"placedBy":"engine"', '"placedBy":"file"');
    // A plain group may become single shards; what stays a group stays as it is.
    const keeps = now.topology.groups.length === old.topology.groups.length;
    const shape = ({ topology }: typeof old): string => plain(shapeOf(keeps ? topology : { ...topology, groups: [] }));
    expect(shape(now)).toBe(shape(old));
}

test('is not offered unasked, so that no light bulb stands beside every line', async () => {
    const text = `${PLACES}cluster c: redis in r { nodes n-[1..3] across zones }`;
    await editor.open(text);
    const start = positionOf(text, 'n-');
    const titles = async (context: object, end = start): Promise<string[]> => {
        const params = { textDocument: { uri: MAIN }, range: { start, end }, context: { diagnostics: [], ...context } };
        const actions = await editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
        return actions.map(({ title }) => title);
    };
    const expand = 'Expand n-[1..3] into single nodes';
    expect(await titles({ triggerKind: CodeActionTriggerKind.Automatic })).not.toContain(expand);
    expect(await titles({ triggerKind: CodeActionTriggerKind.Invoked })).toContain(expand);
    const end = { ...start, character: start.character + 1 };
    expect(await titles({ triggerKind: CodeActionTriggerKind.Automatic }, end)).toContain(expand);
});

describe('a failover policy', () => {
    const inline = `${PLACES}/** Money. */
cluster ledger: server in r {
  nodes db-[1..3] across zones
  endpoint vip 10.0.0.10 { advertise every 1s }
  failover active-passive {
    detect within 3s   // as agreed
    order db-1, db-2
  }
}
`;
    const extracted = `${PLACES}failover-policy ledger-failover: active-passive {
  detect within 3s   // as agreed
  order db-1, db-2
}

/** Money. */
cluster ledger: server in r {
  nodes db-[1..3] across zones
  endpoint vip 10.0.0.10 { advertise every 1s }
  failover ledger-failover
}
`;

    test('is extracted', async () => {
        expect(await after(inline, 'failover active', "Extract failover policy 'ledger-failover'")).toBe(extracted);
    });

    test('is put back', async () => {
        expect(await after(extracted, 'failover ledger', "Inline failover policy 'ledger-failover'")).toBe(inline);
    });

    test('stays as long as another cluster names it, and keeps its documentation', async () => {
        const two = `/** Both. */\nfailover-policy p: active-passive { promote manually }
cluster c: server {\n  node n\n  failover p\n}\ncluster d: server {\n  node m\n  failover p\n}\n`;
        const one = await after(two, 'failover p', 'Inline');
        expect(one).toBe(two.replace('failover p\n', 'failover active-passive { promote manually }\n'));
        expect(await after(one, 'failover p\n', 'Inline')).toBe(`cluster c: server {
  node n
  failover active-passive { promote manually }
}
cluster d: server {
  node m
  /** Both. */
  failover active-passive { promote manually }
}
`);
    });

    test('names the cluster of its nodes where their names alone would not do', async () => {
        const text = `cluster "c 1": server {
  node n  node m
  failover active-passive { order n, m }
}
cluster d: server { node n }
`;
        const result = await after(text, 'failover', 'Extract');
        expect(result).toContain('failover-policy "c 1-failover": active-passive { order "c 1".n, m }');
        expect(await after(result.replace('"c 1".n', '"c 1".n'), 'failover "c 1', 'Inline')).toContain(
            'order "c 1".n, m }',
        );
    });

    test('gets a name that is free, also where another file is seen', async () => {
        await openBeside(editor, 'other.cluster', 'failover-policy c-failover: active-active { failback manually }');
        const text =
            'import "other.cluster"\ncluster c: server { node n  failover active-active { failback manually } }';
        expect((await offered(text, 'failover ')).map(({ title }) => title)).toEqual([
            "Extract failover policy 'c-failover-2'",
        ]);
    });
});

describe('shards', () => {
    test('are placed by hand where the engine has put them', async () => {
        const text = `${PLACES}cluster c: redis in r {
  nodes n-[1..6] across zones
  /** All. */
  shards s-[1..3] { replicas 1 }
  endpoint discovery
}
workload w { reads c.s-1 5/s }
`;
        const result = await after(text, 'shards', 'Place each shard of s-[1..3] by hand');
        expect(result).toBe(
            text.replace(
                'shards s-[1..3] { replicas 1 }',
                'shard s-1 on n-1, n-5\n  shard s-2 on n-2, n-6\n  shard s-3 on n-3, n-4',
            ),
        );
    });

    test('stay in their group where it says more', async () => {
        const text = `${PLACES}cluster c: redis in r {
  nodes n-[1..4] across zones
  shards "s 1" {
    replicas 1
    settings { min-replicas-to-write = 1 }
  }
}
`;
        expect(await after(text, 'shards', 'Place each shard')).toContain(`    settings { min-replicas-to-write = 1 }
    shard "s 1" on n-1, n-2
  }`);
    });

    test('with numbers become partitions', async () => {
        const text = `${PLACES}cluster k: kafka in r {
  nodes b-[1..3] across zones as broker, controller
  topic t { partitions 2  replicas 3 }
}
`;
        const result = await after(text, 'topic', 'Place each partition of t by hand');
        expect(result).toMatch(
            / {2}topic t \{ partitions 2 {2}replicas 3\n {4}partition 0 on b-\d, b-\d, b-\d\n {4}partition 1 on b-\d, b-\d, b-\d\n {2}\}/,
        );
    });

    test('are too many to be written out', async () => {
        const text = `${PLACES}cluster k: kafka in r {\n  nodes b-[1..3] across zones as broker, controller\n  topic t { partitions 5000  replicas 3 }\n}\n`;
        expect(await offered(text, 'topic')).toMatchObject([
            { disabled: { reason: 'This would take 5000 lines, and no more than 200 are written.' } },
        ]);
    });
});

describe('a range of nodes', () => {
    test('becomes single nodes that stand where they stood', async () => {
        const text = `${PLACES}cluster c: server in r {\n  nodes n-[01..04] across r.b, r.a { capacity 5/s }\n  nodes m-[1..2]\n}\n`;
        expect(await after(text, 'n-[01', 'Expand n-[01..04] into single nodes'))
            .toContain(`  node n-01 in r.b { capacity 5/s }
  node n-02 in r.a { capacity 5/s }
  node n-03 in r.b { capacity 5/s }
  node n-04 in r.a { capacity 5/s }
`);
        expect(await after(text, 'm-[1', 'Expand')).toContain('  node m-1\n  node m-2\n');
        const inline = 'region r { zone a { nodes n-[1..2] { rack x } } }';
        expect(await after(inline, 'n-[1', 'Expand')).toBe(
            'region r { zone a { node n-1 { rack x }  node n-2 { rack x } } }',
        );
    });

    test('is too long to be written out', async () => {
        expect(await offered('cluster c: server { nodes n-[1..300] }', 'n-[1')).toMatchObject([
            { title: 'Expand n-[1..300] into single nodes', disabled: {} },
        ]);
    });
});

test('whatever an example offers keeps its meaning', async () => {
    for (const name of ['redis', 'server', 'kafka', 'aurora']) {
        const text = projectFile(`examples/${name}.cluster`);
        await editor.open(text);
        for (const [line, content] of text.split('\n').entries()) {
            const start = { line, character: content.search(/\S|$/) };
            const actions = await editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
                textDocument: { uri: MAIN },
                range: { start, end: start },
                context: { diagnostics: [], only: ['refactor'] },
            });
            for (const { edit } of actions) if (edit) await same(text, applied(text, edit));
        }
    }
});

test.each(['cluster c: server { nodes n-[1..3', 'cluster c: redis {\n  shards s-[1..3] {', 'cluster', ''])(
    'nothing is offered while something is half written: %j',
    async (text) => {
        expect(await offered(`${text} `, ' ')).toEqual([]);
    },
);
