import { expect, test } from 'vitest';
import { EvenArrivals } from '../../src/simulator/arrivals.js';
import { Menders } from '../../src/simulator/menders.js';
import { OutageTracker } from '../../src/simulator/outages.js';
import type { TraceEvent } from '../../src/simulator/index.js';
import { troublesOf } from '../../src/simulator/troubles.js';
import { topology } from '../support/model.js';

/** One request a millisecond; the index is the time at which it was sent. */
const arrivals = new EvenArrivals(0, 1);
const model = topology([
    { name: 'c', nodes: { n: { zone: 'a' }, m: { zone: 'a' } }, shards: { s: ['n'], other: ['m'] } },
]);
const [N, M] = [0, 1] as const;

type Told = Pick<TraceEvent, 'atMs' | 'kind'> & Partial<TraceEvent>;

/** A fault strikes `n` at 100 ms; what is told after it counts from 1. */
function trouble(
    tracker: OutageTracker,
    told: readonly Told[],
    struck: Record<number, readonly number[]> = {},
    endMs = 60_000,
) {
    const trace = [{ atMs: 100, kind: 'fault' as const }, ...told].map((event) => ({ text: '', cause: -1, ...event }));
    const struckBy = new Map([
        [0, [N]],
        ...Object.entries(struck).map(([fault, nodes]) => [Number(fault), nodes] as const),
    ]);
    const menders = new Menders(model, trace, { struckBy: (fault) => new Set(struckBy.get(fault)) });
    return troublesOf(0, tracker.outages(endMs), tracker.completed(), menders, endMs).map(
        ({ fromMs, toMs, overMs, endCause, failed, form }) => ({ fromMs, toMs, overMs, endCause, failed, form }),
    );
}

function tracked(
    ...runs: readonly (readonly [outcome: '+' | '-', from: number, to: number, cause: number])[]
): OutageTracker {
    const tracker = new OutageTracker(arrivals);
    for (const [outcome, from, to, cause] of runs) {
        if (outcome === '+') {
            tracker.succeeded(from, to, 0, cause);
        } else {
            tracker.failed(from, to, from, 'no answer', cause);
        }
    }
    return tracker;
}

test('a lucky success before the event that mends does not end the failures', () => {
    const tracker = tracked(
        ['+', 0, 100, -1],
        ['-', 100, 150, 0],
        ['+', 150, 200, 1],
        ['-', 200, 201, 0],
        ['+', 201, 300, 1],
        ['+', 300, 9000, 2],
    );
    const told: Told[] = [
        { atMs: 140, kind: 'detection' },
        { atMs: 299, kind: 'state' },
    ];
    expect(trouble(tracker, told)).toEqual([
        { fromMs: 99, toMs: 201, overMs: 300, endCause: 2, failed: 51, form: 'degraded' },
    ]);
});

test('what comes long after the last failure did not end it', () => {
    const tracker = tracked(
        ['+', 0, 100, -1],
        ['-', 100, 150, 0],
        ['+', 150, 200, 1],
        ['-', 200, 201, 0],
        ['+', 201, 9000, 1],
        ['+', 9000, 9900, 2],
    );
    const told: Told[] = [
        { atMs: 140, kind: 'detection' },
        { atMs: 8999, kind: 'state' },
    ];
    expect(trouble(tracker, told)).toMatchObject([{ overMs: 201, endCause: 1 }]);
});

test('outages between which requests had luck are one, with as many failures', () => {
    const tracker = tracked(
        ['+', 0, 100, -1],
        ['-', 100, 150, 0],
        ['+', 150, 5000, -1],
        ['-', 5000, 5010, 0],
        ['+', 5010, 9000, 1],
    );
    expect(trouble(tracker, [{ atMs: 5009, kind: 'state' }])).toEqual([
        { fromMs: 99, toMs: 5010, overMs: 5010, endCause: 1, failed: 60, form: 'degraded' },
    ]);
});

test('an outage that has its own, later cause stays another one', () => {
    const tracker = tracked(
        ['+', 0, 100, -1],
        ['-', 100, 150, 0],
        ['+', 150, 5000, -1],
        ['-', 5000, 5010, 1],
        ['+', 5010, 9000, 2],
    );
    const told: Told[] = [
        { atMs: 4999, kind: 'fault' },
        { atMs: 5009, kind: 'state' },
    ];
    expect(trouble(tracker, told, { 1: [N] })).toMatchObject([{ overMs: 150, endCause: -1 }, { endCause: 2 }]);
});

test('a failure ends by what is done about whom the fault struck, where those who answer tell nothing', () => {
    const tracker = tracked(['+', 0, 100, -1], ['-', 100, 200, 0], ['+', 200, 9000, -1]);
    const told: Told[] = [
        { atMs: 199, kind: 'fault' },
        { atMs: 199, kind: 'fault' },
        { atMs: 199, kind: 'suspicion', cluster: 0, node: N },
    ];
    expect(trouble(tracker, told, { 1: [N], 2: [M] })).toMatchObject([{ overMs: 200, endCause: 1 }]);
});

test('clients that wait in vain know when the last one gives up, and what changed until then', () => {
    const tracker = new OutageTracker(arrivals);
    tracker.succeeded(0, 100, 0, -1);
    tracker.failed(100, 101, 2100, 'no answer', 0);
    tracker.succeeded(101, 1500, 0, 1);
    tracker.failed(1000, 1001, 3000, 'no answer', 0, 2000);
    tracker.succeeded(1500, 2500, 0, 2);
    tracker.succeeded(2500, 9000, 0, 3);
    const told: Told[] = [101, 1400, 2500].map((atMs) => ({ atMs, kind: 'state' }));
    expect(trouble(tracker, told)).toMatchObject([{ form: 'degraded', toMs: 1001, overMs: 3000, endCause: 3 }]);
    expect(trouble(tracker, told, {}, 2800)).toMatchObject([{ toMs: 1001, overMs: 2800 }]);
});

test('a try that is led astray after others succeed again does not hide what mended these', () => {
    const tracker = new OutageTracker(arrivals);
    tracker.succeeded(0, 100, 0, -1);
    // The last one is sent at 199 ms, and tried again in vain at 239 ms.
    tracker.failed(100, 200, 180, 'no answer', 0, 140);
    tracker.succeeded(205, 9000, 0, -1);
    const told: Told[] = [
        { atMs: 150, kind: 'state', cluster: 0, peer: N },
        { atMs: 202, kind: 'state', cluster: 0, peer: N },
    ];
    expect(trouble(tracker, told)).toEqual([expect.objectContaining({ form: 'dark', toMs: 205, endCause: 2 })]);
});

test('what is told of another shard mends nothing, whoever it is about', () => {
    const tracker = tracked(['+', 0, 100, -1], ['-', 100, 200, 0], ['+', 200, 9000, -1]);
    const told: Told[] = [
        { atMs: 199, kind: 'state', cluster: 0, peer: N },
        { atMs: 200, kind: 'promotion', cluster: 0, node: M, peer: N, shard: 1 },
    ];
    expect(trouble(tracker, told)).toEqual([expect.objectContaining({ endCause: 1 })]);
});

test('what was there when a try failed did not mend it, though those who answer then have nothing later to tell', () => {
    const tracker = tracked(['+', 0, 100, -1], ['-', 100, 200, 0], ['+', 202, 9000, 1]);
    const told: Told[] = [
        { atMs: 150, kind: 'state', cluster: 0, node: M },
        { atMs: 201, kind: 'state', cluster: 0, peer: N },
    ];
    expect(trouble(tracker, told)).toEqual([expect.objectContaining({ form: 'dark', endCause: 2 })]);
});
