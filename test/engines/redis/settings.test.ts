/** The settings that decide how a cluster fails, each with what it changes. */
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, lostIn, rulesOf, shardOf, without, type ClusterText } from './support/cluster.js';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

async function play(parts: ClusterText): Promise<{ topology: Topology; runs: Run[] }> {
    const topology = await topologyOf(clusterText({ timeoutMs: 2000, ...parts }));
    return { topology, runs: SEEDS.map((seed) => runOf(topology, seed)) };
}

/** Whether the shard still fails at the end: in every run, or in none. Throws if the seeds disagree. */
function isDownAtEnd(
    { topology, runs }: { topology: Topology; runs: Run[] },
    shard: string,
    operation: 'read' | 'write',
): boolean {
    const ends = runs.map((run) => outagesOf(topology, run, shard, operation).some(({ toMs }) => toMs === null));
    expect(new Set(ends).size).toBe(1);
    return ends[0]!;
}

const PAIR_DIES = 'at 10s fail node m1, r1';

describe('cluster-require-full-coverage', () => {
    test('yes: a shard without any copy stops all others', async () => {
        const played = await play({ steps: PAIR_DIES });
        expect(isDownAtEnd(played, 's1', 'write')).toBe(true);
        expect(isDownAtEnd(played, 's2', 'write')).toBe(true);
        expect(isDownAtEnd(played, 's2', 'read')).toBe(true);
    });

    test('no: only that shard stops', async () => {
        const { topology, runs } = await play({ steps: PAIR_DIES, settings: 'cluster-require-full-coverage = no' });
        expect(isDownAtEnd({ topology, runs }, 's1', 'read')).toBe(true);
        expect(runs.flatMap((run) => outagesOf(topology, run, 's2', 'write'))).toEqual([]);
    });
});

test('cluster-allow-reads-when-down: what a node owns can be read, not written, while the cluster is down', async () => {
    const played = await play({ steps: PAIR_DIES, settings: 'cluster-allow-reads-when-down = yes' });
    expect(played.runs.flatMap((run) => outagesOf(played.topology, run, 's2', 'read'))).toEqual([]);
    expect(isDownAtEnd(played, 's2', 'write')).toBe(true);
    expect(isDownAtEnd(played, 's1', 'read')).toBe(true);
});

describe('votes', () => {
    test('two of three primaries lost at once: no majority votes, nobody is promoted', async () => {
        const played = await play({ steps: 'at 10s fail node m1, m2' });
        expect(played.runs.flatMap((run) => eventsOf(run, 'promotion'))).toEqual([]);
        expect(isDownAtEnd(played, 's3', 'write')).toBe(true);
    });

    test('one after the other they are replaced', async () => {
        const played = await play({ steps: 'at 10s fail node m1  at 30s fail node m2' });
        expect(played.runs.every((run) => eventsOf(run, 'promotion').length === 2)).toBe(true);
        expect(isDownAtEnd(played, 's1', 'write')).toBe(false);
        expect(isDownAtEnd(played, 's2', 'write')).toBe(false);
    });
});

describe('whether a replica stands for election', () => {
    test('cluster-replica-no-failover: never', async () => {
        const played = await play({ steps: 'at 10s fail node m1', settings: 'cluster-replica-no-failover = yes' });
        expect(played.runs.flatMap((run) => eventsOf(run, 'election'))).toEqual([]);
        expect(isDownAtEnd(played, 's1', 'write')).toBe(true);
        expect(
            rulesOf(played.topology).serves(shardOf(played.topology, 's1'), 'write', without(played.topology, 'm1'))
                .serves,
        ).toBe(false);
    });

    // Cut off for 40 s; allowed are 2 s + 1 s × the factor beyond the node timeout.
    const stale = 'at 10s isolate node r1  at 50s fail node m1  at 50100ms restore node r1';
    test.each([
        [1, true],
        [30, true],
        // Its data is 40.2 to 41.6 s older than the node timeout when m1 is marked as failed.
        [38, true],
        [40, false],
        [60, false],
        [0, false],
    ])('cluster-replica-validity-factor %i: after 40 s without its primary it is down: %s', async (factor, down) => {
        const settings = `cluster-replica-validity-factor = ${factor}  repl-ping-replica-period = 2`;
        const played = await play({ steps: stale, settings, timeoutMs: 1000, until: '100s' });
        expect(isDownAtEnd(played, 's1', 'write')).toBe(down);
        const refusals = played.runs.flatMap((run) => eventsOf(run, 'election', /r1 does not stand/));
        expect(refusals.length > 0).toBe(down);
    });

    test('a replica that restarts and never finds its primary has never been in sync and does not stand', async () => {
        const played = await play({ steps: 'at 10s fail node m1, r1  at 12s restore node r1' });
        expect(played.runs.flatMap((run) => eventsOf(run, 'promotion'))).toEqual([]);
        expect(isDownAtEnd(played, 's1', 'write')).toBe(true);
    });
});

describe('min-replicas-to-write', () => {
    test('a promoted replica that is alone refuses writes and serves reads', async () => {
        const played = await play({ steps: 'at 10s fail node m1', settings: 'min-replicas-to-write = 1' });
        expect(isDownAtEnd(played, 's1', 'write')).toBe(true);
        expect(isDownAtEnd(played, 's1', 'read')).toBe(false);
    });

    test('a primary refuses once its replica has been silent for longer than the lag', async () => {
        const settings = 'min-replicas-to-write = 1  min-replicas-max-lag = 3';
        const { topology, runs } = await play({ steps: 'at 10s fail node r1', settings });
        for (const run of runs) {
            const [outage] = outagesOf(topology, run, 's1', 'write');
            expect(outage!.fromMs).toBeGreaterThan(12_000);
            expect(outage!.fromMs).toBeLessThan(15_100);
        }
    });
});

test('a primary in the minority accepts writes, then refuses them, and the promotion discards what it accepted', async () => {
    const { topology, runs } = await play({
        workloads: 'workload beside in lab.z1 { writes c.s1 50/s with timeout = 250ms, retries = 0 }',
        steps: 'at 10s partition lab.z1 | lab.z2, lab.z3  at 30s heal',
    });
    for (const run of runs) {
        const [outage] = outagesOf(topology, run, 's1', 'write').filter(({ workload }) => workload === 0);
        const acceptedMs = outage!.fromMs - 10_000;
        expect(acceptedMs).toBeGreaterThan(1_900);
        expect(acceptedMs).toBeLessThan(3_300);
        expect(Math.abs(lostIn(run) - acceptedMs / 20)).toBeLessThanOrEqual(2);
        expect(eventsOf(run, 'loss').length).toBeGreaterThan(0);
    }
});

test('a clean stop writes a snapshot where any is configured, so a restart loses nothing', async () => {
    const steps = 'at 10s stop node m1  at 10500ms restart node m1';
    const saved = await play({ steps, save: 'save = "3600 1"' });
    expect(saved.runs.map(lostIn).filter((count) => count > 0)).toEqual([]);
    const unsaved = await play({ steps });
    expect(unsaved.runs.every((run) => lostIn(run) > 0)).toBe(true);
});

test.each([
    ['for good', 'at 10s fail node m1, r1', 10_000],
    ['one after the other', 'at 10s fail node r1  at 20s crash node m1', 20_000],
    ['and back', 'at 10s fail node m1, r1  at 20s restore node m1, r1', 10_000],
])('what stood in memory alone is lost when the last copy goes: %s', async (_, steps, lostMs) => {
    const { runs } = await play({ steps, workloads: 'workload w { writes c.s1 10/s }', until: '40s' });
    for (const run of runs) {
        expect(lostIn(run)).toBe(lostMs / 100);
        expect(eventsOf(run, 'loss').map(({ atMs }) => atMs)).toEqual([lostMs]);
    }
});

test.each([
    ['a snapshot', 'save = "3600 1"', 'crash', ['the last snapshot before a failure is older than the run']],
    ['no snapshot at all', 'save = ""', 'crash', []],
    [
        'a file that nobody syncs',
        'appendonly = yes appendfsync = no',
        'fail',
        ['with `appendfsync no` nothing of the run was on disk when power went'],
    ],
    ['a file that is synced each second', 'appendonly = yes appendfsync = everysec', 'fail', []],
])('what is on disk of %s when a node comes back is told where it is assumed', async (_, save, fault, expected) => {
    const steps = `at 10s ${fault} node m1  at 10500ms ${fault === 'fail' ? 'restore' : 'restart'} node m1`;
    const { runs } = await play({ steps, save });
    expect(runs[0]!.assumptions!.map(({ brief }) => brief)).toEqual(expected);
});
