/** Acknowledged writes that are gone. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, lostIn, type ClusterText } from './support/cluster.js';

const RATE = 100;

async function losses(parts: ClusterText & { readonly level?: string }, seeds = 1): Promise<readonly number[]> {
    const level = parts.level ?? 'QUORUM';
    const topology = await topologyOf(
        clusterText({
            body: 'nodes n-[1..3] across us',
            until: '31s',
            workloads: `workload w in us { writes c ${RATE}/s with consistency = ${level} }`,
            ...parts,
        }),
    );
    return Array.from({ length: seeds }, (_, seed) => lostIn(runOf(topology, seed)));
}

describe('power loss', () => {
    test('of a lone copy costs up to the period of the commit log, over 200 seeds', async () => {
        const lost = await losses(
            { body: 'node n-1 in us.a', replicas: '1', level: 'ONE', steps: 'at 30s fail node n-1', until: '30100ms' },
            200,
        );
        expect(Math.max(...lost)).toBeLessThanOrEqual(10 * RATE);
        expect(Math.max(...lost)).toBeGreaterThan(9.5 * RATE);
        expect(Math.min(...lost)).toBeLessThan(0.5 * RATE);
    });

    test('of all copies costs what none had forced to disk: less than of one, never more than the period', async () => {
        const lost = await losses(
            { steps: 'at 30s fail node n-1, n-2, n-3', settings: 'commitlog_sync_period = 4s' },
            60,
        );
        expect(Math.max(...lost)).toBeLessThanOrEqual(4 * RATE);
        const mean = lost.reduce((sum, count) => sum + count, 0) / lost.length;
        // The least of three even draws: a quarter of the period.
        expect(mean).toBeGreaterThan(0.7 * RATE);
        expect(mean).toBeLessThan(1.4 * RATE);
    });

    test.each([
        ['while a copy is left', 'at 30s fail node n-1, n-2', ''],
        ['where writes are forced to disk first', 'at 30s fail node n-1, n-2, n-3', 'commitlog_sync = batch'],
    ])('costs nothing %s', async (_, steps, settings) => {
        expect(await losses({ steps, settings }, 10)).toEqual(Array.from({ length: 10 }, () => 0));
    });

    test('a crash costs nothing, unless nothing is written to the commit log', async () => {
        const steps = 'at 30s crash node n-1, n-2, n-3';
        expect(await losses({ steps })).toEqual([0]);
        const [all] = await losses({ steps, keyspace: 'durable_writes = false' });
        expect(all).toBeGreaterThan(29 * RATE);
    });
});

describe('that nothing was lost is luck', () => {
    async function reasons(steps: string, level: string, settings = ''): Promise<readonly string[]> {
        const topology = await topologyOf(
            clusterText({
                body: 'nodes n-[1..3] across us',
                until: '31s',
                workloads: `workload w in us { writes c ${RATE}/s with consistency = ${level} }`,
                steps,
                settings,
            }),
        );
        return (runOf(topology).mayHaveLost ?? []).map(({ reason }) => reason);
    }

    test.each([
        ['a write waited for one replica, which lost power', 'at 30s fail node n-1', 'ONE', /that only n-1 had/],
        [
            'a write waited for two, which lost power',
            'at 30s fail node n-1, n-2',
            'QUORUM',
            /that only n-1 and n-2 had/,
        ],
        ['all lost power', 'at 30s fail node n-1  at 30500ms fail node n-2, n-3', 'ALL', /^all copies of k\.0/],
    ])('where %s', async (_, steps, level, reason) => {
        const told = await reasons(steps, level);
        expect(told[0]).toMatch(reason);
    });

    test.each([
        ['a replica is left that had the write', 'at 30s fail node n-1', 'QUORUM', ''],
        ['the process died alone', 'at 30s crash node n-1', 'ONE', ''],
        ['writes were forced to disk first', 'at 30s fail node n-1', 'ONE', 'commitlog_sync = batch'],
        [
            'power was back before others lost it',
            'at 2s fail node n-1  at 3s restore node n-1  at 30s fail node n-2',
            'TWO',
            '',
        ],
    ])('but not where %s', async (_, steps, level, settings) => {
        expect(await reasons(steps, level, settings)).toEqual([]);
    });
});

describe('lost disks', () => {
    test('cost all that only they had', async () => {
        const [all] = await losses({ steps: 'at 30s wipe node n-1, n-2, n-3' });
        expect(all).toBeGreaterThan(29 * RATE);
        expect(await losses({ steps: 'at 30s wipe node n-1, n-2' })).toEqual([0]);
    });

    test('at ONE a partition leaves writes on one copy, and they go with it', async () => {
        const steps = 'at 10s isolate node n-1  at 30s wipe node n-2, n-3';
        const hintless = 'hinted_handoff_enabled = false';
        const [lost] = await losses({ steps, settings: hintless, level: 'ONE' });
        expect(lost).toBeGreaterThan(19 * RATE);
        expect(lost).toBeLessThan(21 * RATE);
    });
});

describe('a hint', () => {
    const only: ClusterText & { level: string } = {
        replicas: '1',
        level: 'ANY',
        body: 'nodes n-[1..2] across us',
        keyspace: '',
        until: '61s',
    };

    test('is all that ANY may leave of a write, and it goes with the coordinator’s disk', async () => {
        const kept = await losses({ ...only, steps: 'at 10s stop node n-2  at 60s stop node n-1' });
        expect(kept).toEqual([0]);
        const [gone] = await losses({ ...only, steps: 'at 10s stop node n-2  at 60s wipe node n-1' });
        // Half of the ranges have their copy on n-2; the others lose all since the start.
        expect(gone).toBeGreaterThan(50 * RATE * 0.9);
    });

    test('of what the probe wrote, where no client writes, keeps none of theirs waiting', async () => {
        const delivered = async (idle: string): Promise<readonly (readonly [number, string])[]> => {
            const topology = await topologyOf(
                clusterText({
                    body: `nodes n-[1..3] across us ${idle}`,
                    settings: 'assumed_start_time = 5s',
                    workloads: `workload w in us { writes c.k ${RATE}/s with consistency = QUORUM }`,
                    steps: 'at 10s stop node n-2  at 60s restart node n-2',
                    until: '10m',
                }),
            );
            return eventsOf(runOf(topology), 'recovery', /has delivered \d+ hints/).map(({ atMs, text }) => [
                atMs,
                text,
            ]);
        };
        const alone = await delivered('');
        expect(alone).toHaveLength(2);
        expect(await delivered('keyspace idle { replicas 3 }')).toEqual(alone);
    });

    test('is delivered at the throttled rate when the replica is back', async () => {
        const settings = 'assumed_start_time = 5s  assumed_hint_size = 10KiB';
        const topology = await topologyOf(
            clusterText({
                body: 'nodes n-[1..2] across us',
                replicas: '2',
                settings,
                workloads: `workload w in us { writes c ${RATE}/s with consistency = ONE }`,
                steps: 'at 10s stop node n-2  at 40s restart node n-2',
                until: '5m',
            }),
        );
        const run = runOf(topology);
        const [delivered] = eventsOf(run, 'recovery', /n-1 has delivered/);
        const hints = Number(/\d+(?= hints)/.exec(delivered!.text)![0]);
        const [up] = eventsOf(run, 'recovery', /n-1 hears of n-2/);
        // From the stop until n-1 marks n-2 as up: everything, for two ranges.
        expect(hints / RATE).toBeGreaterThan((up!.atMs - 10_000) / 1000 - 0.5);
        expect(hints / RATE).toBeLessThan((up!.atMs - 10_000) / 1000 + 0.5);
        // 1024 KiB/s to one other node; looked for every 10 s.
        const replayMs = (hints * 10) / 1.024;
        expect(delivered!.atMs - up!.atMs).toBeGreaterThanOrEqual(Math.floor(replayMs));
        expect(delivered!.atMs - up!.atMs).toBeLessThanOrEqual(replayMs + 10_001);
    });
});
