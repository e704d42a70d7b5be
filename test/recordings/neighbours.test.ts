/**
 * Failures that were not recorded here, beside those that were: other timeouts, other victims. What they come to follows from the
 * servers' source; each row derives its bounds from the figures of its own file. Milliseconds after the fault.
 */
import { describe, expect, test } from 'vitest';
import type { Run } from '../../src/simulator/index.js';
import type { Topology } from '../../src/topology/index.js';
import { outagesOf, runOf, topologyOf } from '../support/run.js';

const SEEDS = 30;
const AT = 30_000;
/** A cron tick, messages and a probe. */
const SLACK = 250;

const PAIRS = `node m1 in lab.z1  node r3 in lab.z1  node m2 in lab.z2  node r1 in lab.z2  node m3 in lab.z3  node r2 in lab.z3
    shard s1 on m1, r1  shard s2 on m2, r2  shard s3 on m3, r3`;
const FIVE = `node m1 in lab.z1  node m2 in lab.z2  node m3 in lab.z3  node m4 in lab.z1  node m5 in lab.z2
    node r1 in lab.z2  node r2 in lab.z3  node r3 in lab.z1  node r4 in lab.z2  node r5 in lab.z3
    shard s1 on m1, r1  shard s2 on m2, r2  shard s3 on m3, r3  shard s4 on m4, r4  shard s5 on m5, r5`;

interface Neighbour {
    readonly name: string;
    readonly timeoutMs: number;
    readonly steps: string;
    readonly body?: string;
    readonly settings?: string;
    /** When writes of each shard are back; `up`: they never fail, `down`: they never come back. */
    readonly ends: Readonly<Record<string, readonly [number, number] | 'up' | 'down'>>;
    /** Whether reads end as writes do. */
    readonly readsApart?: Neighbour['ends'];
    readonly lost?: number;
}

/** Suspicion after 1 to 1.5 timeouts, gossip of at most half of one, 0.5 to 1 s of delay; see the systems' formula table. */
const failover = (timeoutMs: number): readonly [number, number] => [timeoutMs + 500, 2 * timeoutMs + 1000 + 2 * SLACK];
const failedOver = (timeoutMs: number): Neighbour['ends'] => ({
    s1: failover(timeoutMs),
    s2: failover(timeoutMs),
    s3: failover(timeoutMs),
});

const NEIGHBOURS: readonly Neighbour[] = [
    ...[1000, 2000, 15_000].flatMap((timeoutMs): Neighbour[] => [
        { name: 'kill a primary', timeoutMs, steps: 'crash node m1', ends: failedOver(timeoutMs) },
        { name: 'cut a primary off', timeoutMs, steps: 'isolate node m1', ends: failedOver(timeoutMs) },
        {
            name: 'freeze a primary for half a timeout',
            timeoutMs,
            steps: `freeze node m1  at ${AT + timeoutMs / 2}ms unfreeze node m1`,
            ends: { s1: [timeoutMs / 2, timeoutMs / 2 + SLACK], s2: 'up', s3: 'up' },
            lost: 0,
        },
        {
            name: 'freeze a primary for three timeouts',
            timeoutMs,
            steps: `freeze node m1  at ${AT + 3 * timeoutMs}ms unfreeze node m1`,
            ends: failedOver(timeoutMs),
        },
    ]),
    {
        name: 'kill a replica',
        timeoutMs: 2000,
        steps: 'crash node r1',
        ends: { s1: 'up', s2: 'up', s3: 'up' },
        lost: 0,
    },
    {
        name: 'kill the only replica that writes wait for: its connection is closed at once',
        timeoutMs: 2000,
        settings: 'min-replicas-to-write = 1  min-replicas-max-lag = 10',
        steps: `crash node r1  at ${AT + 9000}ms restart node r1`,
        ends: { s1: [9000, 9000 + SLACK], s2: 'up', s3: 'up' },
        readsApart: { s1: 'up', s2: 'up', s3: 'up' },
    },
    {
        name: 'kill a pair without full coverage',
        timeoutMs: 2000,
        settings: 'cluster-require-full-coverage = no',
        steps: 'crash node m1, r1',
        ends: { s1: 'down', s2: 'up', s3: 'up' },
    },
    {
        name: 'kill a pair where reads go on when down',
        timeoutMs: 2000,
        settings: 'cluster-allow-reads-when-down = yes',
        steps: 'crash node m1, r1',
        ends: { s1: 'down', s2: 'down', s3: 'down' },
        readsApart: { s1: 'down', s2: 'up', s3: 'up' },
    },
    {
        name: 'kill two of five primaries: one votes once an epoch, so a second round may be needed',
        timeoutMs: 2000,
        body: FIVE,
        steps: 'crash node m1, m2',
        ends: Object.fromEntries(['s1', 's2', 's3', 's4', 's5'].map((shard) => [shard, [2500, 5000 + 8000]] as const)),
    },
    {
        name: 'kill three of five primaries: nobody may vote',
        timeoutMs: 2000,
        body: FIVE,
        steps: 'crash node m1, m2, m3',
        ends: { s1: 'down', s2: 'down', s3: 'down', s4: 'down', s5: 'down' },
    },
    {
        name: 'kill a primary whose replicas may not take over; it answers two seconds after its return',
        timeoutMs: 2000,
        settings: 'cluster-replica-no-failover = yes  appendonly = yes',
        steps: `crash node m1  at ${AT + 10_000}ms restart node m1`,
        ends: { s1: [12_000, 12_000 + SLACK], s2: [10_000, 10_000 + SLACK], s3: [10_000, 10_000 + SLACK] },
        lost: 0,
    },
    {
        name: 'restart a primary after most of the timeout: nobody takes over, all that was synced is there',
        timeoutMs: 5000,
        settings: 'appendonly = yes',
        steps: `crash node m1  at ${AT + 4500}ms restart node m1`,
        ends: { s1: [6500, 6500 + SLACK], s2: 'up', s3: 'up' },
        lost: 0,
    },
    {
        name: 'restart an empty primary after most of the timeout: its replica copies the emptiness',
        timeoutMs: 15_000,
        steps: `crash node m1  at ${AT + 4500}ms restart node m1`,
        ends: { s1: [6500, 6500 + SLACK], s2: 'up', s3: 'up' },
        lost: (AT / 1000) * 50,
    },
    {
        name: 'stop a primary cleanly: it tells nobody',
        timeoutMs: 2000,
        steps: 'stop node m1',
        ends: failedOver(2000),
        lost: 0,
    },
];

function text({ timeoutMs, steps, body, settings }: Neighbour): string {
    return `region lab { zone z1  zone z2  zone z3 }
cluster recorded: redis "7.0" in lab {
    ${body ?? PAIRS}
    endpoint discovery
    settings { cluster-node-timeout = ${timeoutMs}  save = ""  ${settings ?? ''} }
}
scenario failure { at ${AT}ms ${steps}  until ${AT + 4 * timeoutMs + 20_000}ms }`;
}

function expectEnds(topology: Topology, run: Run, ends: Neighbour['ends'], operation: 'read' | 'write'): void {
    for (const [shard, expected] of Object.entries(ends)) {
        const outages = outagesOf(topology, run, shard, operation);
        if (expected === 'up') {
            expect(outages).toEqual([]);
            continue;
        }
        expect(outages).toHaveLength(1);
        const { toMs } = outages[0]!;
        if (expected === 'down') {
            expect(toMs).toBeNull();
        } else {
            expect(toMs! - AT).toBeGreaterThanOrEqual(expected[0]);
            expect(toMs! - AT).toBeLessThanOrEqual(expected[1]);
        }
    }
}

describe.each(NEIGHBOURS)('$name, node timeout $timeoutMs ms', (neighbour) => {
    test('ends as the source says', async () => {
        const topology = await topologyOf(text(neighbour));
        for (let seed = 1; seed <= SEEDS; seed++) {
            const run = runOf(topology, seed);
            expectEnds(topology, run, neighbour.ends, 'write');
            expectEnds(topology, run, neighbour.readsApart ?? neighbour.ends, 'read');
            if (neighbour.lost !== undefined) {
                const lost = run.lostWrites.reduce((sum, { count }) => sum + count, 0);
                expect(Math.abs(lost - neighbour.lost)).toBeLessThanOrEqual(1);
            }
        }
    });
});
