import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Range, WorkspaceEdit } from 'vscode-languageserver';
import { AnalysisService } from '../../src/analysis/index.js';
import { Client } from './client.js';
import { applied, openBeside, positionOf } from './edits.js';
import { MAIN, read } from './support.js';

const PLACES = 'region r { zone a  zone b  zone c }\n';

let editor: Client;

beforeEach(async () => {
    editor = await Client.start(new AnalysisService());
});

afterEach(() => editor.dispose());

function renamed(text: string, word: string, newName: string, from = 0): Promise<WorkspaceEdit | null> {
    return editor.connection.sendRequest<WorkspaceEdit | null>('textDocument/rename', {
        textDocument: { uri: MAIN },
        position: positionOf(text, word, from),
        newName,
    });
}

/** The text after a rename of the name in which a word stands. */
async function after(text: string, word: string, newName: string, from = 0): Promise<string> {
    await editor.open(text);
    return applied(text, await renamed(text, word, newName, from));
}

async function refusal(text: string, word: string, newName: string, from = 0): Promise<string> {
    await editor.open(text);
    return renamed(text, word, newName, from).then(
        () => 'not refused',
        (error: unknown) => String(error),
    );
}

async function prepared(text: string, word: string): Promise<string> {
    await editor.open(text);
    const range = await editor.connection.sendRequest<Range | null>('textDocument/prepareRename', {
        textDocument: { uri: MAIN },
        position: positionOf(text, word),
    });
    return range ? (text.split('\n')[range.start.line]?.slice(range.start.character, range.end.character) ?? '') : '-';
}

describe('one name', () => {
    test.each([
        [
            'region',
            'region r { zone a }\ncluster c: server in r.a { node n }',
            'r {',
            'eu',
            'region eu { zone a }\ncluster c: server in eu.a { node n }',
        ],
        [
            'zone',
            'region r { zone a }\ncluster c: server in r.a { node n }',
            'a {',
            'b',
            'region r { zone b }\ncluster c: server in r.b { node n }',
        ],
        [
            'cluster and workload',
            'cluster c: server { node n }\nworkload w { reads c 1/s }\nscenario s { at 1s crash node c.n  expect reads of w uninterrupted }',
            'c 1/s',
            'd',
            'cluster d: server { node n }\nworkload w { reads d 1/s }\nscenario s { at 1s crash node d.n  expect reads of w uninterrupted }',
        ],
        [
            'failover policy',
            'failover-policy p: active-active { failback manually }\ncluster c: server { node n  failover p }',
            'p:',
            'q',
            'failover-policy q: active-active { failback manually }\ncluster c: server { node n  failover q }',
        ],
        [
            'shared endpoint',
            'cluster c: server { node n }\nendpoint shop dns shop.example.com { route to c }',
            'shop dns',
            'store',
            'cluster c: server { node n }\nendpoint store dns shop.example.com { route to c }',
        ],
        [
            'objective',
            'objective o for c { tolerate any 1 node }\ncluster c: server { node n }',
            'o for',
            'goal',
            'objective goal for c { tolerate any 1 node }\ncluster c: server { node n }',
        ],
        ['scenario', 'scenario s { until 1m }', 's {', 't', 'scenario t { until 1m }'],
    ])('%s', async (_, text, word, name, expected) => {
        expect(await after(text, word, name)).toBe(expected);
    });

    test('of a shard, where it is declared, placed, led and expected', async () => {
        const text = `${PLACES}cluster c: redis in r {
  nodes n-[1..3] across zones
  shard s-1 on n-1
}
scenario x {
  at 1s  crash node leader of c.s-1
  expect c.s-1 led by nobody at 10s
}
`;
        expect(await after(text, 's-1 led', 'first')).toBe(text.replaceAll('s-1', 'first'));
    });

    test('of a node inside of a range of places stays what it is', async () => {
        const text = `${PLACES}cluster c: server { node n in r.a }\ncluster d: server { members n }\n`;
        expect(await after(text, 'n in', 'constructor')).toBe(
            `${PLACES}cluster c: server { node constructor in r.a }\ncluster d: server { members constructor }\n`,
        );
    });

    test('gets quotes where it needs them, and loses them where it does not', async () => {
        const text = 'cluster "web-1.example.com": server { node n }\nworkload w { reads "web-1.example.com" 1/s }';
        expect(await after(text, 'web-1', 'web')).toBe('cluster web: server { node n }\nworkload w { reads web 1/s }');
        const bare = 'cluster web: server { node n }\nworkload w { reads web 1/s }';
        for (const [typed, written] of [
            ['settings', '"settings"'],
            ['a "b" \\c', '"a \\"b\\" \\\\c"'],
            ['"in quotes"', '"in quotes"'],
            ['"bare"', 'bare'],
            ['zone', 'zone'],
            ['__proto__', '__proto__'],
            ['<script>', '"<script>"'],
        ] as const) {
            await editor.edit(bare);
            expect(applied(bare, await renamed(bare, 'web', typed))).toBe(bare.replaceAll('web', () => written));
        }
    });

    test('to itself changes nothing', async () => {
        const text = 'cluster web: server { node n }';
        expect(await after(text, 'web', 'web')).toBe(text);
    });

    test('is asked for without its quotes, and only where there is one', async () => {
        expect(await prepared('cluster "web 1": server { node n }', 'web')).toBe('web 1');
        expect(await prepared('cluster __proto__: server { node constructor }', '__proto__')).toBe('__proto__');
        expect(await prepared('cluster c: server { node n }', 'server')).toBe('-');
        expect(await prepared('cluster c: ', 'c:')).toBe('c');
        expect(await prepared('region r { zone', 'zone')).toBe('-');
    });
});

describe('across files', () => {
    test('renames in the file that declares, in those that import it, and in regions that are one', async () => {
        const text = 'import "places.cluster"\nregion r { zone b }\ncluster c: server in r.a { node n in r.b }';
        const places = 'region r { zone a }';
        const uri = await openBeside(editor, 'places.cluster', places);
        await editor.open(text);
        const edit = await renamed(text, 'r.a', 'eu');
        expect(applied(text, edit)).toBe(text.replaceAll(/\br\b/g, 'eu'));
        expect(applied(places, edit, uri)).toBe('region eu { zone a }');
        const zone = await renamed(text, 'a {', 'z');
        expect(applied(text, zone)).toBe(text.replace('r.a', 'r.z'));
        expect(applied(places, zone, uri)).toBe('region r { zone z }');
    });

    test('sees a clash in a file that imports the declaration', async () => {
        const uri = await openBeside(editor, 'places.cluster', 'cluster web: server { node n }');
        await editor.open('import "places.cluster"\nworkload app { reads web 1/s }');
        const request = editor.connection.sendRequest('textDocument/rename', {
            textDocument: { uri },
            position: { line: 0, character: 9 },
            newName: 'app',
        });
        await expect(request).rejects.toThrow(/There is a workload 'app' already \(line 2 of main.cluster\)/);
    });
});

describe('a range', () => {
    const text = `${PLACES}cluster c: redis in r {
  nodes cache-[1..6] across zones { capacity 10/s }
  shard s-1 on cache-1, cache-5
  shard s-2 on cache-3, cache-4
}
scenario x { at 1s crash node cache-3, c.cache-4 }
`;

    test('is renamed with its members', async () => {
        const expected = text.replaceAll('cache-', 'store-');
        for (const typed of ['store-[1..6]', 'store', 'store-']) {
            expect(await after(text, 'cache-[1..6]', typed)).toBe(expected);
        }
        expect(await after(text, 'cache-[1..6]', 'n[0..5]')).toBe(
            text
                .replace('cache-[1..6]', 'n[0..5]')
                .replaceAll(/cache-(\d)/g, (_, digit: string) => `n${String(Number(digit) - 1)}`),
        );
    });

    test('of a million million names is survived', async () => {
        const huge = `cluster c: redis { nodes n-[1..999999999999]  shards s-[1..999999999999] { shard s-7 on n-7 } }`;
        expect(await refusal(huge, 'n-[1', 'm')).toContain('more than 100,000 names');
        // Fewer of them could be worked with, so the file would mean more than it does.
        expect(await refusal(huge, 's-7', 'hot')).toContain('cannot be the name here');
        expect(await prepared(huge, 'n-7')).toBe('n-7');
    });

    test('keeps as many names as it had, and stays a range', async () => {
        expect(await refusal(text, 'cache-[1..6]', 'store-[1..7]')).toContain('stands for 7 names');
        expect(await refusal(text, 'cache-[1..6]', 'two words')).toContain('is no range');
    });

    test('lets a member go, and every node stays where it is', async () => {
        const result = await after(text, 'cache-3', 'hot');
        expect(result).toContain(`  nodes cache-[1..2] across r.a, r.b { capacity 10/s }
  node hot in r.c { capacity 10/s }
  nodes cache-[4..6] across zones { capacity 10/s }
`);
        expect(result).toContain('shard s-2 on hot, cache-4');
        expect(result).toContain('crash node hot, c.cache-4');
        const second = await after(text, 'cache-5', 'hot');
        expect(second).toContain(`  nodes cache-[1..4] across zones { capacity 10/s }
  node hot in r.b { capacity 10/s }
  node cache-6 in r.c { capacity 10/s }
`);
        for (const each of [result, second]) {
            const { topology } = await read(each);
            expect(topology.nodes.map((node) => topology.zones[node.zone ?? -1]?.name).join('')).toBe('abcabc');
        }
    });

    test('begins anew with the zone that is next', async () => {
        const result = await after(text, 'cache-4', 'hot', text.indexOf('s-2'));
        expect(result).toContain('nodes cache-[5..6] across r.b, r.c {');
        const long = `${PLACES}cluster c: server in r {\n  /** All. */\n  nodes n-[01..12] across zones\n  members\n}\nscenario x { at 1s crash node n-02 }\n`;
        expect(await after(long.replace('  members\n', ''), 'n-02', 'hot')).toContain(`  /** All. */
  node n-01 in r.a
  /** All. */
  node hot in r.b
  /** All. */
  nodes n-[03..12] across r.c, r.a, r.b
`);
    });

    test('of shards lets one go', async () => {
        const shards = `${PLACES}cluster c: redis in r {
  nodes n-[1..6] across zones
  shards s-[1..3] {
    replicas 1
    shard s-2 on n-4, n-3
    shard s-3 on n-6, n-2
  }
}
scenario x { expect c.s-2 led by n-4 at 1s }
`;
        const result = await after(shards, 's-2 led', 'hot');
        expect(result).toContain(`  shards s-1 {
    replicas 1
  }
  shards hot {
    replicas 1
    shard hot on n-4, n-3
  }
  shards s-3 {
    replicas 1
    shard s-3 on n-6, n-2
  }
`);
        expect(result).toContain('expect c.hot led by');
    });

    test('is not taken apart when somebody names it as a whole', async () => {
        const whole = `${PLACES}cluster c: redis in r {\n  nodes n-[1..6] across zones\n  shards s-[1..3] { replicas 1 }\n}
objective o for c."s-[1..3]" { tolerate any 1 node }\nscenario x { expect c.s-2 led by n-2 at 1s }\n`;
        expect(await refusal(whole, 's-2', 'hot')).toMatch(/named as a whole on line 6.*cannot be taken apart/);
        expect(await after(whole, 's-[1..3] {', 't')).toBe(whole.replaceAll(/\bs-/g, 't-'));
    });
});

describe('a name is refused', () => {
    const text = `${PLACES}cluster c: server in r { nodes n-[1..3] across zones  node m }\nworkload w { reads c 1/s }\nscenario x { at 1s crash node m }\n`;

    test.each([
        ['that is empty', 'c:', '  ', /at least one character/],
        ['that breaks the line', 'c:', 'a\nb', /one line/],
        ['of another zone', 'a ', 'b', /There is a zone 'b' already \(line 1 of main.cluster\)/],
        ['of a workload, for a cluster', 'c:', 'w', /There is a workload 'w' already/],
        ['of a member of a range', 'm }', 'n-2', /There is a node 'n-2' already/],
        ['that stands for several', 'm }', 'm-[1..3]', /stands for several names/],
    ])('%s', async (_, word, name, message) => {
        expect(await refusal(text, word, name)).toMatch(message);
    });

    test('that would make another name ambiguous', async () => {
        const two = 'cluster c: server { node n }\ncluster d: server { node m }\nscenario x { at 1s crash node n }';
        expect(await refusal(two, 'm }', 'n')).toMatch(
            /'n' cannot be the name here. Several clusters have a node 'n'.*line 3/,
        );
    });

    test('that would catch a reference to another node', async () => {
        const two = `${PLACES}cluster c: server in r { node n }\ncluster d: redis in r { node m  members n  shard s on n }`;
        expect(await refusal(two, 'm ', 'n')).toContain("'n' cannot be the name here.");
    });

    test('for its own reason, whatever else is wrong in the file', async () => {
        const text = [
            'workload early { reads nobody 1/s }',
            'cluster c: server { node n }',
            'cluster d: server { node m  waive "server/single-server" because "x" }',
            'scenario x { at 1s crash node n, lost }',
            'scenario x { at 1s heal }',
        ].join('\n');
        expect(await refusal(text, 'm  waive', 'n')).toMatch(/Several clusters have a node 'n'.*line 4/);
        const two = `cluster a: server { node n }\ncluster b: server { node n  node o }\nscenario x { at 1s crash node n }\nscenario y { at 1s crash node o }`;
        expect(await refusal(`${two}\ncluster e: server { node p }`, 'p }', 'o')).toMatch(
            /Several clusters have a node 'o'.*line 4/,
        );
    });

    test('of a shard that has a number', async () => {
        const numbers = `${PLACES}cluster k: kafka in r {\n nodes b-[1..3] across zones as broker\n topic t { partitions 3 }\n}\nscenario x { expect k.t.1 led by b-1 at 1s }`;
        await editor.open(numbers);
        const request = editor.connection.sendRequest('textDocument/prepareRename', {
            textDocument: { uri: MAIN },
            position: positionOf(numbers, '1 led'),
        });
        await expect(request).rejects.toThrow(/have numbers/);
    });
});
