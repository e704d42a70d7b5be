import { expect, test } from 'vitest';
import { toDrawing, type DrawnNode } from '../../src/diagram/index.js';
import type { Topology } from '../../src/topology/index.js';
import { topologyOf } from './topologies.js';

/** One group of three copies, two of them on one node. */
function sketch(leaderless: boolean): Topology {
    const topology = topologyOf({
        regions: { r: ['a', 'b'] },
        clusters: [
            {
                name: 'c',
                engine: 'kubernetes',
                nodes: [
                    { name: 'x', zone: 0 },
                    { name: 'y', zone: 1 },
                ],
                shards: [{ name: 'web', copies: [0, 1, 0] }],
            },
        ],
    });
    const group = {
        id: 0,
        cluster: 0,
        name: 'web',
        word: 'deployment',
        shards: [0],
        copies: 3,
        settings: [],
        source: topology.shards[0]!.source,
        ...(leaderless ? { leaderless: true as const } : {}),
    };
    return { ...topology, groups: [group], shards: topology.shards.map((shard) => ({ ...shard, group: 0 })) };
}

function nodesOf(topology: Topology): readonly DrawnNode[] {
    return toDrawing(topology).regions.flatMap(({ zones }) => zones.flatMap(({ nodes }) => nodes));
}

test('of copies that are equals none leads and none follows, and those of one node are one row', () => {
    const [x, y] = nodesOf(sketch(true));
    expect(x!.copies.map(({ label, role }) => [label, role])).toEqual([['web ×2', 'replica']]);
    expect(y!.copies.map(({ label, role }) => [label, role])).toEqual([['web', 'replica']]);
    expect(x!.facts.join(' ')).toContain('Holds copies of web ×2, which nobody leads.');
    expect(x!.copies[0]!.facts[0]).toContain('x holds 2 copies of c.web.');
    expect(toDrawing(sketch(true)).links).toEqual([]);
});

test('otherwise the first leads the others', () => {
    const [x, y] = nodesOf(sketch(false));
    expect(x!.copies.map(({ role }) => role)).toEqual(['leader']);
    expect(y!.copies.map(({ role }) => role)).toEqual(['replica']);
    expect(toDrawing(sketch(false)).links).toHaveLength(1);
});
