/** Operators' orders, and what systems say of themselves when an expectation asks. */
import { expect, test } from 'vitest';
import { simulate, type ClusterBehaviour, type Run } from '../../src/simulator/index.js';
import type { Expectation, Fault } from '../../src/topology/index.js';
import { HERE, scenario, topology } from '../support/model.js';
import { at } from './support/recorder.js';

const model = topology([{ name: 'c', nodes: { a1: { zone: 'a' }, a2: { zone: 'a' } }, shards: { s: ['a1', 'a2'] } }]);
const target = { kind: 'cluster', cluster: 0, text: 'c' } as const;
const node = { kind: 'node', node: 0 } as const;
const clause = { text: 'clause', source: HERE };

function run(behaviour: Partial<ClusterBehaviour>, faults: readonly Fault[], expectations: Expectation[] = []): Run {
    const story = scenario(
        expectations,
        faults.map((fault, index) => at(1000 * (index + 1), fault)),
    );
    return simulate(model, story, (cluster) => (world) => ({
        start: () => undefined,
        hostChanged: () => undefined,
        networkChanged: () => undefined,
        attempt: () => ({ outcome: 'ok', afterMs: 1, node: cluster.members[0]!.node }),
        steadiness: () => ({ kind: 'ok', afterMs: 1, node: world.cluster.members[0]!.node }),
        leaders: () => [],
        serving: () => true,
        ...behaviour,
    }));
}

test('orders reach the system, with the step as their cause', () => {
    const orders: string[] = [];
    const { faults, trace } = run(
        {
            drain: (drained, cause) => orders.push(`drain ${drained} ${cause}`),
            promote: (cause) => orders.push(`promote ${cause}`),
            switchover: (to, cause) => orders.push(`switchover ${to} ${cause}`),
        },
        [
            { kind: 'drain', nodes: [node] },
            { kind: 'promote', cluster: 0 },
            { kind: 'switchover', cluster: 0, to: { kind: 'node', node: 1 } },
        ],
    );
    expect(orders).toEqual(['drain 0 0', 'promote 1', 'switchover 1 2']);
    expect(faults.map(({ affected }) => affected)).toEqual([1, 1, 1]);
    expect(trace.filter(({ kind }) => kind === 'fault')).toHaveLength(3);
});

test('what an expectation asks is answered at its instant', () => {
    let drained = false;
    const expectations: Expectation[] = [
        { ...clause, kind: 'health', target, colour: 'green', atMs: 500 },
        { ...clause, kind: 'drain', node, state: 'done', atMs: 999 },
        { ...clause, kind: 'drain', node, state: 'done', atMs: 1500 },
        { ...clause, kind: 'replicated', target, atMs: 1500 },
    ];
    const { states } = run(
        {
            health: (shards) => (shards.length === 1 ? 'yellow' : 'red'),
            drain: () => (drained = true),
            drainState: () => (drained ? 'done' : 'none'),
        },
        [{ kind: 'drain', nodes: [node] }],
        expectations,
    );
    expect(states).toEqual([
        { expectation: 0, state: 'yellow' },
        { expectation: 1, state: 'none' },
        { expectation: 2, state: 'done' },
        { expectation: 3, state: null },
    ]);
});

test('what is not modelled of one cluster is refused only where a step may touch it', () => {
    const two = topology([
        { name: 'c', nodes: { a1: { zone: 'a' } }, shards: { s: ['a1'] } },
        { name: 'd', nodes: { a2: { zone: 'b' } }, shards: { t: ['a2'] } },
    ]);
    const start = (fault: Fault): Run =>
        simulate(two, scenario([], [at(1000, fault)]), ({ id, members }) => () => ({
            start: () => undefined,
            hostChanged: () => undefined,
            networkChanged: () => undefined,
            attempt: () => ({ outcome: 'error', afterMs: 1, node: members[0]!.node, reason: 'no' }),
            steadiness: () => ({ kind: 'fails', afterMs: 1, node: members[0]!.node, reason: 'no' }),
            leaders: () => [],
            serving: () => true,
            promote: () => undefined,
            switchover: () => undefined,
            drain: () => undefined,
            ...(id === 1 && { unsupported: () => 'd decides by priority.' }),
        }));
    const orders = (cluster: 0 | 1): Fault[] => [
        { kind: 'promote', cluster },
        { kind: 'switchover', cluster, to: { kind: 'node', node: cluster } },
        { kind: 'drain', nodes: [{ kind: 'node', node: cluster }] },
        { kind: 'wipe', nodes: [{ kind: 'node', node: cluster }] },
        { kind: 'crash', nodes: [{ kind: 'node', node: cluster }] },
        { kind: 'stop', nodes: [{ kind: 'leader', of: { kind: 'cluster', cluster, text: '' } }] },
        { kind: 'fail', selection: { kind: 'nodes', nodes: [{ kind: 'node', node: cluster }] } },
        { kind: 'isolate', selection: { kind: 'places', places: [{ kind: 'zone', zone: cluster }] } },
        { kind: 'partition', sides: [{ places: [], nodes: [{ kind: 'node', node: cluster }] }] },
    ];
    for (const order of orders(0)) {
        expect(start(order).faults).toHaveLength(1);
    }
    for (const order of orders(1)) {
        expect(() => start(order)).toThrow('is not modelled for d: d decides by priority.');
    }
});
