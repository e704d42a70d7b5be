/** What requests meet before and after a replica is marked as down, and on both sides of a partition. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, staleIn, TWO_DATACENTERS, type ClusterText } from './support/cluster.js';

async function run(parts: ClusterText, seed = 1) {
    const topology = await topologyOf(clusterText(parts));
    return { topology, run: runOf(topology, seed) };
}

/** One range with three copies; the client’s coordinators and replicas are the same three nodes. */
const THREE: ClusterText = { body: 'nodes n-[1..3] across us' };
/** Five copies, so that a quorum is left when two die. */
const FIVE: ClusterText = { body: 'nodes n-[1..5] across us', replicas: '5', until: '40s' };

function client(...requests: readonly string[]): string {
    return `workload w in us.a { ${requests.join('  ')} }`;
}

describe('with too few replicas left', () => {
    test.each([
        ['reads', '9s', 5000],
        ['writes', '9s', 2000],
        ['writes', '1500ms', 1500],
    ] as const)('%s of a client that waits %s end after %i ms', async (operation, timeout, waitMs) => {
        const { run: made } = await run({
            ...THREE,
            workloads: client(`${operation} c 20/s with consistency = QUORUM, timeout = ${timeout}, retries = 0`),
            // All coordinators live, but each reaches only itself.
            steps: 'at 5s partition node n-1 | node n-2 | node n-3',
            until: '20s',
        });
        const [event] = eventsOf(made, 'client', /waits in vain/);
        expect(event!.atMs).toBeGreaterThanOrEqual(5000 + waitMs);
        expect(event!.atMs).toBeLessThan(5300 + waitMs);
    });

    test('they are unavailable at once when these are marked as down', async () => {
        const { run: made } = await run({
            body: TWO_DATACENTERS,
            replicas: 'us 3, eu 3',
            workloads: client('writes c 50/s with consistency = EACH_QUORUM'),
            steps: 'at 5s stop node e-2, e-3',
            until: '20s',
        });
        const [event] = eventsOf(made, 'client', /fail/);
        expect(event!.text).toContain('EACH_QUORUM needs 2 of 3 copies in eu, and only e-1 is up');
        expect(event!.atMs).toBeLessThan(5100);
        expect(made.trace[event!.cause]!.text).toMatch(/e-[23] tells the others that it shuts down/);
    });
});

describe('reads that meet silent replicas', () => {
    const reads = client('reads c 100/s with consistency = QUORUM, retries = 3');

    test('do not notice one, since one more replica is asked', async () => {
        const { run: made } = await run({ ...FIVE, workloads: reads, steps: 'at 5s isolate node n-4' });
        expect(made.outages).toEqual([]);
    });

    test('nor a second one, once coordinators have waited for it in vain', async () => {
        const { run: made } = await run({
            ...FIVE,
            workloads: client('reads c 100/s with consistency = QUORUM, timeout = 400ms'),
            steps: 'at 5s freeze node n-4, n-5',
        });
        const ends = made.outages.map(({ toMs }) => toMs!);
        expect(Math.max(...ends)).toBeGreaterThan(5000 + 5000);
        expect(Math.max(...ends)).toBeLessThan(5000 + 7500);
    });

    test('wait for the timeout of the coordinator without speculation, not for the judgement of silence', async () => {
        const { run: made } = await run({
            ...THREE,
            keyspace: 'speculative_retry = NONE',
            workloads: client('reads c 100/s with consistency = QUORUM'),
            steps: 'at 5s freeze node n-2',
            until: '40s',
        });
        const ends = made.outages.map(({ toMs }) => toMs!);
        expect(Math.max(...ends)).toBeGreaterThan(5000 + 5000);
        expect(Math.max(...ends)).toBeLessThan(5000 + 8500);
    });

    test('writes go to all and never wait while enough answer', async () => {
        const { run: made } = await run({
            ...THREE,
            workloads: client('writes c 100/s with consistency = QUORUM'),
            steps: 'at 5s freeze node n-2',
        });
        expect(made.outages).toEqual([]);
    });
});

describe('a partition between two datacenters', () => {
    const parts: ClusterText = {
        body: TWO_DATACENTERS,
        replicas: 'us 3, eu 3',
        steps: 'at 5s partition us | eu',
        until: '60s',
    };
    const both = (level: string) => `
        workload near in us.a { writes c 20/s with consistency = ${level}  reads c 20/s with consistency = ${level} }
        workload far in eu.a { writes c 20/s with consistency = ${level}  reads c 20/s with consistency = ${level} }`;

    test.each([
        ['LOCAL_QUORUM', 0],
        ['ONE', 0],
        ['EACH_QUORUM', 4],
        ['QUORUM', 4],
        ['ALL', 4],
    ])('%s on both sides', async (level, dark) => {
        const { run: made, topology } = await run({ ...parts, workloads: both(level) });
        const down = made.outages.filter(({ toMs }) => toMs === null);
        expect(down).toHaveLength(dark * topology.shards.length);
    });

    test('serves stale reads on both sides until hints are delivered', async () => {
        const healed = { ...parts, steps: 'at 5s partition us | eu  at 40s heal', until: '10m' };
        const { run: made } = await run({ ...healed, workloads: both('LOCAL_QUORUM') });
        expect(staleIn(made)).toBeGreaterThan(0);
        const delivered = eventsOf(made, 'recovery', /has delivered \d+ hints/);
        expect(delivered.length).toBeGreaterThan(0);
        // Writes of 35 s on each side, each hinted for three copies on the other.
        const hints = delivered.reduce((sum, { text }) => sum + Number(/\d+(?= hints)/.exec(text)![0]), 0);
        expect(hints).toBeGreaterThan(2 * 3 * 20 * 34);
        expect(hints).toBeLessThan(2 * 3 * 20 * 38);
        const longer = await run({ ...healed, until: '20m', workloads: both('LOCAL_QUORUM') });
        expect(staleIn(longer.run)).toBe(staleIn(made));
    });
});

describe('stale reads', () => {
    const parts = (level: string, settings = ''): ClusterText => ({
        ...THREE,
        settings,
        workloads: client(`reads c 100/s with consistency = ${level}`, `writes c 100/s with consistency = ${level}`),
        steps: 'at 5s freeze node n-2  at 15s unfreeze node n-2',
        until: '5m',
    });

    test('come from a copy that missed writes at ONE, never at QUORUM', async () => {
        expect(staleIn((await run(parts('ONE'))).run)).toBeGreaterThan(0);
        expect(staleIn((await run(parts('QUORUM'))).run)).toBe(0);
    });

    test('last until hints are there, and without hints for good', async () => {
        const withHints = staleIn((await run(parts('ONE'))).run);
        const without = staleIn((await run(parts('ONE', 'hinted_handoff_enabled = false'))).run);
        const beyond = staleIn((await run(parts('ONE', 'max_hint_window = 0ms'))).run);
        expect(without).toBeGreaterThan(5 * withHints);
        // The window counts from the verdict, which never came here.
        expect(beyond).toBe(withHints);
    });
});

test('a driver leaves a dead coordinator alone after its first timeout', async () => {
    const { run: made } = await run({
        ...FIVE,
        workloads: client('writes c 50/s with consistency = ONE, retries = 0, timeout = 500ms'),
        steps: 'at 5s fail node n-3',
    });
    const [count] = made.workloads;
    // Every fifth request of half a second, before the first one has failed.
    expect(count!.failed).toBeGreaterThanOrEqual(4);
    expect(count!.failed).toBeLessThanOrEqual(6);
});

test('a coordinator that answers with an error is asked again', async () => {
    const { run: made } = await run({
        body: TWO_DATACENTERS,
        replicas: 'us 3, eu 3',
        workloads: client('writes c 50/s with consistency = EACH_QUORUM'),
        steps: 'at 5s stop node e-2, e-3  at 20s restart node e-2',
        until: '90s',
    });
    // As soon as the coordinators see a quorum again, not at the next look of the driver in the background.
    for (const { toMs } of made.outages) {
        expect(toMs).toBeLessThan(20_000 + 20_000 + 3000);
    }
    expect(made.outages.length).toBeGreaterThan(0);
});
