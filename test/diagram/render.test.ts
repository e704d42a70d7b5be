import { describe, expect, test } from 'vitest';
import { drawSvg, layoutDrawing, renderSvg, toDrawing } from '../../src/diagram/index.js';
import { REDIS, SERVERS, SHOP, topologyOf, type TopologySketch } from './topologies.js';

function render(sketch: TopologySketch): string {
    const drawing = toDrawing(topologyOf(sketch));
    return renderSvg(drawing, layoutDrawing(drawing), 'light');
}

describe.each([
    ['redis', REDIS],
    ['servers', SERVERS],
    ['shop', SHOP],
] as const)('%s', (name, sketch) => {
    test('looks as it did', async () => {
        await expect(render(sketch)).toMatchFileSnapshot(`golden/${name}.svg`);
    });
});

test('the picture of the command line has ELK’s or the own layout, in the theme asked for', async () => {
    const picture = await drawSvg(topologyOf(REDIS), { theme: 'dark' });
    expect(picture).toContain('.page{fill:#1f1f1f}');
    expect(picture.match(/data-id="node:/g)).toHaveLength(6);
});

test('a picture stands alone: no script, nothing fetched, words for those who do not see it', () => {
    const picture = render(SHOP);
    expect(picture).not.toMatch(/<script|href|url\(|@import|var\(/);
    expect(picture).toContain('role="img"');
    expect(picture).toContain('<title id="title">Topology of example.cluster</title>');
    expect(picture).toContain('6 clusters: storefront, sessions, orders, ledger, ledger-eu and profiles.');
});

test('hostile names stay inside their quotes', () => {
    const hostile = '</text><script>alert(1)</script>\u001b[31m';
    const picture = render({
        regions: { [hostile]: [hostile] },
        clusters: [
            { name: '__proto__', engine: 'server', nodes: [{ name: hostile, zone: 0, roles: ['constructor'] }] },
        ],
        workloads: [{ name: '"><x y="', reads: ['__proto__'] }],
    });
    expect(picture).not.toContain('<script');
    expect(picture).not.toContain('\u001b');
    expect(picture).toContain('data-id="cluster:__proto__"');
    expect(picture).toContain('data-id="client:&quot;&gt;&lt;x y=&quot;"');
});

test('many copies are counted in the last row', () => {
    const shards = Array.from({ length: 20 }, (_, index) => ({ name: `s-${index}`, copies: [0] }));
    const picture = render({
        regions: { r: ['a'] },
        clusters: [{ name: 'c', engine: 'redis', nodes: [{ name: 'n', zone: 0 }], shards }],
    });
    expect(picture.match(/class="copy leader" data-id/g)).toHaveLength(7);
    expect(picture).toContain('13 more, 13 led here');
});
