import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InlayHint } from 'vscode-languageserver';
import { collectFindings } from '../../../src/analysis/index.js';
import { engines } from '../../../src/engines/index.js';
import { engineLookup } from '../../../src/language/services.js';
import { DRAWING_REQUEST, type DrawingReply } from '../../../src/protocol/index.js';
import type { Finding, Topology } from '../../../src/topology/index.js';
import { CursorClient } from '../../language/at-cursor.js';
import { codesOf, MAIN, read } from '../../language/support.js';
import { toy } from './toy.js';

const RING = `region here {
  zone a
  zone b
  zone c
}

/** Where the toys live. */
cluster ring: toy in here {
  nodes keeper-[1..3] across zones as keeper
  nodes shelf-[1..6] across zones as shelf
  crate books {
    boxes 4
    settings { crate.mode = sealed }
  }
  settings { ring.patience.seconds = 7 }
}
`;

let editor: CursorClient;

beforeAll(async () => {
    // This is all that a new system asks for: its line in the registry.
    editor = await CursorClient.start({ engines: engineLookup([...engines, toy]) });
});

afterAll(() => editor.dispose());

function inRing(from: string, to: string): string {
    expect(RING).toContain(from);
    return RING.replace(from, to);
}

test('a system of one file is offered, with a whole cluster as a snippet', async () => {
    const item = await editor.item('¦', 'cluster toy');
    expect(item).toMatchObject({ detail: 'Toy Ring', insertTextFormat: 2 });
    expect(JSON.stringify(item.textEdit)).toContain('cluster ${1:toy-1}: toy in ${2:region} {');
    expect(JSON.stringify(item.textEdit)).toContain('nodes ${3:keeper}-[1..3] across zones as keeper');
    expect(await editor.labels(inRing('toy in here', '¦ in here'))).toContain('toy');
    expect(await editor.labels(inRing('toy in here', 'toy ¦in here'))).toEqual(expect.arrayContaining(['2.0', '1.0']));
});

test('its roles, its words and its settings are completed', async () => {
    expect(await editor.labels(inRing('as shelf', 'as ¦'))).toEqual(['keeper', 'shelf']);
    expect(await editor.labels(inRing('  crate books', '  ¦'))).toContain('crate');
    expect(await editor.labels(inRing('    boxes 4', '    ¦'))).toEqual(
        expect.arrayContaining(['boxes', 'box', 'replicas', 'spread', 'settings']),
    );
    expect(await editor.labels(inRing('crate.mode = sealed', '¦'))).toEqual(['crate.mode']);
    expect(await editor.labels(inRing('= sealed', '= ¦'))).toEqual(['open', 'sealed']);
    const item = await editor.item(inRing('ring.patience.seconds = 7', 'ring.pat¦'), 'ring.patience.seconds');
    expect(item.detail).toBe('default 4s');
    const older = inRing('ring: toy', 'ring: toy "1.0"').replace('ring.patience.seconds = 7', 'ring.pat¦');
    expect((await editor.item(older, 'ring.patience.seconds')).detail).toBe('default 10s');
});

test('its words, roles, settings, codes and clusters are explained', async () => {
    expect(await editor.hover(inRing('toy in', 't¦oy in'))).toContain('boxes on shelves');
    expect(await editor.hover(inRing('crate books', 'c¦rate books'))).toContain('A crate of boxes');
    expect(await editor.hover(inRing('boxes 4', 'b¦oxes 4'))).toContain('How many shards');
    expect(await editor.hover(inRing('as keeper', 'as k¦eeper'))).toContain('Votes on who may write.');
    expect(await editor.hover(inRing('seconds = 7', 'seconds = ¦7'))).toMatch(
        /`7` = 7s \(7000 ms\)[^]*4s[^]*Toy Handbook/,
    );
    expect(await editor.hover(inRing('cluster ring', 'cluster r¦ing'))).toMatch(
        /Where the toys live[^]*9 members[^]*4 shards in 1 group, 8 copies in all[^]*3 keepers: quorum 2 of 3, survives 1/,
    );
    const waived = inRing('  settings { ring', '  waive "toy/no-¦shelf" because "x"\n  settings { ring');
    expect(await editor.hover(waived)).toContain('Boxes have nowhere to stand.');
});

test('its checks are told, and its hints are shown', async () => {
    await editor.show(inRing('  nodes shelf-[1..6] across zones as shelf\n', '¦'));
    expect(editor.client.published.at(-1)).toMatchObject([{ code: 'toy/no-shelf', severity: 2 }]);
    await editor.show(`¦${RING}`);
    expect(editor.client.published.at(-1)).toEqual([]);
    const hints = await editor.client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
        textDocument: { uri: MAIN },
        range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
    });
    expect(hints.map(({ label }) => label)).toEqual(
        expect.arrayContaining(['quorum 2 of 3, survives 1', '2 copies', 's', '2 in each of a, b, c']),
    );
});

test('the page of its code shows a file that gets it, and the same file mended', async () => {
    const lookup = engineLookup([...engines, toy]);
    const design = (topology: Topology): readonly Finding[] =>
        collectFindings(topology, { engines: (name) => lookup.find(name) });
    for (const { code, example, remedy } of toy.codes) {
        expect(codesOf(await read(example, {}, { engines: lookup.all, design }))).toEqual([code]);
        expect(codesOf(await read(remedy, {}, { engines: lookup.all, design }))).toEqual([]);
    }
});

test('it is drawn', async () => {
    await editor.show(`¦${RING}`);
    const reply = await editor.client.connection.sendRequest<DrawingReply>(DRAWING_REQUEST, { uri: MAIN });
    const drawn = JSON.stringify(reply);
    expect(drawn).toContain('ring');
    for (const name of ['shelf-6', 'keeper-3', 'books.3']) expect(drawn).toContain(name);
});
