/** The story of a run: told in order, each event with its cause, the same every time. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, writer } from './support/cluster.js';

const STORIES = {
    'power loss of a zone and its return': 'at 10s fail zone lab.z1  at 40s restore zone lab.z1',
    'a crash and a restart': 'at 10s crash node b1  at 12s restart node b1',
    'a side cut off and healed': 'at 10s partition lab.z1 | lab.z2, lab.z3  at 40s heal',
    'a leader cut off from all but its clients':
        'at 10s partition node b1 | node b2, node b3, node c1, node c2, node c3  at 40s heal',
    'links that carry one way': 'at 10s cut node b1 -> node c1, node b2  at 40s heal',
    'pauses of a broker and of a controller': 'at 10s freeze node b1, c1  at 30s unfreeze node b1, c1',
    'controllers lost and back': 'at 10s fail node c1, c2  at 20s fail node b1  at 40s restore node c1, b1',
    'a stop, and a slow broker': 'at 10s stop node b1  at 15s slow node b3 by 50ms  at 30s restart node b1',
    'a disk lost, and another while its process was down':
        'at 10s wipe node b1  at 15s crash node b2  at 20s wipe node b2  at 30s restart node b1, b2',
    'all gone and back': 'at 10s fail node b1, b2, b3  at 40s restore node b1, b2, b3',
};

describe.each(Object.entries(STORIES))('%s', (_name, steps) => {
    const made = (version: string): ReturnType<typeof topologyOf> =>
        topologyOf(clusterText({ version, steps, until: '70s', workloads: writer(10, 'acks = 1') }));

    test.each(['3.6', '4.1'])(
        'is told in order, and every chain of causes runs back to a fault (%s)',
        async (version) => {
            const topology = await made(version);
            for (let seed = 1; seed <= 8; seed++) {
                const { trace } = runOf(topology, seed);
                trace.forEach(({ atMs, kind, cause, text }, index) => {
                    expect(atMs).toBeGreaterThanOrEqual(trace[index - 1]?.atMs ?? 0);
                    if (kind === 'fault') {
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
        },
    );

    test('is the same for one seed', async () => {
        const topology = await made('4.1');
        expect(runOf(topology, 1).traceHash).toBe(runOf(topology, 1).traceHash);
    });
});

test('is another one for another seed', async () => {
    const topology = await topologyOf(clusterText({ steps: STORIES['power loss of a zone and its return'] }));
    expect(runOf(topology, 2).traceHash).not.toBe(runOf(topology, 1).traceHash);
});

test('nothing happens while all is well', async () => {
    const topology = await topologyOf(clusterText({ steps: '', until: '10m', workloads: writer(1_000, 'acks = all') }));
    expect(runOf(topology).events).toBeLessThan(20);
});

test('a broker is fenced because of what ended it, though it is back by then and waits to be let in', async () => {
    const steps = 'at 10s crash node b1  at 12s restart node b1';
    const { trace } = runOf(await topologyOf(clusterText({ steps, until: '40s' })));
    const fenced = trace.find(({ text }) => /fences b1/.test(text))!;
    expect(trace[fenced.cause]!.text).toBe('crash node b1');
});

test('a broker that finds nobody to hand over to says so, and is fenced because of its stop', async () => {
    const steps = 'at 10s crash node c1, c2  at 20s stop node b1  at 40s restart node c1, b1';
    const { trace, outages } = runOf(await topologyOf(clusterText({ steps, until: '70s' })));
    const alone = trace.find(({ text }) => text.includes('finds no active controller'))!;
    expect(alone).toMatchObject({ atMs: 20_000, kind: 'state' });
    const fenced = trace.find(({ text }) => /fences b1/.test(text))!;
    expect(trace[fenced.cause]!.text).toBe('stop node b1');
    expect(outages.length).toBeGreaterThan(0);
});

test('that no broker answers is because of what befell the last of them, not the first', async () => {
    const steps = 'at 10s wipe node b1  at 25s wipe node b2  at 40s wipe node b3';
    const { trace } = runOf(await topologyOf(clusterText({ steps, workloads: 'workload w { reads k.t 10/s }' })));
    const unanswered = trace.filter(({ text }) => text.endsWith('no broker answers'));
    expect(unanswered.map(({ cause }) => trace[cause]!.text)).toEqual(['b3 ends itself: its disk is gone']);
});
