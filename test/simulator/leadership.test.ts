import { beforeEach, describe, expect, test } from 'vitest';
import { Leadership } from '../../src/simulator/leadership.js';
import { topology } from '../support/model.js';

const model = topology([{ name: 'c', nodes: { a: {}, b: {} }, shards: { s: ['a', 'b'], t: ['b', 'a'] } }]);
const [A, B, S] = [0, 1, 0];

describe('leadership', () => {
    let paused: Set<number>;
    let leadership: Leadership;
    beforeEach(() => {
        paused = new Set();
        leadership = new Leadership(model, (_shard, node) => !paused.has(node));
    });

    test('tells every change of leader once', () => {
        leadership.claim(S, A, 1, 0);
        leadership.claim(S, A, 1, 5);
        leadership.release(S, A, 10);
        leadership.release(S, A, 11);
        leadership.claim(S, B, 2, 20);
        expect(leadership.changes.map(({ atMs, from, to }) => [atMs, from, to])).toEqual([
            [0, null, A],
            [10, A, null],
            [20, null, B],
        ]);
    });

    test('a leader that is dropped and replaced in one instant changed once', () => {
        leadership.claim(S, A, 1, 0);
        leadership.release(S, A, 10);
        leadership.claim(S, B, 2, 10);
        expect(leadership.changes.map(({ atMs, from, to }) => [atMs, from, to])).toEqual([
            [0, null, A],
            [10, A, B],
        ]);
    });

    test('two leaders at a time are a split brain until one stops', () => {
        leadership.claim(S, A, 1, 0);
        leadership.claim(S, B, 2, 100);
        leadership.release(S, A, 250);
        leadership.finish();
        expect(leadership.splitBrains).toEqual([{ shard: S, fromMs: 100, toMs: 250, nodes: [A, B] }]);
    });

    test('a leader that cannot act leads nobody astray, until it can again', () => {
        leadership.claim(S, A, 1, 0);
        paused.add(A);
        leadership.review(S, 50);
        leadership.claim(S, B, 2, 100);
        paused.delete(A);
        leadership.review(S, 300);
        leadership.finish();
        expect(leadership.splitBrains).toEqual([{ shard: S, fromMs: 300, toMs: null, nodes: [A, B] }]);
    });

    test('an overlap of no length is none', () => {
        leadership.claim(S, A, 1, 0);
        leadership.claim(S, B, 2, 100);
        leadership.release(S, A, 100);
        leadership.finish();
        expect(leadership.splitBrains).toEqual([]);
    });

    test('two leaders of one epoch break an invariant, two of different shards do not', () => {
        leadership.claim(S, A, 1, 0);
        leadership.claim(1, B, 1, 0);
        expect(() => leadership.claim(S, B, 1, 10)).toThrow(
            /Invariant broken at 10 ms: c\.a and c\.b both lead s in epoch 1/,
        );
    });

    test('a process that is gone leads nothing any more', () => {
        leadership.claim(S, B, 1, 0);
        leadership.claim(1, B, 1, 0);
        leadership.actorChanged(0, B, true, 40);
        expect(leadership.changes.filter(({ atMs, to }) => atMs === 40 && to === null)).toHaveLength(2);
    });
});
