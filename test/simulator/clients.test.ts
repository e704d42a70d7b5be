import { describe, expect, test } from 'vitest';
import { probePoint, workloadPoint } from '../../src/simulator/demands.js';
import type { Fault } from '../../src/topology/index.js';
import { topology } from '../support/model.js';
import { at, nodes, onNodes, onZone, rehearse, type Rehearsal } from './support/recorder.js';

/** One node in zone b and a client of 50 requests a second in zone a. */
const model = topology(
    [{ name: 'c', nodes: { n: { zone: 'b' }, spare: { zone: 'a' } }, shards: { s: ['n'] } }],
    [{ name: 'app', zone: 'a', demands: [{ cluster: 'c', operation: 'read', rate: 50 }] }],
);
const zoneA = 1;
const [READS, WRITES] = ['read', 'write'] as const;

const countsOf = (...faults: readonly Fault[]): { sent: number; ok: number; failed: number; waiting?: number } => {
    const { run } = rehearse(
        model,
        faults.map((fault, index) => at(10_000 * (index + 1), fault)),
    );
    const { sent, ok, failed, waiting } = run.workloads[0]!;
    return { sent, ok, failed, ...(waiting !== undefined && { waiting }) };
};
const all = 60 * 50;

describe('clients', () => {
    test('a client in a failed place sends nothing and is not counted', () => {
        expect(countsOf({ kind: 'fail', selection: onZone(zoneA) })).toEqual({ sent: 500, ok: 500, failed: 0 });
        expect(
            countsOf({ kind: 'fail', selection: onZone(zoneA) }, { kind: 'restore', selection: onZone(zoneA) }),
        ).toEqual({ sent: all - 500, ok: all - 500, failed: 0 });
    });

    test('a client in a restored zone of a failed region has power again', () => {
        const region = { kind: 'places', places: [{ kind: 'region', region: 0 }] } as const;
        const both = {
            kind: 'places',
            places: [
                { kind: 'zone', zone: 0 },
                { kind: 'zone', zone: 1 },
            ],
        } as const;
        expect(countsOf({ kind: 'fail', selection: region }, { kind: 'restore', selection: both })).toEqual({
            sent: all - 500,
            ok: all - 500,
            failed: 0,
        });
    });

    test('a client in an isolated place lives, fails and counts', () => {
        const { sent, ok, failed, waiting } = countsOf({ kind: 'isolate', selection: onZone(zoneA) });
        expect(ok).toBe(500);
        // The last requests wait for an answer when the run ends.
        expect([failed, waiting]).toEqual([all - 600, 100]);
        expect(sent).toBe(ok + failed);
    });

    test('requests under way at the end keep an outage open, unless they would succeed', () => {
        const cut: Fault = { kind: 'isolate', selection: onNodes(0) };
        const reads = ({ run }: Pick<Rehearsal, 'run'>): object[] =>
            run.outages.filter(({ workload }) => workload === 0);
        const { run } = rehearse(model, [at(59_000, cut)]);
        expect(reads({ run })).toMatchObject([{ toMs: null, failed: 50, isPending: true }]);
        expect(run.outagesIfWaiting?.succeed.filter(({ workload }) => workload === 0)).toEqual([]);
        expect(run.outagesIfWaiting?.fail).toEqual(run.outages);
        expect(run.workloads[0]).toMatchObject({ ok: all - 50, failed: 0, waiting: 50 });
        const healed = rehearse(model, [at(59_200, cut), at(59_300, { kind: 'restore', selection: onNodes(0) })]);
        expect(reads(healed)).toEqual([]);
        expect(healed.run.workloads[0]).toMatchObject({ ok: all - 5, failed: 0, waiting: 5 });
        const feared = healed.run.outagesIfWaiting!.fail;
        expect(reads({ run: { ...healed.run, outages: feared } })).toMatchObject([{ toMs: 59_317, failed: 5 }]);
    });

    test('a failed node is not a failed place: its neighbours keep asking', () => {
        expect(countsOf({ kind: 'fail', selection: onNodes(1) })).toEqual({ sent: all, ok: all, failed: 0 });
    });

    test('an answer that comes after the timeout is a failure', () => {
        const slow: Fault = { kind: 'slow', selection: onNodes(0), delayMs: 600 };
        const { ok, failed } = countsOf(slow);
        expect(ok).toBe(500);
        expect(failed).toBeGreaterThan(2_300);
    });

    test('the probe watches what no workload exercises, every 20 ms, from outside', () => {
        const { run } = rehearse(model, [at(10_000, { kind: 'crash', nodes: nodes(0) })], { windowsAtMs: [1_000] });
        const probed = run.outages.filter(({ workload }) => workload === undefined);
        expect(probed.map(({ operation }) => operation)).toEqual([WRITES]);
        expect(run.outages.filter(({ workload }) => workload === 0).map(({ operation }) => operation)).toEqual([READS]);
        expect(run.windows.find(({ operation }) => operation === WRITES)).toMatchObject({
            sent: 50,
            ok: 50,
            failed: 0,
        });
        expect([workloadPoint(model, 0), probePoint(model)]).toEqual([2, 3]);
    });

    test('an outage tells who noticed, why, and how long it took', () => {
        const { run } = rehearse(model, [
            at(10_000, { kind: 'crash', nodes: nodes(0) }),
            at(20_000, { kind: 'restart', nodes: nodes(0) }),
        ]);
        const told = run.trace.filter(({ kind }) => kind === 'client').map(({ text }) => text);
        expect(told).toContain('app: reads of s fail, refused');
        expect(told.some((text) => /^the probe: writes of s succeed after 10\.0\d\d s$/.test(text))).toBe(true);
    });
});
