import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CompletionItemKind, CompletionTriggerKind } from 'vscode-languageserver';
import { AnalysisService, collectFindings } from '../../src/analysis/index.js';
import { engines } from '../../src/engines/index.js';
import { CursorClient } from './at-cursor.js';
import { Client } from './client.js';
import { MAIN, read } from './support.js';

const PLACES = 'region eu { zone a  zone b }\nregion us { zone a }\n';

let editor: CursorClient;

beforeAll(async () => {
    editor = await CursorClient.start();
});

afterAll(() => editor.dispose());

/** A cluster of each kind, and then a text. */
function beside(text: string): string {
    return `${PLACES}/** Where it is kept. */
cluster store: redis "7.2" in eu { nodes s-[1..3] across zones  shards p-[1..2] { replicas 0 } }
cluster front: server in eu { node f-1  node f-2  failover active-active }
workload people { reads front 10/s }
failover-policy warm: active-passive { promote automatically }
${text}`;
}

function redis(body: string): string {
    return `${PLACES}cluster c: redis "7.2" in eu {\n  nodes n-[1..3] across zones\n  ${body}\n}\n`;
}

/** A snippet as it is when nobody has filled in anything. */
function filled(snippet: string): string {
    const plain = /\$\{\d+:([^{}]*)\}|\$\{\d+\|([^,|}]*)[^}]*\}|\$\{?\d+\}?/g;
    return snippet
        .replace(plain, (_, text?: string, first?: string) => text ?? first ?? '')
        .replace(/\\([$}\\])/g, '$1');
}

function server(body: string): string {
    return `${PLACES}cluster c: server in eu {\n  nodes n-[1..3] across zones\n  ${body}\n}\n`;
}

describe('declarations', () => {
    test('an empty file offers every declaration, and a whole cluster of each engine', async () => {
        const labels = await editor.labels('¦');
        expect(labels).toEqual(
            expect.arrayContaining(['region', 'cluster', 'workload', 'objective', 'scenario', 'import']),
        );
        for (const { name } of engines) expect(labels).toContain(`cluster ${name}`);
    });

    test('a cluster as a snippet names the regions that there are', async () => {
        const item = await editor.item(`${PLACES}clu¦`, 'cluster redis');
        expect(item).toMatchObject({ kind: CompletionItemKind.Snippet, insertTextFormat: 2 });
        expect(item.textEdit?.newText).toMatch(
            /^cluster \$\{1:redis-1\}: redis in \$\{2\|eu,us\|\} \{\n\tnodes \$\{3:/,
        );
        expect(item.textEdit?.newText).toMatch(/\n\}$/);
    });

    test.each(engines.map(({ name }) => name))('the whole cluster of %s is sound as it is inserted', async (name) => {
        const places = 'region eu { zone a  zone b  zone c }\n';
        const { textEdit } = await editor.item(`${places}clu¦`, `cluster ${name}`);
        const document = await read(places + filled(textEdit?.newText ?? ''), {}, { design: collectFindings });
        expect(document.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(document.topology.clusters[0]).toMatchObject({ engine: name });
    });

    test('the engine of a cluster comes with its body where there is none', async () => {
        const labels = await editor.labels(`${PLACES}cluster c: ¦`);
        expect(labels).toEqual(expect.arrayContaining(['redis', 'redis { … }']));
        expect(await editor.labels(`${PLACES}cluster c: re¦ in eu { }`)).toEqual(['redis']);
        const { detail, documentation } = await editor.item(`cluster c: ¦`, 'redis');
        expect(detail).toBe('Redis Cluster');
        expect(JSON.stringify(documentation)).toContain('primary');
    });

    test('versions stand in quotes, whether these are typed or not', async () => {
        expect(await editor.chosen('cluster c: redis "¦"', '7.2')).toBe('cluster c: redis "7.2"');
        expect(await editor.chosen('cluster c: redis "7¦', '7.2')).toBe('cluster c: redis "7.2"');
        expect(await editor.chosen('cluster c: redis ¦', '7.2')).toBe('cluster c: redis "7.2"');
    });

    test.each([
        ['kafka', 'topic t', ['1', '2', '3'], false],
        ['hadoop', 'files f', ['3', '1', '2'], false],
        ['elasticsearch', 'index i', ['1', '2', '3'], false],
        ['cassandra', 'keyspace k', ['1', '2', '3'], true],
    ])(
        'replicas of %s begin with its default, and places follow where they count',
        async (engine, group, counts, byPlace) => {
            const text = `${PLACES}cluster c: ${engine} in eu {\n  nodes n-[1..3] across zones\n  ${group} {\n    replicas ¦\n  }\n}\n`;
            const labels = await editor.labels(text);
            expect(labels.slice(0, 3)).toEqual(counts);
            expect(labels.includes('eu')).toBe(byPlace);
            expect(labels.includes('eu.a')).toBe(byPlace);
        },
    );

    test('files beside this one are offered to an import', async () => {
        await editor.client.connection.sendNotification('textDocument/didOpen', {
            textDocument: {
                uri: 'file:///project/places.cluster',
                languageId: 'cluster',
                version: 1,
                text: 'region far',
            },
        });
        expect(await editor.chosen('import "¦"', 'places.cluster')).toBe('import "places.cluster"');
        expect(await editor.labels('import "¦')).not.toContain(MAIN.split('/').at(-1));
    });
});

describe('inside a cluster', () => {
    test('words for shards come before the statements of the language', async () => {
        const labels = await editor.labels(redis('¦'));
        expect(labels.slice(0, 2)).toEqual(['shards', 'shard']);
        expect(labels).toEqual(
            expect.arrayContaining(['nodes', 'endpoint vip', 'failover active-passive', 'waive', 'settings']),
        );
        expect((await editor.item(redis('¦'), 'shards')).textEdit?.newText).toContain('{ replicas ${3:1} }');
    });

    test('a line that was just begun is a statement of its own', async () => {
        expect(await editor.labels(redis('sha¦'))).toEqual(['shards', 'shard']);
        expect(await editor.labels(redis('shards q-[1..3] {¦}'))).toContain('replicas');
    });

    test('places are regions and zones, after a dot the zones of the region', async () => {
        expect(await editor.labels(redis('node x in ¦'))).toEqual(['eu', 'us', 'eu.a', 'eu.b', 'us.a']);
        expect(await editor.labels(redis('node x in eu.¦'))).toEqual(['a', 'b']);
        expect(await editor.chosen(redis('node x in eu.¦'), 'b')).toContain('in eu.b\n');
        expect(await editor.labels(redis('nodes x-[1..2] across ¦'))).toContain('zones');
    });

    test('a shard is placed on members that it does not have yet', async () => {
        expect(await editor.labels(redis('shard q on ¦'))).toEqual(['n-1', 'n-2', 'n-3']);
        expect(await editor.labels(redis('shard q on n-2, ¦'))).toEqual(['n-1', 'n-3']);
    });

    test('statements on one line are told apart', async () => {
        const kafka = 'cluster k: kafka { node x  topic t { ¦ } }';
        expect(await editor.labels(kafka)).toContain('partitions');
        expect(await editor.labels(kafka.replace('¦', 'partition 0 on ¦'))).toEqual(['x']);
        expect(await editor.labels('cluster k: kafka { node x as broker { ¦ } }')).toContain('rack');
        expect(await editor.labels('cluster k: kafka { node x in eu.a { ¦ } }')).toContain('rack');
    });

    test('what follows the hyphen of a name belongs to the name', async () => {
        const text = redis('shard q on n-¦');
        expect(await editor.chosen(text, 'n-3')).toContain('on n-3\n');
    });

    test('members are nodes of others; a name that several have comes with its cluster', async () => {
        const text = `${beside('')}cluster d: server { node f-1  members ¦ }`;
        const labels = await editor.labels(text);
        expect(labels).toEqual(expect.arrayContaining(['s-1', 's-2', 's-3', 'front.f-1', 'f-2']));
        expect(labels).not.toContain('f-1');
    });

    test('kinds of addresses, and properties of the kind that it is', async () => {
        expect(await editor.labels(server('endpoint ¦'))).toEqual(['discovery', 'vip', 'load-balancer', 'dns']);
        const vip = await editor.labels(server('endpoint vip 10.0.0.1 { ¦ }'));
        expect(vip).toEqual(expect.arrayContaining(['advertise', 'preempt', 'check', 'serves']));
        expect(vip).not.toContain('ttl');
        expect(await editor.labels(server('endpoint dns a.b { ttl 5s ¦ }'))).not.toContain('ttl');
        expect(await editor.labels(server('endpoint vip 10.0.0.1 { preempt ¦ }'))).toEqual(['yes', 'no']);
        expect(await editor.labels(server('endpoint load-balancer 10.0.0.1 { balance ¦ }'))).toContain('round-robin');
        const check = await editor.item(server('endpoint vip 10.0.0.1 { che¦ }'), 'check');
        expect(check.textEdit?.newText).toBe('check every ${1:5s}');
    });

    test('properties of nodes and of failover, and policies by their names', async () => {
        expect(await editor.labels(server('node x { ¦ }'))).toEqual(
            expect.arrayContaining(['capacity', 'tier', 'priority', 'rack', 'settings', 'failure-rates']),
        );
        const body = await editor.labels(server('failover active-passive { promote automatically\n ¦ }'));
        expect(body).toEqual(expect.arrayContaining(['detect', 'fence', 'failback', 'order']));
        expect(body).not.toContain('promote');
        expect(await editor.labels(server('failover active-passive { order ¦ }'))).toContain('n-1');
        expect(await editor.labels(beside('cluster d: server { node x\n failover ¦ }'))).toEqual(
            expect.arrayContaining(['warm', 'active-active', 'active-passive']),
        );
    });

    test('codes that may be accepted are those of its engine and of all, in quotes', async () => {
        const text = redis('waive "¦" because "later"');
        expect((await editor.labels(text))[0]).toMatch(/^redis\//);
        expect(await editor.labels(text)).toContain('topology/copies-in-one-zone');
        expect(await editor.chosen(text, 'redis/no-replica')).toContain('waive "redis/no-replica" because');
        expect(await editor.chosen(redis('waive ¦'), 'redis/no-replica')).toContain('waive "redis/no-replica"');
    });

    test('needs and wants ask for other clusters and their groups', async () => {
        const labels = await editor.labels(beside('cluster d: server { node x\n needs writes of ¦ }'));
        expect(labels).toEqual(expect.arrayContaining(['store', 'front', 'store.p-1']));
        expect(labels).not.toContain('people');
        expect(labels).not.toContain('d');
    });
});

describe('objectives, workloads and scenarios', () => {
    test('an objective’s clauses are snippets', async () => {
        const labels = await editor.labels(beside('objective o for store {\n  ¦\n}'));
        expect(labels).toEqual(
            expect.arrayContaining([
                'tolerate any',
                'restore … within',
                'lose no writes',
                'lose at most … of writes',
                'availability',
            ]),
        );
        const item = await editor.item(beside('objective o for store {\n  tol¦\n}'), 'tolerate any');
        expect(item.textEdit?.newText).toBe('tolerate any ${1:1} ${2|zone,node,nodes,rack,region|}');
        expect(await editor.labels(beside('objective o for ¦'))).toEqual(expect.arrayContaining(['store', 'front']));
    });

    test('a workload asks clusters, their groups and shards', async () => {
        expect(await editor.labels(beside('workload w { reads ¦ }'))).toEqual(
            expect.arrayContaining(['store', 'front', 'store.p-1', 'store.p-2']),
        );
        expect(await editor.labels(beside('workload w { reads store.¦ }'))).toEqual(['p-1', 'p-2']);
        expect(await editor.labels(beside('workload w { reads store 50¦ }'))).toEqual(['50/s', '50/min']);
        expect(await editor.labels(beside('workload w in ¦'))).toContain('us.a');
    });

    test('a scenario’s clauses are snippets with names that are declared', async () => {
        const labels = await editor.labels(beside('scenario s {\n  ¦\n}'));
        expect(labels).toEqual(expect.arrayContaining(['at … fail zone', 'expect … led by', 'until', 'seed']));
        const zone = await editor.item(beside('scenario s {\n  at¦\n}'), 'at … fail zone');
        expect(zone.textEdit?.newText).toBe('at ${1:30s} fail zone ${2:eu.a}');
        const led = await editor.item(beside('scenario s {\n  exp¦\n}'), 'expect no lost writes');
        expect(led.textEdit?.newText).toBe('expect no lost writes in ${1:store}');
    });

    test('faults ask for what they strike', async () => {
        expect(await editor.labels(beside('scenario s { at 30s ¦ }'))).toEqual(
            expect.arrayContaining(['crash', 'fail', 'partition', 'roll', 'switchover']),
        );
        expect(await editor.labels(beside('scenario s { at 30s fail zone ¦ }'))).toEqual(['eu.a', 'eu.b', 'us.a']);
        expect(await editor.labels(beside('scenario s { at 30s fail region ¦ }'))).toEqual(['eu', 'us']);
        const nodes = await editor.labels(beside('scenario s { at 30s crash node s-1, ¦ }'));
        expect(nodes).toEqual(expect.arrayContaining(['s-2', 's-3', 'f-1', 'leader of']));
        expect(nodes).not.toContain('s-1');
        expect(await editor.labels(beside('scenario s { at 30¦ }'))).toEqual(expect.arrayContaining(['30s', '30m']));
    });

    test('expectations may be about a workload, and leaders are nodes of the cluster first', async () => {
        expect(await editor.labels(beside('scenario s { expect reads of ¦ }'))).toEqual(
            expect.arrayContaining(['store', 'people']),
        );
        const leaders = await editor.labels(beside('scenario s { expect store.p-1 led by ¦ }'));
        expect(leaders.slice(0, 3)).toEqual(['s-1', 's-2', 's-3']);
        expect(leaders).toContain('nobody');
        expect(await editor.labels(beside('scenario s { expect availability of ¦ }'))).toEqual(['people']);
    });
});

describe('half-typed and hostile text', () => {
    test('a mistake elsewhere in the block or the file changes nothing', async () => {
        const text = redis('settings {\n    cluster-node-timeout = = 5s }\n  foo bar } baz\n  shard q on ¦');
        expect(await editor.complete(text)).not.toBeNull();
        const broken = `cluster broken: {\n  nodes\n}\n${redis('oops oops oops\n  shard q on ¦\n  node node node')}`;
        expect(await editor.labels(broken)).toEqual(expect.arrayContaining(['n-1', 'n-2', 'n-3']));
    });

    test('an open block at the end of the file is completed', async () => {
        const labels = await editor.labels(
            `${PLACES}cluster c: redis in eu {\n  nodes n-[1..3]\n  settings {\n    cluster-al¦`,
        );
        expect(labels.slice(0, 2)).toEqual(['cluster-allow-reads-when-down', 'cluster-allow-replica-migration']);
    });

    test('nothing is offered in a comment or in a range', async () => {
        expect(await editor.labels('// clu¦')).toEqual([]);
        expect(await editor.labels('/* clu¦ */')).toEqual([]);
        expect(await editor.labels('/** clu¦')).toEqual([]);
        expect(await editor.labels(server('nodes x-[1..¦'))).toEqual([]);
    });

    test('names that look like something else are names', async () => {
        const names = ['__proto__', 'constructor', 'settings', '<script>', 'a`b$1}', 'web-1.example.com'];
        const nodes = names.map((name) => `node "${name}"`).join('  ');
        const text = `cluster "hasOwnProperty": server { ${nodes} }\nscenario s { at 30s crash node ¦ }`;
        expect(await editor.labels(text)).toEqual(expect.arrayContaining(names));
        expect(await editor.chosen(text, 'web-1.example.com')).toContain('node "web-1.example.com" }');
        expect(await editor.chosen(text, '__proto__')).toContain('node __proto__ }');
        expect(await editor.chosen(text, 'settings')).toContain('node "settings" }');
        expect(await editor.chosen(text.replace('node ¦', 'node "we¦"'), 'web-1.example.com')).toContain(
            'node "web-1.example.com" }',
        );
    });

    test('very many names are cut, and the editor is told to ask again', async () => {
        const text = 'cluster big: server { nodes n-[1..5000] }\nscenario s { at 30s crash node ¦ }';
        const all = await editor.complete(text);
        expect(all?.isIncomplete).toBe(true);
        expect(all?.items.length).toBeLessThanOrEqual(300);
        expect(await editor.labels(text.replace('¦', 'n-4999¦'))).toContain('n-4999');
    });

    test('ranges of any length are answered at once', async () => {
        const ranges = ['n-[1..99999999999]', 'm-[1..100000]', 'o-[1..1000000]', 'p-[1..1000000]'];
        const nodes = ranges.map((range) => `cluster "${range}": server { nodes ${range} }`).join('\n');
        const text = `${nodes}\nscenario s { at 30s crash node zzz¦ }`;
        const before = process.cpuUsage();
        expect((await editor.complete(text))?.isIncomplete).toBe(true);
        expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000);
        const labels = await editor.labels(text.replace('zzz¦', 'm-99999¦'));
        expect(labels).toContain('m-99999');
        expect(await editor.labels(text.replace('zzz¦', 'n-1¦'))).not.toContain('n-1');
    });

    test('a space asks only inside of a statement', async () => {
        const context = { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter: ' ' };
        expect(await editor.complete(redis('  ¦'), context)).toBeNull();
        expect((await editor.complete(redis('shard q on ¦'), context))?.items).not.toHaveLength(0);
    });
});

test('an editor that cannot take snippets gets words alone', async () => {
    const plain = new CursorClient(await Client.start(new AnalysisService()));
    const items = (await plain.complete(redis('¦')))?.items ?? [];
    expect(items.map(({ label }) => label)).toContain('shards');
    for (const { insertTextFormat, textEdit } of items) {
        expect(insertTextFormat).toBe(1);
        expect(textEdit?.newText).not.toContain('$');
    }
    plain.dispose();
});

test('an editor that tells insertion from replacement gets both ranges', async () => {
    const capabilities = { textDocument: { completion: { completionItem: { insertReplaceSupport: true } } } };
    const both = new CursorClient(await Client.start(new AnalysisService(), { capabilities }));
    const { textEdit } = await both.item(redis('shard q on n¦-1'), 'n-2');
    expect(textEdit).toMatchObject({
        insert: { start: { character: 13 }, end: { character: 14 } },
        replace: { start: { character: 13 }, end: { character: 16 } },
    });
    both.dispose();
});
