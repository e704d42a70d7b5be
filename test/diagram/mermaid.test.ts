import { expect, test } from 'vitest';
import { mermaidOf, toDrawing } from '../../src/diagram/index.js';
import { SHOP, topologyOf } from './topologies.js';

test('clients, clusters and places are joined as in the drawing', () => {
    const drawing = toDrawing(topologyOf(SHOP));
    const text = mermaidOf(drawing);
    expect(text.match(/ (?:-->|==>|-\.->)/g)).toHaveLength(drawing.links.length);
    expect(text).toMatch(/ ==>/);
});

test('no name is taken for markup or for a word of the flowchart', () => {
    const text = mermaidOf(
        toDrawing(
            topologyOf({
                regions: { '"]<script>#quot;\nend': ['end'] },
                clusters: [{ name: 'c', engine: 'server', nodes: [{ name: '`x`', zone: 0 }] }],
            }),
        ),
    );
    expect(text).toContain('["#34;]#60;script#62;#35;quot; end"]');
    expect(text).toContain('["#96;x#96;"]');
    expect(text).not.toContain('<script');
});
