import { expect, test } from 'vitest';
import { LastEvents } from '../../src/simulator/last-events.js';
import { topology } from '../support/model.js';

const made = topology([
    { name: 'a', nodes: { n1: {}, n2: {} }, shards: { s: ['n1'], t: ['n1'] } },
    { name: 'b', nodes: { m: {} } },
]);
const [S, T, M] = [0, 1, 2];

test('what a cluster tells about one shard is no cause of what becomes of another', () => {
    const last = new LastEvents(made);
    last.note(0, { kind: 'state', node: 0, shard: S }, 1);
    last.note(0, { kind: 'state', node: 0, shard: T }, 2);
    expect([last.about(S, 0), last.about(T, 0)]).toEqual([1, 2]);
    last.note(0, { kind: 'state', node: 0 }, 3);
    expect([last.about(S, 0), last.about(T, 0)]).toEqual([3, 3]);
});

test('where nothing is told about the node, what was told about the shard or the cluster is', () => {
    const last = new LastEvents(made);
    expect(last.about(S, 0)).toBe(-1);
    last.note(0, { kind: 'state', node: 1 }, 4);
    last.note(0, { kind: 'state', shard: T }, 5);
    expect([last.about(S, 0), last.about(T, 0), last.about(S, 1)]).toEqual([4, 5, 4]);
});

test('a fault of the host concerns all that is on it, and the first one its clusters as such', () => {
    const last = new LastEvents(made);
    last.struck(0, [0], 1);
    last.struck(1, [0], 2);
    expect([last.about(S, 0), last.about(S, 1)]).toEqual([1, 2]);
    last.note(0, { kind: 'state', node: 0, shard: S }, 6);
    expect([last.about(S, 0), last.about(T, 0)]).toEqual([6, 1]);
});

test('another cluster on the same host is another matter, and a control plane is one of all shards', () => {
    const controlled = {
        ...made,
        clusters: made.clusters.map((cluster) =>
            cluster.id === 0 ? { ...cluster, controlPlane: { shard: T } } : cluster,
        ),
    } as typeof made;
    const last = new LastEvents(controlled);
    last.note(1, { kind: 'state', node: 0 }, 1);
    expect(last.about(S, 0)).toBe(-1);
    last.note(0, { kind: 'state', node: 0, shard: T }, 2);
    expect(last.about(S, 0)).toBe(2);
});

test('that nobody answers is due to what was told last about the shard, its cluster or the hosts of its copies', () => {
    const last = new LastEvents(made);
    last.struck(0, [0], 1);
    last.note(0, { kind: 'state', node: 1 }, 2);
    expect([last.about(S, -1), last.about(M, -1)]).toEqual([2, -1]);
    last.struck(0, [0], 3);
    expect(last.about(S, -1)).toBe(3);
});

test('a success may be due to what the cluster needs, where that is the later event', () => {
    const needing = topology([
        { name: 'a', nodes: { n1: {} } },
        { name: 'b', nodes: { m: {} }, needs: [{ cluster: 'a', operation: 'read' }] },
    ]);
    const last = new LastEvents(needing);
    last.note(0, { kind: 'state', node: 0 }, 1);
    expect([last.about(1, 1), last.behind(1, 1), last.behind(0, 0)]).toEqual([-1, 1, 1]);
    last.note(1, { kind: 'state', node: 1 }, 2);
    expect([last.behind(1, 1), last.behind(0, 0)]).toEqual([2, 1]);
});

test('a doubt and a loss may be why a request fails, and never why it succeeds', () => {
    const last = new LastEvents(made);
    last.note(0, { kind: 'promotion', node: 0 }, 1);
    last.note(0, { kind: 'suspicion', node: 0 }, 2);
    last.note(0, { kind: 'loss', node: 0, shard: S }, 3);
    expect([last.about(S, 0), last.behind(S, 0)]).toEqual([3, 1]);
});
