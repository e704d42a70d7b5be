import { expect, test } from 'vitest';
import type { Fault } from '../../src/topology/index.js';
import { topology } from '../support/model.js';
import { at, nodes, onNodes, onZone, rehearse, zoneSide } from './support/recorder.js';

const model = topology([
    { name: 'c', nodes: { a1: { zone: 'a' }, a2: { zone: 'a' }, b1: { zone: 'b' } }, shards: { s: ['a1', 'b1'] } },
]);
const [A1, A2, B1] = [0, 1, 2];

/** Pairs of nodes of which the first does not reach the second, after each change. */
function severedAfter(...faults: readonly Fault[]): readonly { readonly atMs: number; readonly pairs: string[] }[] {
    const { run } = rehearse(
        model,
        faults.map((fault, index) => at(1000 * (index + 1), fault)),
    );
    return (run.reach ?? []).map(({ atMs, groups, severed }) => ({
        atMs,
        pairs: severed
            .flatMap(([from, to]) =>
                groups[from]!.nodes.flatMap((one) => groups[to]!.nodes.map((other) => `${one}>${other}`)),
            )
            .sort(),
    }));
}

test('a zone that is isolated is out of reach, either way, until it is restored', () => {
    const isolate: Fault = { kind: 'isolate', selection: onZone(0) };
    expect(severedAfter(isolate, { kind: 'restore', selection: onZone(0) })).toEqual([
        { atMs: 1_000, pairs: [`${A1}>${B1}`, `${A2}>${B1}`, `${B1}>${A1}`, `${B1}>${A2}`] },
        { atMs: 2_000, pairs: [] },
    ]);
});

test('a cut is one way', () => {
    const cut: Fault = { kind: 'cut', from: zoneSide(0), to: zoneSide(1) };
    expect(severedAfter(cut)).toEqual([{ atMs: 1_000, pairs: [`${A1}>${B1}`, `${A2}>${B1}`] }]);
});

test('the loss of all packets is a cut, of some of them is none', () => {
    const drop = (share: number): Fault => ({ kind: 'drop', share, from: zoneSide(0), to: zoneSide(1) });
    expect(severedAfter(drop(0.5))).toEqual([]);
    expect(severedAfter(drop(1))[0]?.pairs).toHaveLength(4);
});

test('what changes no link is no change of reach', () => {
    const isolate: Fault = { kind: 'isolate', selection: onNodes(B1) };
    expect(severedAfter({ kind: 'crash', nodes: nodes(A1) })).toEqual([]);
    expect(severedAfter(isolate, { kind: 'crash', nodes: nodes(A1) })).toHaveLength(1);
});
