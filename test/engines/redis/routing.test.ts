/** What clients make of a cluster whose nodes disagree. */
import { expect, test } from 'vitest';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText } from './support/cluster.js';

const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);

/** The probe and a client without a place stand on both sides of the partition; zone z1 holds a primary and a replica. */
test.each([
    ['the probe', ''],
    ['a client that tries again', 'workload app { reads c 50/s writes c 50/s }'],
    ['a client that does not', 'workload app { reads c 50/s with retries = 0  writes c 50/s with retries = 0 }'],
])('%s finds the majority although it reaches the minority as well', async (_name, workloads) => {
    const steps = 'at 10s partition lab.z1 | lab.z2, lab.z3';
    const topology = await topologyOf(clusterText({ timeoutMs: 2000, workloads, steps, until: '40s' }));
    for (const seed of SEEDS) {
        const run = runOf(topology, seed);
        for (const shard of ['s1', 's2', 's3']) {
            expect(outagesOf(topology, run, shard, 'write').filter(({ toMs }) => toMs === null)).toEqual([]);
        }
    }
});

test('a client without retries learns of the new primary by its failures', async () => {
    const workloads = 'workload app { writes c.s1 100/s with timeout = 250ms, retries = 0 }';
    const steps = 'at 10s fail node m1';
    const topology = await topologyOf(clusterText({ timeoutMs: 2000, workloads, steps, until: '40s' }));
    for (const seed of SEEDS) {
        const outages = outagesOf(topology, runOf(topology, seed), 's1', 'write');
        expect(outages).toHaveLength(1);
        expect(outages[0]!.toMs! - 10_000).toBeLessThan(5_500);
    }
});

test('a client follows redirections past a node that has not heard of the promotion yet', async () => {
    const workloads = 'workload app in lab.z2 { writes c.s1 100/s with timeout = 250ms, retries = 0 }';
    const steps = 'at 10s partition lab.z1 | lab.z2, lab.z3  at 19s heal';
    const topology = await topologyOf(clusterText({ timeoutMs: 2000, workloads, steps, until: '40s' }));
    for (const seed of SEEDS) {
        // After the heal the first node that answers may send it to the former primary, and that one to the new.
        const outages = outagesOf(topology, runOf(topology, seed), 's1', 'write');
        expect(outages.filter(({ fromMs }) => fromMs > 19_000)).toEqual([]);
    }
});

test('a refusal that comes after the time-out is no refusal: the answer came too late, which is due to the slow link', async () => {
    // When nobody answers any more, the second try goes to the first node that is there, m1.
    const workloads = 'workload app { writes c 100/s with timeout = 1s }';
    const steps = 'at 10s slow node m1 by 20s';
    const topology = await topologyOf(clusterText({ timeoutMs: 2000, workloads, steps, until: '30s' }));
    let found = 0;
    for (const seed of SEEDS) {
        const { trace } = runOf(topology, seed);
        expect(trace.filter(({ text }) => /m1 answers CLUSTERDOWN/.test(text))).toEqual([]);
        const late = trace.filter(({ text }) => /^app: writes of s[23] fail.*the answer came too late/.test(text));
        for (const { cause } of late) {
            expect(trace[cause]!.text).toBe('slow node m1 by 20s');
        }
        found += late.length;
    }
    expect(found).toBeGreaterThan(SEEDS.length);
});

test('writes fail because of the node that owned the shard, not because of the one where the retry landed', async () => {
    // m1, cut off, stops answering before the others do, and is the first that a second try goes to.
    const workloads = 'workload app { writes c 100/s }';
    const steps = 'at 10s partition node m1 | node m2, node m3, node r1, node r2, node r3';
    const topology = await topologyOf(clusterText({ timeoutMs: 4000, workloads, steps, until: '30s' }));
    for (const seed of SEEDS) {
        const { trace } = runOf(topology, seed);
        for (const [shard, owner] of [
            ['s1', 'm1'],
            ['s2', 'm2'],
            ['s3', 'm3'],
        ]) {
            const [begins] = trace.filter(({ text }) => text.startsWith(`app: writes of ${shard} fail`));
            expect(begins!.text).toBe(`app: writes of ${shard} fail, ${owner} answers CLUSTERDOWN`);
            expect(trace[begins!.cause]!.text).toMatch(new RegExp(`^${owner} stops answering`));
        }
    }
});
