/** The story of a run: told in order, each event with its cause, the same every time. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf } from './support/cluster.js';

const STORIES = {
    'a worker is lost and returns': 'at 30s fail node w-1  at 8m restore node w-1',
    'a zone goes dark with the acting controller manager': 'at 30s fail zone lab.a',
    'a zone is cut off and healed': 'at 30s partition lab.a | lab.b, lab.c  at 7m heal',
    'etcd loses its majority and gets it back': 'at 30s crash node cp-1, cp-2  at 4m restart node cp-1, cp-2',
    'a node freezes': 'at 30s freeze node w-2  at 3m unfreeze node w-2',
    'a node is drained and lost': 'at 30s drain node w-2  at 90s fail node w-2',
};

describe.each(Object.entries(STORIES))('%s', async (_name, steps) => {
    const groups = `deployment web { replicas 3  spread zone  disruption-budget { max-unavailable 1 } }
        statefulset db { replicas 3  required 2  spread zone }
        daemonset agent { }`;
    const endpoint = 'endpoint load-balancer 203.0.113.10 { check every 5s  timeout 1s  fall 2  rise 2 }';
    const topology = await topologyOf(
        clusterText({ steps, groups, endpoint, workloads: 'workload users { reads k 4/s  writes k 4/s }' }),
    );

    test('is told in order of time, and every chain of causes runs back to a fault', () => {
        for (let seed = 1; seed <= 10; seed++) {
            const { trace } = runOf(topology, seed);
            expect(trace.length).toBeGreaterThan(2);
            trace.forEach(({ atMs, kind, cause, text }, index) => {
                expect(atMs).toBeGreaterThanOrEqual(trace[index - 1]?.atMs ?? 0);
                if (kind === 'fault') {
                    expect(cause).toBe(-1);
                    return;
                }
                let origin = index;
                while (trace[origin]!.cause >= 0) {
                    expect(trace[origin]!.cause).toBeLessThan(origin);
                    origin = trace[origin]!.cause;
                }
                expect(trace[origin]!.kind, text).toBe('fault');
            });
        }
    });

    test('is the same for one seed and another for another', () => {
        expect(runOf(topology, 1).traceHash).toBe(runOf(topology, 1).traceHash);
        expect(runOf(topology, 2).traceHash).not.toBe(runOf(topology, 1).traceHash);
    });
});

test('clients succeed all again because the endpoints have lost the dead pod, however lucky they were before', async () => {
    const workloads = 'workload many { reads k.web 300/s }  workload few { reads k.web 4/s }';
    const topology = await topologyOf(clusterText({ steps: 'at 1m fail node w-1', until: '3m', workloads }));
    for (let seed = 1; seed <= 10; seed++) {
        const run = runOf(topology, seed);
        const [gone] = eventsOf(run, /leaves the endpoints/);
        const over = eventsOf(run, /(many|few): reads of web succeed/);
        expect(over.map(({ cause }) => run.trace[cause])).toEqual([gone, gone]);
        expect(over.every(({ atMs }) => atMs >= gone!.atMs)).toBe(true);
        expect(run.outages.filter(({ workload }) => workload === 1).length).toBeGreaterThan(1);
    }
});

test('who acts as scheduler serves nobody, and where all links were struck it is still the endpoints that help', async () => {
    const workloads = 'workload many in lab.c { reads k.web 300/s }';
    const groups = 'deployment web { replicas 3  spread zone }  statefulset db { replicas 3  spread zone }';
    for (const steps of ['at 1m fail zone lab.a', 'at 1m partition lab.a | lab.b, lab.c']) {
        const topology = await topologyOf(clusterText({ steps, until: '4m', workloads, groups }));
        for (let seed = 1; seed <= 10; seed++) {
            const { trace } = runOf(topology, seed);
            const over = trace.filter(({ text }) => /many: reads of web succeed/.test(text));
            expect(over).toHaveLength(1);
            expect(trace[over[0]!.cause]!.text).toMatch(/leaves? the endpoints$/);
        }
    }
});

test('that the API waits is due to what befell etcd, not to what befell a worker after it', async () => {
    const steps = 'at 1m fail node cp-1  at 1m fail node w-1';
    const topology = await topologyOf(clusterText({ steps, until: '90s' }));
    const run = runOf(topology, 1);
    const [waits] = eventsOf(run, /the API server on cp-. waits for etcd/);
    expect(run.trace[waits!.cause]!.text).toBe('fail node cp-1');
});

test('a pod that waits does so because of the one that it replaces, not because of another that is evicted at that moment', async () => {
    const groups = 'statefulset db { replicas 3  required 2  spread zone }';
    const nodes = 'nodes cp-[1..3] across zones as control-plane  nodes w-[1..3] across zones as worker';
    const steps = 'at 1m drain node w-1  at 90s drain node w-2';
    const { trace } = runOf(await topologyOf(clusterText({ steps, groups, until: '4m', nodes })));
    const waits = trace.filter(({ text }) => /a new pod of .*db stays pending/.test(text));
    expect(waits.map(({ atMs }) => atMs)).toEqual([90_000, 120_000]);
    expect(waits.map(({ cause }) => trace[cause]!.atMs)).toEqual([60_000, 90_000]);
});
