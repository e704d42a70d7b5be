import { expect, test } from 'vitest';
import type { ClusterBehaviour } from '../../src/simulator/index.js';
import { Needs } from '../../src/simulator/needs.js';
import { topology } from '../support/model.js';

const WEB = 3;
const NODE = 3;
const model = topology([
    { name: 'sessions', nodes: { s1: {} } },
    { name: 'orders', nodes: { o1: {} } },
    { name: 'ledger', nodes: { l1: {} } },
    {
        name: 'web',
        nodes: { w1: {} },
        needs: [
            { cluster: 'sessions', operation: 'read' },
            { cluster: 'orders', operation: 'write' },
            { cluster: 'ledger', operation: 'write' },
        ],
    },
]);

function needsOf(down: Set<number>, asked: number[]): Needs {
    const behaviourOf = (shard: number): Pick<ClusterBehaviour, 'attempt'> => ({
        attempt: ({ attempt }) => {
            if (attempt === 0) asked.push(shard);
            return down.has(shard)
                ? { outcome: 'hang', node: shard, reason: 'it is down' }
                : { outcome: 'ok', node: shard, afterMs: 1 };
        },
    });
    return new Needs(
        model,
        model.clusters[WEB]!,
        behaviourOf as (shard: number) => ClusterBehaviour,
        (shard) => 10 + shard,
    );
}

test('what does not answer is named, in the order in which it is needed', () => {
    const down = new Set<number>();
    const needs = needsOf(down, []);
    expect(needs.missingAt(NODE)).toBeUndefined();
    down.add(2);
    expect(needs.missingAt(NODE)).toEqual({ what: 'writes of ledger', cause: 12 });
    expect(needsOf(new Set([0, 2]), []).missingAt(NODE)).toEqual({ what: 'reads of sessions', cause: 10 });
});

test('a server that lacked something asks for that first, and for everything once it is back', () => {
    const down = new Set([2]);
    const asked: number[] = [];
    const needs = needsOf(down, asked);
    const look = (): [string | undefined, number[]] => [needs.missingAt(NODE)?.what, asked.splice(0)];
    expect(look()).toEqual(['writes of ledger', [0, 1, 2]]);
    expect(look()).toEqual(['writes of ledger', [2]]);
    down.clear();
    down.add(1);
    expect(look()).toEqual(['writes of orders', [2, 0, 1]]);
    down.clear();
    expect(look()).toEqual([undefined, [1, 0, 2]]);
    expect(look()).toEqual([undefined, [0, 1, 2]]);
});

test('a cluster that needs nothing lacks nothing', () => {
    const nobody = (): never => {
        throw new Error('nobody is asked');
    };
    const needs = new Needs(model, model.clusters[0]!, nobody, nobody);
    expect(needs.missingAt(0)).toBeUndefined();
});
