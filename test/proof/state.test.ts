import { expect, test } from 'vitest';
import { failureUnits, stateAfter } from '../../src/proof/index.js';
import { topology } from '../support/model.js';

test('a zone that fails is dark, a node that fails in it is not', () => {
    const model = topology([
        { name: 'c', nodes: { a1: { zone: 'a' }, b1: { zone: 'b' } }, shards: { s: ['a1', 'b1'] } },
    ]);
    const all = new Set([0, 1]);
    const [zone] = failureUnits(model, 'zone', all);
    const [, node] = failureUnits(model, 'node', all);
    const [region] = failureUnits(model, 'region', all);
    expect(stateAfter(model, [zone!, node!])).toMatchObject({ failed: [0, 1], dark: [{ kind: 'zone', zone: 0 }] });
    expect(stateAfter(model, [region!]).dark).toEqual([{ kind: 'region', region: 0 }]);
});
