import { beforeEach, describe, expect, test } from 'vitest';
import { Leadership } from '../../src/simulator/leadership.js';
import { topology } from '../support/model.js';

const model = topology([{ name: 'c', nodes: { a: {}, b: {} }, shards: { s: ['a', 'b'], t: ['b', 'a'] } }]);
const [A, B, S] = [0, 1, 0];

describe('leadership', () => {
    let paused: Set<number>;
    /** Nodes that nobody agrees with. */
    let alone: Set<number>;
    let told: unknown[];
    let leadership: Leadership;
    beforeEach(() => {
        paused = new Set();
        alone = new Set();
        told = [];
        leadership = new Leadership(model, {
            canAct: (_shard, node) => !paused.has(node),
            whyPowerless: (_shard, node) => (alone.has(node) ? 'nobody agrees' : undefined),
            deposed: (...one) => told.push(one),
        });
    });

    test('tells every change of leader once', () => {
        leadership.claim(S, A, 1, 0, -1);
        leadership.claim(S, A, 1, 5, -1);
        leadership.release(S, A, 10);
        leadership.release(S, A, 11);
        leadership.claim(S, B, 2, 20, -1);
        expect(leadership.changes.map(({ atMs, from, to }) => [atMs, from, to])).toEqual([
            [0, null, A],
            [10, A, null],
            [20, null, B],
        ]);
    });

    test('a leader that is dropped and replaced in one instant changed once', () => {
        leadership.claim(S, A, 1, 0, -1);
        leadership.release(S, A, 10);
        leadership.claim(S, B, 2, 10, -1);
        expect(leadership.changes.map(({ atMs, from, to }) => [atMs, from, to])).toEqual([
            [0, null, A],
            [10, A, B],
        ]);
    });

    test('two leaders at a time are a split brain until one stops', () => {
        leadership.claim(S, A, 1, 0, -1);
        leadership.claim(S, B, 2, 100, -1);
        leadership.release(S, A, 250);
        leadership.finish();
        expect(leadership.splitBrains).toEqual([{ shard: S, fromMs: 100, toMs: 250, nodes: [A, B] }]);
    });

    test('a leader that cannot act leads nobody astray, until it can again', () => {
        leadership.claim(S, A, 1, 0, -1);
        paused.add(A);
        leadership.review(S, 50);
        leadership.claim(S, B, 2, 100, -1);
        paused.delete(A);
        leadership.review(S, 300);
        leadership.finish();
        expect(leadership.splitBrains).toEqual([{ shard: S, fromMs: 300, toMs: null, nodes: [A, B] }]);
    });

    test('one that can acknowledge nothing beside its successor is told once, and is no split brain', () => {
        leadership.claim(S, A, 1, 0, -1);
        alone.add(A);
        expect(leadership.claim(S, B, 2, 100, 7)).toBe(true);
        leadership.settle(100);
        leadership.settle(150);
        leadership.release(S, A, 250);
        leadership.settle(260);
        leadership.finish();
        expect(leadership.splitBrains).toEqual([]);
        expect(told).toEqual([[S, A, 'nobody agrees', 7]]);
        expect(leadership.deposed).toEqual([{ shard: S, node: A, fromMs: 100, toMs: 250 }]);
    });

    test('a split brain begins when the first leader can acknowledge again, and ends when it cannot', () => {
        leadership.claim(S, A, 1, 0, -1);
        alone.add(A);
        leadership.claim(S, B, 2, 100, -1);
        alone.delete(A);
        leadership.settle(200);
        alone.add(A);
        leadership.settle(300);
        leadership.finish();
        expect(leadership.splitBrains).toEqual([{ shard: S, fromMs: 200, toMs: 300, nodes: [A, B] }]);
        expect(leadership.deposed).toEqual([{ shard: S, node: A, fromMs: 300, toMs: null }]);
    });

    test('who is frozen is told when it goes on, and who took over within the same millisecond is not', () => {
        leadership.claim(S, A, 1, 0, -1);
        alone.add(A);
        paused.add(A);
        leadership.claim(S, B, 2, 100, -1);
        leadership.settle(100);
        expect(told).toEqual([]);
        paused.delete(A);
        leadership.settle(200);
        expect(told).toHaveLength(1);
        alone.add(B);
        leadership.claim(S + 1, B, 1, 300, -1);
        leadership.claim(S + 1, A, 2, 300, -1);
        leadership.release(S + 1, B, 300);
        leadership.settle(300);
        expect(told).toHaveLength(1);
    });

    test('an overlap of no length is none', () => {
        leadership.claim(S, A, 1, 0, -1);
        leadership.claim(S, B, 2, 100, -1);
        leadership.release(S, A, 100);
        leadership.finish();
        expect(leadership.splitBrains).toEqual([]);
    });

    test('two leaders of one epoch break an invariant, two of different shards do not', () => {
        leadership.claim(S, A, 1, 0, -1);
        leadership.claim(1, B, 1, 0, -1);
        expect(() => leadership.claim(S, B, 1, 10, -1)).toThrow(
            /Invariant broken at 10 ms: c\.a and c\.b both lead s in epoch 1/,
        );
    });

    test('a process that is gone leads nothing any more', () => {
        leadership.claim(S, B, 1, 0, -1);
        leadership.claim(1, B, 1, 0, -1);
        leadership.actorChanged(0, B, true, 40);
        expect(leadership.changes.filter(({ atMs, to }) => atMs === 40 && to === null)).toHaveLength(2);
    });
});
