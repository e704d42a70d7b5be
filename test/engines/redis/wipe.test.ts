/** A node loses its disk, and `nodes.conf` with it. */
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, lostIn } from './support/cluster.js';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const DISK = 'appendonly = yes  appendfsync = always';

async function runs(
    steps: string,
    more: { readonly body?: string; readonly settings?: string; readonly version?: string } = {},
): Promise<{ readonly topology: Topology; readonly all: readonly Run[] }> {
    const parts = { timeoutMs: 2000, steps, until: '40s', ...more, settings: `${DISK} ${more.settings ?? ''}` };
    const topology = await topologyOf(clusterText(parts));
    return { topology, all: SEEDS.map((seed) => runOf(topology, seed)) };
}

describe('a primary that is back without its disk', () => {
    const EARLY = 'at 10s crash node m1  at 10100ms wipe node m1  at 10500ms restart node m1';

    // From the source: a PONG by another name makes the node NOADDR, and the cron passes over such nodes.
    test('before anybody suspects it is never failed over: nobody suspects a node without an address', async () => {
        const { topology, all } = await runs(EARLY);
        for (const run of all) {
            expect(eventsOf(run, 'state', /in memory/)).toEqual([]);
            expect(eventsOf(run, 'state', /^m1 starts with an empty disk/)).toHaveLength(1);
            const forgetful = eventsOf(run, 'state', /is answered by another name where m1 was/);
            expect(new Set(forgetful.map(({ node }) => node)).size).toBe(5);
            // Closed links are opened anew by the next run of the cron, and the answer takes two milliseconds.
            expect(Math.max(...forgetful.map(({ atMs }) => atMs))).toBeLessThanOrEqual(10_602);
            expect(eventsOf(run, 'suspicion')).toEqual([]);
            expect(eventsOf(run, 'promotion')).toEqual([]);
            expect(outagesOf(topology, run, 's1', 'write').at(-1)!.toMs).toBeNull();
            // To all others the slots have an owner: they go on.
            expect(outagesOf(topology, run, 's2', 'write')).toEqual([]);
        }
    });

    test.each([
        ['7.2', 5_000],
        ['6.2', 0],
    ])(
        'version %s: its replica copies the empty data that it finds there, %i ms and up to a second later',
        async (version, delayMs) => {
            const { all } = await runs(EARLY, { version });
            const waits = all.map((run) => eventsOf(run, 'state', /^r1 copies the empty data/)[0]!.atMs - 10_500);
            expect(Math.min(...waits)).toBeGreaterThanOrEqual(delayMs);
            expect(Math.max(...waits)).toBeLessThan(delayMs + 1_000);
            // All that was ever written: the probe writes every 20 ms.
            expect(all.map(lostIn)).toEqual(SEEDS.map(() => 500));
        },
    );

    test('after a majority has agreed that it failed is failed over like one that stays away', async () => {
        const { topology, all } = await runs('at 10s crash node m1  at 10100ms wipe node m1  at 15s restart node m1');
        for (const run of all) {
            expect(eventsOf(run, 'promotion').map(({ text }) => text)).toEqual([
                'r1 wins the election and becomes primary of s1',
            ]);
            const [outage, ...more] = outagesOf(topology, run, 's1', 'write');
            expect(more).toEqual([]);
            expect(outage!.toMs! - 10_000).toBeGreaterThan(2500);
            // A stranger never learns what became of its shard, nor does anybody hear from it again.
            expect(eventsOf(run, 'demotion')).toEqual([]);
            expect(eventsOf(run, 'suspicion', /hears from m1/)).toEqual([]);
            expect(eventsOf(run, 'state', /copies the empty data/)).toEqual([]);
            expect(lostIn(run)).toBe(0);
            // What silenced it is the crash, not what befell it afterwards.
            const [crash] = eventsOf(run, 'fault', /^crash/);
            for (const { cause } of eventsOf(run, 'suspicion', /suspects m1/)) {
                expect(run.trace[cause]).toBe(crash);
            }
        }
    });

    test('between the two it depends on who has suspected it: those that have go on, the others never will', async () => {
        // m1 is suspected from 12 s on, by all from 13.2 s on.
        const { all } = await runs('at 10s crash node m1  at 10100ms wipe node m1  at 12600ms restart node m1');
        const promoted = all.filter((run) => eventsOf(run, 'promotion').length > 0).length;
        expect(promoted).toBeGreaterThan(0);
        expect(promoted).toBeLessThan(all.length);
    });
});

test('with its disk the same node comes back and nobody takes over', async () => {
    const { all } = await runs('at 10s crash node m1  at 10500ms restart node m1');
    expect(all.flatMap((run) => eventsOf(run, 'promotion'))).toEqual([]);
});

test('what no other node holds is lost with the disk, and its shard stays dark', async () => {
    const body = 'node m1 in lab.z1 node m2 in lab.z2 node m3 in lab.z3 shard s1 on m1 shard s2 on m2 shard s3 on m3';
    const { topology, all } = await runs('at 10s crash node m1  at 12s wipe node m1  at 20s restart node m1', { body });
    for (const run of all) {
        // The probe writes every 20 ms.
        expect(lostIn(run)).toBe(500);
        expect(outagesOf(topology, run, 's1', 'write').at(-1)!.toMs).toBeNull();
    }
    const kept = await runs('at 10s crash node m1  at 20s restart node m1', { body });
    expect(kept.all.map(lostIn)).toEqual(SEEDS.map(() => 0));
});

// The probe writes every 20 ms; nobody takes over before the second copy is gone.
test.each([
    ['all at once, restarted in one step', 'at 9s wipe node m1, r1  at 10s restart node m1, r1'],
    ['one by one, the primary first', 'at 9s wipe node m1, r1  at 10s restart node m1  at 10s restart node r1'],
    [
        'one by one, the replica first',
        'at 9s wipe node r1  at 9500ms restart node r1  at 9s wipe node m1  at 10s restart node m1',
    ],
    ['for good', 'at 10s fail node m1  at 11s wipe node m1  at 11500ms fail node r1  at 12s wipe node r1'],
])('with the disks of all its copies a shard loses everything that it acknowledged: %s', async (_, steps) => {
    const { all } = await runs(steps);
    expect(all.map(lostIn)).toEqual(SEEDS.map(() => 500));
});

test.each([
    ['on a disk', 'at 9s wipe node m1  at 10s fail node m1, r1'],
    ['in a frozen process', 'at 9s wipe node m1  at 10s freeze node r1  at 10s fail node m1'],
])('with one copy left %s nothing is lost yet', async (_, steps) => {
    const { all } = await runs(steps);
    expect(all.map(lostIn)).toEqual(SEEDS.map(() => 0));
});

test('a node that is restarted without its disk leads nothing from that moment on', async () => {
    const { topology, all } = await runs('at 9s wipe node m1  at 10s restart node m1');
    const [m1] = topology.nodes.filter(({ name }) => name === 'm1');
    for (const run of all) {
        const changes = run.leaders.filter(({ from }) => from === m1!.id);
        expect(changes.map(({ atMs, to }) => [atMs, to])).toEqual([[10_000, null]]);
    }
});

test('a process that runs goes on without its disk, until it ends', async () => {
    const running = await runs('at 10s wipe node m1');
    for (const run of running.all) {
        expect(run.outages).toEqual([]);
        expect(eventsOf(run, 'state', /^m1 goes on with what it has in memory until its process ends$/)).toHaveLength(
            1,
        );
    }
    const { topology, all } = await runs('at 10s wipe node m1  at 20s restart node m1');
    for (const run of all) {
        expect(eventsOf(run, 'promotion')).toEqual([]);
        expect(outagesOf(topology, run, 's1', 'write').at(-1)!.toMs).toBeNull();
    }
});

test('a replica without its disk follows nobody any more', async () => {
    const steps = 'at 10s crash node r1  at 11s wipe node r1  at 12s restart node r1';
    const settings = 'min-replicas-to-write = 1  min-replicas-max-lag = 2';
    const { topology, all } = await runs(steps, { settings });
    for (const run of all) {
        expect(outagesOf(topology, run, 's1', 'write').at(-1)!.toMs).toBeNull();
        expect(outagesOf(topology, run, 's1', 'read')).toEqual([]);
        expect(lostIn(run)).toBe(0);
    }
});
