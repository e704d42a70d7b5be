/** A story of thousands of events and shards is still read by a person. */
import { describe, expect, test } from 'vitest';
import { report, type Verdict } from '../../src/analysis/index.js';
import type { Outage, Run, TraceEvent } from '../../src/simulator/index.js';
import { HERE, topology } from '../support/model.js';

const SHARDS = 200;
const shards = Array.from({ length: SHARDS }, (_, index) => `t.${String(index)}`);
const model = topology(
    [
        {
            name: 'db',
            nodes: { 'n-1': {}, 'n-2': {} },
            shards: Object.fromEntries(shards.map((name) => [name, ['n-1', 'n-2']])),
        },
    ],
    [{ name: 'app', demands: [{ cluster: 'db', operation: 'write', rate: 100 }] }],
);
const verdict: Verdict = {
    kind: 'scenario',
    name: 'many',
    source: HERE,
    status: 'passed',
    notes: [],
    elapsedMs: 3,
    clauses: [],
};

function outage(shard: number, toMs: number | null): Outage {
    return {
        cluster: 0,
        shard,
        operation: 'write',
        workload: 0,
        fromMs: 30_000 + shard,
        sentMs: 30_000,
        toMs,
        form: 'dark',
        failed: 9,
    };
}

function run(parts: Partial<Run>): Run {
    return {
        seed: 7,
        traceHash: '0123456789abcdef',
        events: 5,
        untilMs: 120_000,
        faults: [],
        outages: [],
        leaders: [],
        lostWrites: [],
        staleReads: [],
        workloads: [],
        splitBrains: [],
        capacity: [],
        states: [],
        processes: [],
        links: [],
        windows: [],
        untouchedByLoss: [],
        lateClusters: [],
        trace: [],
        ...parts,
    };
}

function section(title: string, parts: Partial<Run>): readonly string[] {
    const sections = report(model, { verdict, run: run(parts) })
        .trimEnd()
        .split('\n\n');
    return (sections.find((each) => each.startsWith(`${title}\n`)) ?? '').split('\n  ').slice(1);
}

function trace(count: number): TraceEvent[] {
    const failing = shards.slice(0, count).map((name, shard): TraceEvent => ({
        atMs: 31_000 + shard,
        kind: 'client',
        text: `app: writes of ${name} fail, n-1 refuses`,
        cause: 0,
    }));
    const back = failing.map(({ text }, index): TraceEvent => ({
        atMs: 40_000 + index,
        kind: 'client',
        text: text.replace('fail, n-1 refuses', `succeed after ${String(9 + index)}.5 s`),
        cause: 1 + index,
    }));
    return [{ atMs: 30_000, kind: 'fault', text: 'crash node n-1', cause: -1 }, ...failing, ...back];
}

describe('the story', () => {
    test('of few events has a line for each', () => {
        expect(section('Story', { trace: trace(3) })).toEqual([
            '30.000 s  #1  crash node n-1',
            '31.000 s  #2  app: writes of t.0 fail, n-1 refuses  ← #1',
            '31.001 s  #3  app: writes of t.1 fail, n-1 refuses  ← #1',
            '31.002 s  #4  app: writes of t.2 fail, n-1 refuses  ← #1',
            '40.000 s  #5  app: writes of t.0 succeed after 9.5 s  ← #2',
            '40.001 s  #6  app: writes of t.1 succeed after 10.5 s  ← #3',
            '40.002 s  #7  app: writes of t.2 succeed after 11.5 s  ← #4',
        ]);
    });

    test('of many has one for those that say the same, and causes lead to it', () => {
        expect(section('Story', { trace: trace(SHARDS) })).toEqual([
            '30.000 s    #1  crash node n-1',
            '31.000 s    #2  app: writes of t.0 fail, n-1 refuses; 199 more like this until 31.199 s  ← #1',
            '40.000 s  #202  app: writes of t.0 succeed after 9.5 s; 199 more like this until 40.199 s  ← #2',
            'Events that say the same of others share a line; the trace has each.',
        ]);
    });

    test('keeps clusters apart, so that no arrow leads to a line that begins with another one', () => {
        const halves = trace(SHARDS).map((event, index) => ({ ...event, cluster: index % 2 }));
        expect(section('Story', { trace: halves }).slice(1, 5)).toEqual([
            '31.000 s    #2  app: writes of t.0 fail, n-1 refuses; 99 more like this until 31.198 s  ← #1',
            '31.001 s    #3  app: writes of t.1 fail, n-1 refuses; 99 more like this until 31.199 s  ← #1',
            '40.000 s  #202  app: writes of t.0 succeed after 9.5 s; 99 more like this until 40.198 s  ← #2',
            '40.001 s  #203  app: writes of t.1 succeed after 10.5 s; 99 more like this until 40.199 s  ← #3',
        ]);
    });

    test('keeps faults apart, and other reasons', () => {
        const faults = ['crash node n-1', 'crash node n-2'].map((text): TraceEvent => ({
            atMs: 90_000,
            kind: 'fault',
            text,
            cause: -1,
        }));
        const other = trace(SHARDS).map((event) =>
            event.text.includes('t.7 fail') ? { ...event, text: event.text.replace('refuses', 'is silent') } : event,
        );
        const lines = section('Story', { trace: [...other, ...faults] }).join('\n');
        expect(lines).toMatch(/crash node n-1\n.*crash node n-2/);
        expect(lines).toContain('app: writes of t.7 fail, n-1 is silent  ← #1');
    });

    test('is cut where even the kinds are too many', () => {
        const kinds = Array.from({ length: 1000 }, (_, index): TraceEvent => ({
            atMs: index,
            kind: 'state',
            text: 'x'.repeat(index + 1),
            cause: -1,
        }));
        expect(section('Story', { trace: kinds }).at(-1)).toBe('… and 600 events more');
    });
});

test('requests that wait when the run ends are neither among those that succeeded nor among those that failed', () => {
    const count = { workload: 0, operation: 'write', demand: 0, sent: 10, ok: 8, failed: 2, waiting: 4 } as const;
    expect(section('Requests', { workloads: [count] })).toEqual([
        'app: writes of db: 14 sent, 8 succeeded, 2 failed, 4 without an answer yet',
    ]);
    expect(section('Outages', { outages: [{ ...outage(0, null), isPending: true }] })).toEqual([
        'writes of db.t.0 were unanswered (none has failed yet) from 30.0 s and did not come back before the end at 2:00.0, seen by app',
    ]);
});

describe('of many shards', () => {
    const all = shards.map((_, shard) => shard);

    test('outages are told together, those that did not end apart', () => {
        const outages = all.map((shard) => outage(shard, shard < 2 ? null : 41_000));
        expect(section('Outages', { outages })).toEqual([
            'writes of 2 shards (db.t.0 and db.t.1) were dark from 30.0 s and did not come back before the end at 2:00.0, seen by app',
            'writes of 198 shards (db.t.2, db.t.3, db.t.4 and 195 more) were dark beginning between 30.0 s and 30.2 s, until 41.0 s, for 10.8 s to 11.0 s each, seen by app',
        ]);
        expect(section('Outages', { outages: outages.slice(0, 30) })).toHaveLength(30);
    });

    test('outages that come again and again are counted', () => {
        const first = all.slice(0, 30).map((shard) => outage(shard, 41_000));
        const again = first.map((each) => ({ ...each, fromMs: 60_000, toMs: 61_000 }));
        expect(section('Outages', { outages: [...first, ...again] })).toEqual([
            'writes of 30 shards (db.t.0, db.t.1, db.t.2 and 27 more) were dark 60 times between 30.0 s and 1:01.0, for 1.0 s to 11.0 s each, seen by app',
        ]);
    });

    test('changes of leaders are told together', () => {
        const leaders = all.flatMap((shard) => [
            { atMs: 30_000, cluster: 0, shard, from: 0, to: null },
            { atMs: 40_000 + shard, cluster: 0, shard, from: null, to: 1 },
        ]);
        expect(section('Leaders', { leaders })).toEqual([
            '30.000 s  200 shards (db.t.0, db.t.1, db.t.2 and 197 more): without a leader',
            '40.000 s to 40.199 s  200 shards (db.t.0, db.t.1, db.t.2 and 197 more): have one again',
        ]);
    });

    test('lost writes are added up', () => {
        const lostWrites = all.map((shard) => ({ cluster: 0, shard, count: 1 + (shard % 3) }));
        expect(section('Lost acknowledged writes', { lostWrites })).toEqual([
            '200 shards (db.t.0, db.t.1, db.t.2 and 197 more): 399, 1 to 3 each',
        ]);
    });
});
