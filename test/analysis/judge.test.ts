import { describe, expect, it } from 'vitest';
import { judge } from '../../src/analysis/index.js';
import type { Outage, Run, Window } from '../../src/simulator/index.js';
import type { ClauseVerdict } from '../../src/analysis/index.js';
import { scenario, targetOf, topology, type BareExpectation } from '../support/model.js';

const model = topology(
    [
        {
            name: 'db',
            nodes: { n1: { zone: 'a' }, n2: { zone: 'b' } },
            shards: { 's-1': ['n1', 'n2'], 's-2': ['n2', 'n1'] },
        },
    ],
    [
        { name: 'app', zone: 'a', demands: [{ cluster: 'db', operation: 'write', rate: 100 }] },
        { name: 'idle', zone: 'b', demands: [{ cluster: 'db', operation: 'read', rate: 100 }] },
    ],
);
const db = targetOf(model, 'db');
const saying = (state: string | null): Partial<Run> => ({ states: [{ expectation: 0, state }] });
const quiet: Run = {
    seed: 7,
    traceHash: '0123456789abcdef',
    events: 5,
    untilMs: 120_000,
    faults: [{ atMs: 30_000, text: 'fail node n1', affected: 1 }],
    outages: [],
    leaders: [
        { atMs: 0, cluster: 0, shard: 0, from: null, to: 0 },
        { atMs: 0, cluster: 0, shard: 1, from: null, to: 1 },
    ],
    lostWrites: [],
    staleReads: [],
    workloads: [{ workload: 0, operation: 'write', demand: 0, sent: 12_000, ok: 12_000, failed: 0 }],
    splitBrains: [],
    processes: [],
    links: [],
    capacity: [{ cluster: 0, atMs: 0, share: 1 }],
    states: [],
    windows: [],
    untouchedByLoss: [],
    lateClusters: [],
    trace: [],
};

function outage(fromMs: number, toMs: number | null, more: Partial<Outage> = {}): Outage {
    return {
        cluster: 0,
        shard: 0,
        operation: 'write',
        workload: 0,
        fromMs,
        sentMs: fromMs + 10,
        toMs,
        form: 'dark',
        failed: 9,
        ...more,
    };
}

function window(shard: number, sent: number, ok: number): Window {
    return { atMs: 60_000, cluster: 0, shard, operation: 'write', workload: 0, sent, ok, failed: sent - ok };
}

function verdict(expectation: BareExpectation, run: Partial<Run> = {}): ClauseVerdict {
    return judge(model, scenario([expectation]), { ...quiet, ...run }).clauses[0]!;
}

const writes = { kind: 'service', operation: 'write', target: db } as const;
const restored = { ...writes, outcome: { kind: 'restored', limitMs: 5_000 } } as const;

describe('requests that wait when the run ends', () => {
    const later =
        "Requests still wait for an answer when the run ends at 2:00.0, and the answer depends on them. A later 'until' decides it.";
    const open = [outage(110_000, null)];
    const waiting = { outages: open, outagesIfWaiting: { succeed: [], fail: open } };
    const hopeful = { ...waiting, outages: [] };
    const interrupted = { ...writes, outcome: { kind: 'interrupted', limitMs: 5_000 } } as const;
    const at = (kind: 'available' | 'unavailable'): BareExpectation => ({ ...writes, outcome: { kind, atMs: 60_000 } });
    const held = (ok: number, failed: number): Partial<Run> => ({
        ...waiting,
        windows: [{ ...window(0, ok + failed, ok), waiting: 5 }],
    });
    const served = (ok: number, failed: number): Partial<Run> => ({
        ...waiting,
        workloads: [{ workload: 0, operation: 'write', demand: 0, sent: ok + failed, ok, failed, waiting: 5 }],
    });
    const early = [outage(29_995, null)];
    const known = { outages: early, outagesIfWaiting: { succeed: early, fail: early } };
    const enough = { kind: 'availability', workload: 0, minimum: 0.9 } as const;

    it.each<[string, BareExpectation, Partial<Run>]>([
        ['uninterrupted', { ...writes, outcome: { kind: 'uninterrupted' } }, waiting],
        ['interrupted', interrupted, waiting],
        ['restored', restored, waiting],
        [
            'uninterrupted, though all would succeed as things stand',
            { ...writes, outcome: { kind: 'uninterrupted' } },
            hopeful,
        ],
        ['unavailable', at('unavailable'), held(0, 3)],
        ['unavailable, and none has an outcome', at('unavailable'), held(0, 0)],
        ['available', at('available'), held(3, 0)],
        ['availability', enough, served(95, 10)],
    ])('leave open: %s', (_, expectation, run) => {
        expect(verdict(expectation, run)).toMatchObject({ status: 'error', actual: later });
    });

    it.each<[string, BareExpectation, Partial<Run>, string]>([
        ['one write succeeded', at('unavailable'), held(1, 0), 'failed'],
        ['one write failed', at('available'), held(0, 1), 'failed'],
        ['too many failed', enough, served(80, 20), 'failed'],
        ['few enough may fail', enough, served(95, 0), 'passed'],
        ['another outage is known', restored, known, 'failed'],
    ])('decide nothing where %s', (_, expectation, run, status) => {
        expect(verdict(expectation, run).status).toBe(status);
    });
});

describe('restored within', () => {
    it('holds when every outage ends in time, counted from the fault', () => {
        expect(verdict(restored, { outages: [outage(29_995, 34_000)] })).toMatchObject({
            status: 'passed',
            valueMs: 4_000,
            actual: 'writes of db.s-1 were dark for 4.0 s (from 30.0 s to 34.0 s) and came back 4.0 s after the fault at 30.0 s, within the 5.0 s allowed; 1 of 2 shards had an outage.',
        });
        expect(verdict(restored, { outages: [outage(29_995, 35_000)] }).status).toBe('passed');
    });

    it('fails with the excess when one takes longer', () => {
        const slow = verdict(restored, { outages: [outage(31_000, 32_000), outage(29_995, 53_400, { shard: 1 })] });
        expect(slow).toMatchObject({ status: 'failed', valueMs: 23_400 });
        expect(slow.actual).toContain('writes of db.s-2 were dark for 23.4 s (from 30.0 s to 53.4 s)');
        expect(slow.actual).toContain('18.4 s longer than allowed');
        expect(slow.actual).toContain('2 of 2 shards');
    });

    it('counts from the last fault before the outage', () => {
        const faults = [...quiet.faults, { atMs: 60_000, text: 'fail node n2', affected: 1 }];
        expect(verdict(restored, { faults, outages: [outage(59_990, 64_000)] })).toMatchObject({ valueMs: 4_000 });
        expect(verdict(restored, { faults, outages: [outage(50_000, 52_000)] })).toMatchObject({ valueMs: 22_000 });
    });

    it('fails when it is never over, and is undecided when the run ends too early to tell', () => {
        expect(verdict(restored, { outages: [outage(29_995, null)] }).status).toBe('failed');
        expect(verdict(restored, { untilMs: 34_000, outages: [outage(29_995, null)] })).toMatchObject({
            status: 'error',
        });
    });

    it('holds with a note when there was no outage', () => {
        const { clauses, notes } = judge(model, scenario([{ ...restored, text: 'expect X' }]), quiet);
        expect(clauses[0]!.status).toBe('passed');
        expect(notes).toEqual(["'expect X': there was no outage at all, so nothing had to be restored."]);
    });

    it('looks at the operation, the target and the observer that it names', () => {
        expect(verdict(restored, { outages: [outage(29_995, 90_000, { operation: 'read' })] }).valueMs).toBe(0);
        const s2 = { kind: 'shard', cluster: 0, shard: 1, text: 'db.s-2' } as const;
        expect(verdict({ ...restored, target: s2 }, { outages: [outage(29_995, 90_000)] }).valueMs).toBe(0);
        const byProbe = {
            cluster: 0,
            shard: 0,
            operation: 'write',
            fromMs: 29_995,
            sentMs: 29_995,
            toMs: 90_000,
            form: 'dark',
            failed: 1,
        } as const;
        const workload = { kind: 'workload', workload: 0, text: 'app' } as const;
        expect(verdict({ ...restored, target: workload }, { outages: [byProbe] }).valueMs).toBe(0);
        expect(
            verdict({ ...restored, from: { kind: 'zone', zone: 0 } }, { outages: [outage(29_995, 90_000)] }).status,
        ).toBe('failed');
        expect(
            verdict({ ...restored, from: { kind: 'region', region: 0 } }, { outages: [outage(29_995, 90_000)] }).status,
        ).toBe('failed');
    });

    it('is an error where nobody watches', () => {
        expect(verdict({ ...restored, from: { kind: 'zone', zone: 1 } }).status).toBe('error');
        expect(verdict({ ...restored, target: { kind: 'workload', workload: 1, text: 'idle' } })).toMatchObject({
            status: 'error',
            actual: "The workload 'idle' sends no writes, so nobody watches.",
        });
    });
});

describe('other expectations about a service', () => {
    const uninterrupted = { ...writes, outcome: { kind: 'uninterrupted' } } as const;
    const interrupted = { ...writes, outcome: { kind: 'interrupted', limitMs: 5_000 } } as const;
    const available = { ...writes, outcome: { kind: 'available', atMs: 60_000 } } as const;
    const unavailable = { ...writes, outcome: { kind: 'unavailable', atMs: 60_000 } } as const;

    it.each<[string, BareExpectation, Partial<Run>, string]>([
        ['uninterrupted', uninterrupted, {}, 'passed'],
        ['uninterrupted', uninterrupted, { outages: [outage(1, 2, { form: 'degraded' })] }, 'failed'],
        ['interrupted', interrupted, { outages: [outage(30_000, 35_000)] }, 'passed'],
        ['interrupted', interrupted, { outages: [outage(30_000, 34_999)] }, 'failed'],
        ['interrupted to the end', interrupted, { outages: [outage(30_000, null)] }, 'passed'],
        ['interrupted, and the run ends too early to tell', interrupted, { outages: [outage(116_000, null)] }, 'error'],
        ['never interrupted', interrupted, {}, 'failed'],
        ['available', available, { windows: [window(0, 50, 50), window(1, 50, 50)] }, 'passed'],
        ['available but for one request', available, { windows: [window(0, 50, 50), window(1, 50, 49)] }, 'failed'],
        ['not asked at that time', available, {}, 'error'],
        ['unavailable: one shard is dark', unavailable, { windows: [window(0, 50, 50), window(1, 50, 0)] }, 'passed'],
        ['unavailable: none is quite dark', unavailable, { windows: [window(0, 50, 1), window(1, 50, 1)] }, 'failed'],
    ])('%s', (_name, expectation, run, status) => {
        expect(verdict(expectation, run).status).toBe(status);
    });

    it.each<[string, BareExpectation, Partial<Run>, string]>([
        ['in which nothing failed so far', available, { windows: [window(0, 25, 25), window(1, 25, 25)] }, 'error'],
        ['in which one failed', available, { windows: [window(0, 25, 25), window(1, 25, 24)] }, 'failed'],
        ['in which one is dark so far', unavailable, { windows: [window(0, 25, 25), window(1, 25, 0)] }, 'error'],
        ['in which none is dark', unavailable, { windows: [window(0, 25, 25), window(1, 25, 1)] }, 'failed'],
        ['of which nothing is left', unavailable, {}, 'error'],
    ])('a second that the run cuts short, %s', (_name, expectation, run, status) => {
        const { status: found, actual } = verdict(expectation, { ...run, untilMs: 60_500 });
        expect(found).toBe(status);
        expect(actual.includes("before the second after 1:00.0 is over. A later 'until' decides it")).toBe(
            status === 'error',
        );
    });

    it('say how many of how many', () => {
        const { actual } = verdict(unavailable, { windows: [window(0, 50, 50), window(1, 50, 0)] });
        expect(actual).toBe('All writes of db.s-2 failed in the second after 1:00.0: 1 of 2 shards.');
    });
});

describe('expectations about counts and states', () => {
    const n1 = { kind: 'node', node: 0 } as const;
    const n2 = { kind: 'node', node: 1 } as const;
    const s1 = { kind: 'shard', cluster: 0, shard: 0, text: 'db.s-1' } as const;
    const led = { kind: 'leader', target: s1, atMs: 60_000 } as const;
    const promoted = {
        leaders: [
            ...quiet.leaders,
            { atMs: 30_000, cluster: 0, shard: 0, from: 0, to: null },
            { atMs: 60_000, cluster: 0, shard: 0, from: null, to: 1 },
        ],
    };
    const lost = { kind: 'lost-writes', target: db } as const;
    const stale = { kind: 'stale-reads', target: db, bound: 'most', limit: 0 } as const;
    const losses = {
        lostWrites: [{ cluster: 0, shard: 0, count: 3 }],
        staleReads: [{ cluster: 0, shard: 1, count: 1 }],
    };
    const available = { kind: 'availability', workload: 0, minimum: 0.999 } as const;
    const counted = (ok: number): Partial<Run> => ({
        workloads: [{ workload: 0, operation: 'write', demand: 0, sent: 1_000, ok, failed: 1_000 - ok }],
    });
    const dip = {
        capacity: [
            { cluster: 0, atMs: 0, share: 1 },
            { cluster: 0, atMs: 30_000, share: 0.5 },
            { cluster: 0, atMs: 90_000, share: 1 },
        ],
    };
    const capacity = { kind: 'capacity', target: db, share: 0.5 } as const;
    const brain = { splitBrains: [{ shard: 0, fromMs: 1_000, sentMs: 1_000, toMs: null, nodes: [0, 1] }] };
    const split = { kind: 'split-brain', target: db } as const;

    it('are open where the run ends before the instant that they name', () => {
        const capacity = { kind: 'capacity', target: s1, bound: 'least', share: 0.5, atMs: 60_000 } as const;
        for (const expectation of [{ ...led, leaders: [n1] }, capacity]) {
            expect(verdict(expectation, { ...promoted, untilMs: 59_999 })).toMatchObject({
                status: 'error',
                actual: "The run ends at 1:00.0, before that. A later 'until' decides it.",
            });
        }
        expect(verdict({ ...led, leaders: [n2] }, { ...promoted, untilMs: 60_000 }).status).toBe('passed');
    });

    it.each<[string, BareExpectation, Partial<Run>, string]>([
        ['lost: at most', { ...lost, bound: 'most', limit: 3 }, losses, 'passed'],
        ['lost: more', { ...lost, bound: 'most', limit: 2 }, losses, 'failed'],
        ['lost: at least', { ...lost, bound: 'least', limit: 3 }, losses, 'passed'],
        ['lost: fewer', { ...lost, bound: 'least', limit: 1 }, {}, 'failed'],
        ['stale: none', stale, {}, 'passed'],
        ['stale: one', stale, losses, 'failed'],
        ['led from the beginning', { ...led, leaders: [n1] }, {}, 'passed'],
        ['led by the successor, from that instant on', { ...led, leaders: [n1, n2] }, promoted, 'passed'],
        ['led by another', { ...led, leaders: [n1] }, promoted, 'failed'],
        ['led by nobody', { ...led, leaders: [], atMs: 59_999 }, promoted, 'passed'],
        ['led by somebody', { ...led, leaders: [] }, promoted, 'failed'],
        ['led by nobody instead', { ...led, leaders: [n1], atMs: 40_000 }, promoted, 'failed'],
        ['availability enough', available, counted(999), 'passed'],
        ['availability too low', available, counted(998), 'failed'],
        ['availability of nothing', { ...available, workload: 1 }, {}, 'error'],
        ['capacity lowest enough', { ...capacity, bound: 'least' }, dip, 'passed'],
        ['capacity lowest too low', { ...capacity, bound: 'least', share: 0.51 }, dip, 'failed'],
        ['capacity at a time', { ...capacity, bound: 'most', atMs: 60_000 }, dip, 'passed'],
        ['capacity back at a time', { ...capacity, bound: 'most', atMs: 90_000 }, dip, 'failed'],
        ['no split brain', { ...split, expected: false }, {}, 'passed'],
        ['an unexpected split brain', { ...split, expected: false }, brain, 'failed'],
        ['an expected split brain', { ...split, expected: true }, brain, 'passed'],
        ['no split brain though expected', { ...split, expected: true }, {}, 'failed'],
        ['health', { kind: 'health', target: db, colour: 'green', atMs: 1 }, {}, 'error'],
        ['replicated', { kind: 'replicated', target: db, atMs: 1 }, {}, 'error'],
        ['drain', { kind: 'drain', node: n1, state: 'done', atMs: 1 }, {}, 'error'],
        ['health that is', { kind: 'health', target: db, colour: 'green', atMs: 1 }, saying('green'), 'passed'],
        ['health that is not', { kind: 'health', target: db, colour: 'green', atMs: 1 }, saying('red'), 'failed'],
        ['unknown health', { kind: 'health', target: db, colour: 'green', atMs: 1 }, saying(null), 'error'],
        ['all copies', { kind: 'replicated', target: db, atMs: 1 }, saying('yes'), 'passed'],
        ['missing copies', { kind: 'replicated', target: db, atMs: 1 }, saying('no'), 'failed'],
        ['a drain', { kind: 'drain', node: n1, state: 'blocked', atMs: 1 }, saying('blocked'), 'passed'],
        ['no drain', { kind: 'drain', node: n1, state: 'blocked', atMs: 1 }, saying('none'), 'failed'],
    ])('%s', (_name, expectation, run, status) => {
        expect(verdict(expectation, run).status).toBe(status);
    });

    it('name figures, shards and nodes', () => {
        expect(verdict({ ...lost, bound: 'most', limit: 0 }, losses).actual).toBe(
            '3 acknowledged writes were lost (3 in db.s-1).',
        );
        expect(verdict({ ...led, leaders: [n1] }, promoted).actual).toBe('At 1:00.0 db.s-1 was led by n2.');
        expect(verdict({ ...capacity, bound: 'least' }, dip).actual).toBe('The capacity of db fell to 50% at 30.0 s.');
        expect(verdict({ ...split, expected: false }, brain).actual).toBe(
            'n1 and n2 both led db.s-1 for 119.0 s from 1.0 s.',
        );
        expect(verdict(available, counted(998)).actual).toBe('998 of 1,000 requests succeeded (99.8%).');
    });
});

it('a fault that changed nothing is told', () => {
    const run = { ...quiet, faults: [{ atMs: 1, text: 'crash node n1', affected: 0 }] };
    expect(judge(model, scenario([]), run).notes).toEqual([
        "'crash node n1': fault applied, affected 0. It changed nothing.",
    ]);
});

it('of a repeated fault, the time that changed nothing is named', () => {
    const faults = [1, 0].map((affected, index) => ({ atMs: (index + 1) * 30_000, text: 'crash node n1', affected }));
    expect(judge(model, scenario([]), { ...quiet, faults }).notes).toEqual([
        "'crash node n1' at 1m: fault applied, affected 0. It changed nothing.",
    ]);
});
