/** A node loses its disk, and `nodes.conf` with it. */
import { expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, lostIn } from './support/cluster.js';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const DISK = 'appendonly = yes  appendfsync = always';

async function runs(
    steps: string,
    more: { readonly body?: string; readonly settings?: string } = {},
): Promise<{ readonly topology: Topology; readonly all: readonly Run[] }> {
    const parts = { timeoutMs: 2000, steps, until: '40s', ...more, settings: `${DISK} ${more.settings ?? ''}` };
    const topology = await topologyOf(clusterText(parts));
    return { topology, all: SEEDS.map((seed) => runOf(topology, seed)) };
}

test('a primary that restarts within the node timeout without its disk is failed over like one that stays away', async () => {
    const { topology, all } = await runs('at 10s crash node m1  at 10100ms wipe node m1  at 10500ms restart node m1');
    for (const run of all) {
        expect(eventsOf(run, 'state', /in memory/)).toEqual([]);
        expect(eventsOf(run, 'state', /^m1 starts with an empty disk/)).toHaveLength(1);
        expect(eventsOf(run, 'promotion').map(({ text }) => text)).toEqual([
            'r1 wins the election and becomes primary of s1',
        ]);
        const [outage, ...more] = outagesOf(topology, run, 's1', 'write');
        expect(more).toEqual([]);
        expect(outage!.toMs! - 10_000).toBeGreaterThan(2500);
        // A stranger never learns what became of its shard, nor does anybody hear from it again.
        expect(eventsOf(run, 'demotion')).toEqual([]);
        expect(eventsOf(run, 'suspicion', /hears from m1/)).toEqual([]);
        expect(lostIn(run)).toBe(0);
    }
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

test('a process that runs goes on without its disk, until it ends', async () => {
    const running = await runs('at 10s wipe node m1');
    for (const run of running.all) {
        expect(run.outages).toEqual([]);
        expect(eventsOf(run, 'state', /^m1 goes on with what it has in memory until its process ends$/)).toHaveLength(
            1,
        );
    }
    const { all } = await runs('at 10s wipe node m1  at 20s restart node m1');
    for (const run of all) {
        expect(eventsOf(run, 'promotion')).toHaveLength(1);
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
