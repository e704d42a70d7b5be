import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import { AnalysisService } from '../../src/analysis/index.js';
import { exampleText } from '../../src/language/codes/index.js';
import { allCodes } from '../../src/language/explain/index.js';
import { Client } from './client.js';
import { actionsIn, applied } from './edits.js';
import { MAIN, read } from './support.js';

let editor: Client;

beforeAll(async () => {
    editor = await Client.start(new AnalysisService());
});

afterAll(() => editor.dispose());

async function actions(diagnostics: readonly Diagnostic[], only?: string[]): Promise<CodeAction[]> {
    return actionsIn(editor, diagnostics, only);
}

function textAfter(text: string, { edit }: CodeAction): string {
    return applied(text, edit ?? null);
}

/** The text after the action with this title. */
async function after(text: string, title: string): Promise<string> {
    const offered = await actions(await editor.open(text));
    const action = offered.find((each) => each.title === title);
    if (!action) throw new Error(`Offered: ${offered.map((each) => each.title).join(' | ')}`);
    return textAfter(text, action);
}

async function titles(text: string): Promise<string[]> {
    return (await actions(await editor.open(text))).map(({ title }) => title);
}

const REGION = 'region r {\n  zone a\n  zone b\n  zone c\n}\n';

describe('a mechanical finding has a fix', () => {
    test.each([
        [
            'workload w {}\ncluster c: reddis { node n }',
            'Change to redis',
            'workload w {}\ncluster c: redis { node n }',
        ],
        [
            'cluster sessions: server { node n }\nworkload w { reads sesions 5/s }',
            'Change to sessions',
            'cluster sessions: server { node n }\nworkload w { reads sessions 5/s }',
        ],
        [
            'cluster c: server { node a }\ncluster d: server { node a }\nscenario s { at 1s crash node a }',
            'Change to d.a',
            'cluster c: server { node a }\ncluster d: server { node a }\nscenario s { at 1s crash node d.a }',
        ],
        ['cluster c: server { nodes n }', "Write 'node'", 'cluster c: server { node n }'],
        ['cluster c: server { nodes "n-[1..2]" }', 'Take the quotes away', 'cluster c: server { nodes n-[1..2] }'],
        ['region r-[1..1] { zone a }', 'Change to r-1', 'region r-1 { zone a }'],
        ['cluster c: server { node n-[1..2] }', "Write 'nodes'", 'cluster c: server { nodes n-[1..2] }'],
        [
            'cluster c: server { node n { capactiy 5/s } }',
            'Change to capacity',
            'cluster c: server { node n { capacity 5/s } }',
        ],
        ['cluster c: server { node n { height 5 } }', 'Remove it', 'cluster c: server { node n { } }'],
        [
            'cluster c: server { node n endpoint dns x.y { ttl 5s  ttl 6s } }',
            'Remove this one',
            'cluster c: server { node n endpoint dns x.y { ttl 5s } }',
        ],
        [
            'cluster c: redis { nodes n-[1..3] settings { cluster-enabled = true } }',
            'Change to cluster-enabled = yes',
            'cluster c: redis { nodes n-[1..3] settings { cluster-enabled = yes } }',
        ],
        [
            'region r {\n  # two zones, "far" apart\n  zone a # here\n}',
            'Write //',
            'region r {\n  // two zones, "far" apart\n  zone a # here\n}',
        ],
        [
            'cluster c: kafka {\n  nodes n-[1..3]\n  topic t {\n    replicas: 3\n    min.insync.replicas: 2\n  }\n}',
            'Write replicas 3',
            'cluster c: kafka {\n  nodes n-[1..3]\n  topic t {\n    replicas 3\n    min.insync.replicas: 2\n  }\n}',
        ],
        [
            'cluster c: kafka {\n  nodes n-[1..3]\n  topic t {\n    replicas 3\n    min.insync.replicas: 2\n  }\n}',
            'Move it into settings',
            'cluster c: kafka {\n  nodes n-[1..3]\n  topic t {\n    replicas 3\n    settings {\n      min.insync.replicas = 2\n    }\n  }\n}',
        ],
        [
            'cluster c: kafka { nodes n-[1..3] topic t { replicas 3  replicas 2 } }',
            'Remove this one',
            'cluster c: kafka { nodes n-[1..3] topic t { replicas 3 } }',
        ],
        [
            'cluster c: kafka { nodes n-[1..3] topic t { replicas 3  disruption-budget { max-unavailable 1 } } }',
            'Remove it',
            'cluster c: kafka { nodes n-[1..3] topic t { replicas 3 } }',
        ],
        [
            'cluster c: server { node n }\nscenario s {\n  at 1s restore node n\n  until 5m\n}',
            'Remove the step',
            'cluster c: server { node n }\nscenario s {\n  until 5m\n}',
        ],
        ['scenario s { at 30 heal }', 'Change to 30s', 'scenario s { at 30s heal }'],
        ['scenario s { at 30 s heal }', 'Write the unit next to its number', 'scenario s { at 30s heal }'],
        ['cluster c: redis 7.2 { }', 'Put it in quotes', 'cluster c: redis "7.2" { }'],
        ['clutser c: redis { }', 'Change to cluster', 'cluster c: redis { }'],
        ['region r {\n  zone a {\n', 'Close the 2 blocks', 'region r {\n  zone a {\n}\n}\n'],
        ['/* Places\nregion r', 'Close the comment', '/* Places */\nregion r'],
        ['scenario s "title {\n  at 1s heal\n}\n', 'Close the text', 'scenario s "title" {\n  at 1s heal\n}\n'],
        [
            'cluster c: redis {\n  settings {\n    dir = /var/lib\n  }\n}',
            'Quote it: "/var/lib"',
            'cluster c: redis {\n  settings {\n    dir = "/var/lib"\n  }\n}',
        ],
        [
            'cluster c: server { nodes n-[1..3] }\nscenario s { at 1s crash node n-[1..3] }',
            'List the 3 nodes',
            'cluster c: server { nodes n-[1..3] }\nscenario s { at 1s crash node n-1, n-2, n-3 }',
        ],
        [
            `${REGION}scenario s { at 1s fail zone r }`,
            'Change to region',
            `${REGION}scenario s { at 1s fail region r }`,
        ],
        [
            'cluster c: server { node n assume failover takes 60s to 15s }',
            'Swap the two durations',
            'cluster c: server { node n assume failover takes 15s to 60s }',
        ],
        [
            'cluster c: redis { nodes n-[1..3] shard s on n-1, n-1 }',
            'Remove this one',
            'cluster c: redis { nodes n-[1..3] shard s on n-1 }',
        ],
        [
            'cluster c: redis {\n  nodes n-[1..3] {\n    settings {\n      cluster-node-timeout = 5s\n    }\n  }\n}',
            'Move it to the settings of the cluster',
            'cluster c: redis {\n  nodes n-[1..3] {\n  }\n  settings {\n    cluster-node-timeout = 5s\n  }\n}',
        ],
        [
            'cluster c: redis { nodes n-[1..3] { settings { cluster-node-timeout = 5s } } settings { cluster-node-timeout = 6s } }',
            'Remove it',
            'cluster c: redis { nodes n-[1..3] { } settings { cluster-node-timeout = 6s } }',
        ],
        [
            'region r { zone a { node old } }\ncluster c: redis {\n  nodes n-[1..3]\n  shard s on old, n-1\n}\n',
            'Make old a member',
            'region r { zone a { node old } }\ncluster c: redis {\n  nodes n-[1..3]\n  shard s on old, n-1\n  members old\n}\n',
        ],
    ])('%s', async (text, title, expected) => {
        expect(await after(text, title)).toBe(expected);
    });
});

describe('a finding of an engine has a fix', () => {
    const page = (code: string): string => exampleText(allCodes().find((each) => each.code === code)!)!;

    test.each([
        ['redis/no-shards', 'Add shards s-[1..3] { replicas 1 }', '  shards s-[1..3] { replicas 1 }\n}'],
        ['redis/short-node-timeout', 'Set cluster-node-timeout = 15000', 'settings { cluster-node-timeout = 15000 }'],
        ['redis/even-primaries', 'Use 3 primaries', 'shards s-[1..3] { replicas 1 }'],
        [
            'server/vip-without-service-check',
            'Check every 2s',
            '{ advertise every 1s  check every 2s  fall 2  rise 2 }',
        ],
        ['server/vrrp2-interval', 'Speak VRRP version 3', '  settings {\n    vrrp_version = 3\n  }\n}'],
        ['server/vrrp2-interval', 'Advertise every 1s', '{ advertise every 1s  check every 2s  fall 2  rise 2 }'],
        ['server/preempt-delay-without-preempt', 'Let members preempt', '{ preempt yes  preempt-delay 5s'],
        ['server/vip-is-active-passive', 'Say failover active-passive', '  failover active-passive\n'],
        ['server/preempt-against-failback', 'Say preempt no', 'rise 2  preempt no }'],
        ['server/order-against-priority', 'Order them by priority', '{ order gw-1, gw-2 }'],
        ['server/detection-too-short', 'Allow 4s', '{ detect within 4s }'],
        ['server/detection-undeclared', 'Detect within 3s', '{ promote automatically  detect within 3s }'],
        ['server/equal-priorities', 'Use priority 90', '  node gw-2 in dc.b { priority 90 }\n'],
        ['server/balancer-without-check', 'Check every 2s', '{ balance round-robin  check every 2s  timeout 1s'],
    ])('%s: %s', async (code, title, expected) => {
        expect(await after(page(code), title)).toContain(expected);
    });

    test('a block that stands on several lines is kept so, with its own indentation', async () => {
        const text = `${REGION}cluster c: server in r {\n\tnode n {\n\t\tpriority 0\n\t}\n\tnode m\n\tendpoint vip 10.0.0.1 {\n\t\tpreempt no // stays\n\t}\n}\n`;
        expect(await after(text, 'Check every 2s')).toContain(
            '\t\tpreempt no // stays\n\t\tcheck every 2s  fall 2  rise 2\n\t}\n',
        );
        expect(await after(text, 'Use priority 1')).toContain('\tnode n {\n\t\tpriority 1\n\t}\n');
    });

    test('a policy that several clusters share is left to its author', async () => {
        const text = `${REGION}failover-policy p: active-passive { promote manually }
cluster c: server in r {
  node n in r.a { priority 2 }
  node m in r.b { priority 1 }
  endpoint vip 10.0.0.1 { check every 2s }
  failover p
}`;
        expect(await titles(text)).not.toContain('Say promote automatically');
    });
});

describe('a range is made longer or shorter', () => {
    const shards = (range: string, more = ''): string =>
        `${REGION}cluster c: redis in r {\n  nodes n-[1..20] across zones\n  shards ${range} { replicas 1 }\n}\n${more}`;

    test('by its last number, with its zeros', async () => {
        expect(await after(shards('s-[1..4]'), 'Use 3 primaries')).toBe(shards('s-[1..3]'));
        expect(await after(shards('s-[07..10]'), 'Use 5 primaries')).toBe(shards('s-[07..11]'));
        expect(await after(shards('s-[07..10]'), 'Use 3 primaries')).toBe(shards('s-[07..09]'));
    });

    test('unless a name is used that would go', async () => {
        const offered = await titles(shards('s-[1..4]', 'workload w { reads c.s-4 5/s }\n'));
        expect(offered).toContain('Use 5 primaries');
        expect(offered).not.toContain('Use 3 primaries');
    });

    test('unless the placement would become impossible', async () => {
        const offered = await titles(shards('s-[1..4]').replace('[1..20]', '[1..8]'));
        expect(offered).toContain('Use 3 primaries');
        expect(offered).not.toContain('Use 5 primaries');
    });
});

describe('a finding about the design can be waived', () => {
    const text = `${REGION}cluster c: server in r {\n  node n in r.a // alone\n}\n`;

    test('last of all, in the way in which the block is written', async () => {
        const title = 'Waive server/single-server here';
        expect((await titles(text)).at(-1)).toBe(title);
        expect(await after(text, title)).toBe(
            text.replace('// alone\n', '// alone\n  waive "server/single-server" because "say why"\n'),
        );
        expect(await after('cluster c: server { node n }', title)).toBe(
            'cluster c: server { node n  waive "server/single-server" because "say why" }',
        );
        expect(await after(text.replaceAll('\n', '\r\n'), title)).toContain(
            '// alone\r\n  waive "server/single-server" because "say why"\r\n}',
        );
    });

    test('with its reason selected where the editor can do that', async () => {
        const able = await Client.start(new AnalysisService(), {
            capabilities: { workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } } },
        });
        const diagnostics = await able.open(text);
        const offered = await able.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
            textDocument: { uri: MAIN },
            range: diagnostics[0]!.range,
            context: { diagnostics },
        });
        able.dispose();
        expect(JSON.stringify(offered.at(-1)?.edit)).toContain('because \\"${1:say why}\\"');
    });

    test('errors of the file cannot', async () => {
        expect((await titles('cluster c: reddis { node n }')).filter((title) => title.startsWith('Waive'))).toEqual([]);
    });
});

describe('what is offered', () => {
    test('the first way out of a finding is preferred, and names its diagnostic', async () => {
        const [first, ...others] = await actions(await editor.open('cluster c: server { node n { capactiy 5/s } }'));
        expect(first).toMatchObject({
            isPreferred: true,
            kind: 'quickfix',
            diagnostics: [{ code: 'language/unknown-property' }],
        });
        expect(others.every(({ isPreferred }) => isPreferred !== true)).toBe(true);
    });

    test.each([
        ['acks = 2', ['acks = all', 'acks = -1', 'acks = 1', 'acks = 0'], 'none'],
        ['enable.idempotence = maybe', ['enable.idempotence = true', 'enable.idempotence = false'], 'none'],
        ['acks = al', ['acks = all'], 'first'],
    ])('a value that is no slip of another one: %s', async (said, choices, preferred) => {
        const text = `cluster c: kafka { nodes n-[1..3] }\nworkload w { writes c 5/s with ${said} }`;
        const diagnostics = await editor.open(text);
        const ofValue = diagnostics.filter(({ code }) => code === 'language/setting-value');
        const offered = await actions(ofValue, ['quickfix']);
        expect(offered.map(({ title }) => title)).toEqual(choices.map((choice) => `Change to ${choice}`));
        expect(offered.map(({ isPreferred }) => isPreferred === true)).toEqual(
            choices.map((_, index) => preferred === 'first' && index === 0),
        );
        expect(await actions(diagnostics, ['source.fixAll'])).toEqual([]);
    });

    test('the kinds are announced', async () => {
        const other = await Client.start(new AnalysisService());
        const kinds = ['quickfix', 'refactor', 'source.fixAll.cluster'];
        expect(other.offered.codeActionProvider).toEqual({ codeActionKinds: kinds });
        other.dispose();
    });

    test('all safe ones at once', async () => {
        const text = 'cluster c: server {\n  nodes a\n  nodes b\n  node c-[1..2]\n}\nscenario s { at 1 s heal }';
        const [all] = await actions(await editor.open(text), ['source.fixAll']);
        expect(all?.kind).toBe('source.fixAll.cluster');
        expect(textAfter(text, all!)).toBe(
            'cluster c: server {\n  node a\n  node b\n  nodes c-[1..2]\n}\nscenario s { at 1s heal }',
        );
    });

    test('nothing where an editor asks for something else, and nothing for a sound file', async () => {
        const diagnostics = await editor.open('cluster c: server { nodes n }');
        expect(await actions(diagnostics, ['source.organizeImports'])).toEqual([]);
        await editor.edit('region r');
        expect(await actions([], ['source.fixAll'])).toEqual([]);
    });

    test.each(['__proto__', 'constructor', '<script>alert(1)</script>', '\u001b[31mred', '${1:x}'])(
        'names such as %j are data',
        async (name) => {
            const text = `cluster "${name}": server { node n }\nworkload w { reads "${name}x" 5/s }`;
            expect(await after(text, `Change to ${/^\w+$/.test(name) ? name : `"${name}"`}`)).toBe(
                text.replace(`"${name}x"`, /^\w+$/.test(name) ? name : `"${name}"`),
            );
        },
    );
});

describe('what is offered', () => {
    const WORD_FOR_WORD = 'cluster c: redis { nodes n-[1..3] settings { cluster-require-full-coverage = true } }';

    test('among all safe changes: a value that can mean only one thing', async () => {
        await editor.open(WORD_FOR_WORD);
        const [all] = await actions([], ['source.fixAll']);
        expect(all && textAfter(WORD_FOR_WORD, all)).toBe(WORD_FOR_WORD.replace('true', 'yes'));
    });

    test('is offered once, also where it mends several findings', async () => {
        const text = 'cluster c: kafka {\n  nodes n-[1..3]\n  settings {\n    log.dirs = /var/lib/kafka\n  }\n}\n';
        const offered = await titles(text);
        expect(offered.filter((title) => title === 'Quote it: "/var/lib/kafka"')).toHaveLength(1);
    });

    test('names what was meant in a length that can be read', async () => {
        const name = 'n'.repeat(200);
        const { findings } = await read(`cluster ${name}: server { node a }\nworkload w { reads ${name}x 1/s }`);
        const [finding] = findings.filter(({ code }) => code === 'language/unknown-name');
        expect(finding?.help).toBe(`Did you mean '${'n'.repeat(40)}…'?`);
        expect(finding?.fixes?.map(({ title }) => title)).toEqual([`Change to ${'n'.repeat(40)}…`]);
    });
});
