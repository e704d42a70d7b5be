/** The story of a run: told in order, each event with its cause, the same every time. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText } from './support/cluster.js';

const STORIES = {
    'power loss and return': 'at 10s fail node m1  at 40s restore node m1',
    'a crash and an empty restart': 'at 10s crash node m2  at 11s restart node m2',
    'a zone cut off and healed': 'at 10s partition lab.z1 | lab.z2, lab.z3  at 30s heal',
    'a pause': 'at 10s freeze node m1  at 20s unfreeze node m1',
    'an isolated replica': 'at 10s isolate node r1  at 30s restore node r1',
};

describe.each(Object.entries(STORIES))('%s', async (_name, steps) => {
    const topology = await topologyOf(clusterText({ timeoutMs: 2000, steps }));

    test('is told in order of time, and every chain of causes runs back to a fault', () => {
        for (let seed = 1; seed <= 20; seed++) {
            const { trace } = runOf(topology, seed);
            trace.forEach(({ atMs, kind, cause, text }, index) => {
                expect(atMs).toBeGreaterThanOrEqual(trace[index - 1]?.atMs ?? 0);
                if (kind === 'fault') {
                    expect(cause).toBe(-1);
                    return;
                }
                expect(cause, text).toBeGreaterThanOrEqual(0);
                expect(cause, text).toBeLessThan(index);
                let origin = index;
                while (trace[origin]!.cause >= 0) {
                    origin = trace[origin]!.cause;
                }
                expect(trace[origin]!.kind, text).toBe('fault');
            });
        }
    });

    test('is the same for one seed and another for another', () => {
        expect(runOf(topology, 1).traceHash).toBe(runOf(topology, 1).traceHash);
        expect(runOf(topology, 1).traceHash).toMatch(/^[0-9a-f]{16}$/);
        expect(runOf(topology, 2).traceHash).not.toBe(runOf(topology, 1).traceHash);
    });
});

test('that a node has failed is told to all at one moment, to one that is frozen when it goes on, and to none that is dead', async () => {
    const steps = 'at 10s fail node m1  at 10s fail node r2  at 14s freeze node r3  at 25s unfreeze node r3';
    const { trace } = runOf(await topologyOf(clusterText({ steps, until: '40s' })));
    const agreed = trace.findIndex(({ text }) => /marks m1 as failed/.test(text));
    const told = trace.filter(({ text }) => text.endsWith('told that m1 has failed'));
    const sender = trace[agreed]!.text.split(' ')[0]!;
    const others = ['m2', 'r1', 'm3'].filter((name) => name !== sender);
    expect(told.map(({ text }) => text.replace(/ (is|are) told.*/, ''))).toEqual([others.join(' and '), 'r3']);
    expect(told.map(({ atMs }) => atMs)).toEqual([trace[agreed]!.atMs + 1, 25_000]);
    expect(told.every(({ cause }) => cause === agreed)).toBe(true);
    expect(told.every(({ belief }) => belief?.holds === 'failed')).toBe(true);
});
