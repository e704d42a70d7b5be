import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patchBetween, patched, toDrawing, type Drawing } from '../../src/diagram/index.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';

const EXAMPLES = ['redis', 'kafka', 'server', 'kubernetes', 'aurora'];

const drawingOf = async (text: string): Promise<Drawing> => toDrawing(await topologyOf(text));

const EDITABLE = `region r { zone a  zone b  zone c }
cluster c: redis in r { nodes n-[1..6] across zones  shards s-[1..3] { replicas 1 } }
cluster adrift: server { node stray }
workload w { writes c 10/s }
`;

describe('a patch', () => {
    it('is nothing where nothing changed', async () => {
        const [one, other] = [await drawingOf(EDITABLE), await drawingOf(EDITABLE)];
        expect(patchBetween(one, other)).toBeUndefined();
    });

    it('makes any drawing of any other', async () => {
        const drawings = await Promise.all(
            [...EXAMPLES.map((name) => projectFile(`examples/${name}.cluster`)), EDITABLE, ''].map(drawingOf),
        );
        const drawing = fc.constantFrom(...drawings);
        fc.assert(
            fc.property(drawing, drawing, (before, after) => {
                const patch = patchBetween(before, after);
                expect(patch === undefined ? before : patched(before, patch)).toEqual(after);
            }),
        );
    });

    it('is a node’s worth for a node, and leaves the other regions the same objects', async () => {
        const two = `region far { zone z { node alone } }\n${EDITABLE}`;
        const before = await drawingOf(two);
        const after = await drawingOf(two.replace('node stray', 'node stray { capacity 5/s }'));
        const patch = patchBetween(before, after)!;
        expect(patch.nodes).toHaveLength(1);
        expect(JSON.stringify(patch).length).toBeLessThan(JSON.stringify(after).length / 4);
        const result = patched(before, patch);
        expect(result).toEqual(after);
        expect(result.regions[0]).toBe(before.regions[0]);
    });
});
