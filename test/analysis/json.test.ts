import { describe, expect, it } from 'vitest';
import { proveJson, report, simulateJson, testJson, type Verdict } from '../../src/analysis/index.js';
import type { Run } from '../../src/simulator/index.js';
import { HERE, topology } from '../support/model.js';

const model = topology(
    [{ name: 'db', nodes: { n1: {}, n2: {} }, shards: { 's-1': ['n1', 'n2'] } }],
    [{ name: 'app', demands: [{ cluster: 'db', operation: 'write', rate: 100 }] }],
);
const run: Run = {
    seed: 7,
    traceHash: '0123456789abcdef',
    events: 5,
    untilMs: 120_000,
    faults: [{ atMs: 30_000, text: 'fail node n1', affected: 1 }],
    outages: [
        {
            cluster: 0,
            shard: 0,
            operation: 'write',
            workload: 0,
            fromMs: 30_000,
            sentMs: 30_000,
            toMs: 31_000,
            form: 'dark',
            failed: 9,
        },
        {
            cluster: 0,
            shard: 0,
            operation: 'write',
            workload: 0,
            fromMs: 60_000,
            sentMs: 60_000,
            toMs: null,
            form: 'dark',
            failed: 9,
        },
    ],
    leaders: [{ atMs: 30_000, cluster: 0, shard: 0, from: 0, to: null }],
    lostWrites: [{ cluster: 0, shard: 0, count: 3 }],
    staleReads: [{ cluster: 0, shard: 0, count: 1 }],
    workloads: [{ workload: 0, operation: 'write', demand: 0, sent: 10, ok: 8, failed: 2 }],
    splitBrains: [],
    processes: [],
    links: [],
    capacity: [],
    states: [],
    windows: [],
    untouchedByLoss: [],
    lateClusters: [],
    trace: [
        { atMs: 30_000, kind: 'fault', text: 'fail node n1', cause: -1 },
        { atMs: 30_250, kind: 'client', text: 'app: writes of s-1 fail', cause: 0 },
    ],
};
const objective: Verdict = {
    kind: 'objective',
    name: 'promise',
    source: HERE,
    status: 'failed',
    notes: [],
    elapsedMs: 3,
    clauses: [
        {
            text: 'tolerate any 1 node',
            source: HERE,
            status: 'passed',
            actual: 'P',
            sets: 6,
            method: 'm',
            assumptions: ['x'],
        },
        {
            text: 'tolerate any 1 zone',
            source: HERE,
            status: 'failed',
            actual: 'B',
            sets: 3,
            method: 'm',
            assumptions: ['x', 'y'],
            counterexample: {
                faults: ['zone r.a'],
                scenario: 'scenario …',
                plan: { name: 'shown', source: HERE, seed: 1, steps: [], untilMs: 0, expectations: [] },
                sources: [HERE],
            },
        },
        {
            text: 'restore writes within 1s',
            source: HERE,
            status: 'passed',
            actual: 'R',
            sets: 9,
            valueMs: 5,
            method: 'n',
        },
    ],
};
const story: Verdict = {
    kind: 'scenario',
    name: 'story',
    title: 'A story',
    source: HERE,
    status: 'failed',
    seed: 7,
    notes: ['a note'],
    elapsedMs: 1,
    clauses: [{ text: 'expect X', source: HERE, status: 'failed', actual: 'It was not so.', valueMs: 9 }],
};
const fileOf = (uri: string): string => uri.replace('file:///', '');

describe('the JSON that machines read', () => {
    it('of test', () => {
        expect(testJson([story], fileOf)).toEqual({
            version: 1,
            results: [
                {
                    file: 'made.cluster',
                    kind: 'scenario',
                    name: 'story',
                    line: 4,
                    status: 'failed',
                    seed: 7,
                    clauses: [{ text: 'expect X', line: 4, status: 'failed', actual: 'It was not so.', valueMs: 9 }],
                    notes: ['a note'],
                },
            ],
        });
    });

    it('of prove', () => {
        const { version, results } = proveJson([story, objective], fileOf);
        expect(version).toBe(1);
        expect(results).toHaveLength(1);
        expect(results[0]).toMatchObject({ sets: 9, method: 'm; n', assumptions: ['x', 'y'], elapsedMs: 3, line: 4 });
        expect(results[0]!.clauses[1]!.counterexample).toEqual({ faults: ['zone r.a'], scenario: 'scenario …' });
        expect(results[0]!.clauses[2]).not.toHaveProperty('assumptions');
    });

    it('of requests that wait when a run ends', () => {
        const pending = { ...run.outages[1]!, isPending: true as const };
        const waiting = { ...run.workloads[0]!, waiting: 4 };
        const report = simulateJson(model, { name: 'story' }, [
            { verdict: story, run: { ...run, outages: [pending], workloads: [waiting] } },
        ]);
        expect(report.runs[0]).toMatchObject({
            outages: [{ fromMs: 60_000, toMs: null, pending: true }],
            workloads: [{ sent: 14, ok: 8, failed: 2, waiting: 4 }],
        });
    });

    it('of simulate', () => {
        const named = { cluster: 'db', shard: 's-1' };
        expect(
            simulateJson(model, { name: 'story' }, [
                {
                    verdict: story,
                    run: {
                        ...run,
                        splitBrains: [{ shard: 0, fromMs: 5, toMs: null, nodes: [0, 1] }],
                        deposed: [{ shard: 0, node: 1, fromMs: 7, toMs: 9 }],
                    },
                },
                { verdict: story, run: { ...run, outages: [{ ...run.outages[0]!, toMs: 34_000 }] } },
            ]),
        ).toEqual({
            version: 1,
            scenario: 'story',
            runs: [
                {
                    seed: 7,
                    traceHash: '0123456789abcdef',
                    events: 5,
                    untilMs: 120_000,
                    faults: [{ atMs: 30_000, text: 'fail node n1', affected: 1 }],
                    outages: [
                        { ...named, op: 'write', fromMs: 30_000, toMs: 31_000, firstFailedMs: 30_000, workload: 'app' },
                        { ...named, op: 'write', fromMs: 60_000, toMs: null, firstFailedMs: 60_000, workload: 'app' },
                    ],
                    leaders: [{ ...named, atMs: 30_000, from: 'n1', to: null }],
                    lostWrites: [{ ...named, count: 3 }],
                    staleReads: [{ ...named, count: 1 }],
                    workloads: [{ name: 'app', op: 'write', target: 'db', sent: 10, ok: 8, failed: 2 }],
                    splitBrains: [{ ...named, fromMs: 5, toMs: null, nodes: ['n1', 'n2'] }],
                    deposed: [{ ...named, node: 'n2', fromMs: 7, toMs: 9 }],
                    expectations: [{ text: 'expect X', line: 4, status: 'failed', actual: 'It was not so.' }],
                    notes: ['a note'],
                    assumptions: [],
                },
                expect.objectContaining({
                    outages: [
                        { ...named, op: 'write', fromMs: 30_000, toMs: 34_000, firstFailedMs: 30_000, workload: 'app' },
                    ],
                }),
            ],
            summary: {
                outages: [
                    {
                        ...named,
                        op: 'write',
                        n: 3,
                        minMs: 1_000,
                        medianMs: 2_500,
                        p95Ms: 4_000,
                        maxMs: 4_000,
                        neverRecovered: 1,
                    },
                ],
            },
        });
    });
});

it('the report of a run', () => {
    expect(report(model, { verdict: story, run })).toBe(`✗ story: A story
  failed; seed 7, 2:00.000 simulated, 5 events, trace 0123456789abcdef

Expectations
  ✗ expect X
      It was not so.

Notes
  a note

Story
  30.000 s  #1  fail node n1
  30.250 s  #2  app: writes of s-1 fail  ← #1

Outages
  writes of db.s-1 were dark for 1.0 s (from 30.0 s to 31.0 s), seen by app
  writes of db.s-1 were dark from 1:00.0 and did not come back before the end at 2:00.0, seen by app

Leaders
  30.000 s  db.s-1: n1 → nobody

Lost acknowledged writes
  db.s-1: 3

Requests
  app: writes of db: 10 sent, 8 succeeded, 2 failed
`);
});
