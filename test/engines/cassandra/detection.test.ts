/** Who notices when. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, nodeOf, type ClusterText } from './support/cluster.js';

const THREE: ClusterText = { body: 'nodes n-[1..3] across us' };

async function detections(parts: ClusterText, seeds: number): Promise<readonly number[]> {
    const topology = await topologyOf(clusterText({ ...THREE, until: '35s', ...parts }));
    return Array.from({ length: seeds }, (_, seed) =>
        eventsOf(runOf(topology, seed), 'detection', /marks n-1 as down/).map(({ atMs }) => atMs - 5000),
    ).flat();
}

describe('silence', () => {
    test.each([
        ['power loss', 'at 5s fail node n-1', 8],
        // The host closes the connections of a dead process, but only silence counts.
        ['a crash', 'at 5s crash node n-1', 8],
        ['a freeze', 'at 5s freeze node n-1', 8],
        ['power loss, judged less strictly', 'at 5s fail node n-1', 12],
    ])('after %s each node marks it as down by itself, over 200 seeds', async (_, steps, phi) => {
        const times = await detections({ steps, settings: `phi_convict_threshold = ${phi}` }, 200);
        // phi · ln 10 · 1 s after the last heartbeat, which came up to 1 s before; looked at once a second.
        const silence = phi * Math.LN10 * 1000;
        const [least, most] = [Math.min(...times), Math.max(...times)];
        expect(times).toHaveLength(400);
        expect(least).toBeGreaterThan(silence - 1000);
        expect(most).toBeLessThanOrEqual(Math.ceil(silence) + 1000);
        expect(least).toBeLessThan(silence - 850);
        expect(most).toBeGreaterThan(silence + 850);
    });

    test('a clean stop is announced, and known at once', async () => {
        const topology = await topologyOf(clusterText({ ...THREE, steps: 'at 5s stop node n-1' }));
        const run = runOf(topology);
        expect(eventsOf(run, 'state').map(({ atMs, text }) => [atMs, text])).toEqual([
            [5000, 'n-1 tells the others that it shuts down, and they mark it as down'],
        ]);
        expect(eventsOf(run, 'detection')).toEqual([]);
    });

    test('a freeze that ends sooner is not noticed, and the frozen node blames nobody', async () => {
        const steps = 'at 5s freeze node n-1  at 20s unfreeze node n-1';
        const topology = await topologyOf(clusterText({ ...THREE, steps }));
        for (let seed = 0; seed < 8; seed++) {
            expect(eventsOf(runOf(topology, seed), 'detection')).toEqual([]);
        }
    });

    test('a freeze that lasts is noticed by the others, and taken back soon after its end', async () => {
        const steps = 'at 5s freeze node n-1  at 35s unfreeze node n-1';
        const topology = await topologyOf(clusterText({ ...THREE, steps }));
        for (let seed = 0; seed < 8; seed++) {
            const run = runOf(topology, seed);
            const n1 = nodeOf(topology, 'n-1');
            expect(eventsOf(run, 'detection').map(({ node }) => node)).not.toContain(n1);
            expect(eventsOf(run, 'detection')).toHaveLength(2);
            const again = eventsOf(run, 'recovery', /marks it as up/).map(({ atMs }) => atMs);
            expect(again).toHaveLength(2);
            expect(Math.max(...again)).toBeLessThan(35_000 + 4000);
        }
    });
});

describe('gossip', () => {
    test('goes round by others: nodes that only cannot reach each other take each other for up', async () => {
        const topology = await topologyOf(
            clusterText({
                ...THREE,
                workloads: `workload w in us.a {
                    reads c 20/s with consistency = ALL, retries = 0
                    writes c 20/s with consistency = ALL, retries = 0
                }`,
                steps: 'at 5s cut node n-1 -> node n-2',
            }),
        );
        const run = runOf(topology);
        expect(eventsOf(run, 'detection')).toEqual([]);
        // n-3 reaches everybody, so a third of the requests succeed; the others wait in vain, whichever way is cut.
        const reasons = new Set(eventsOf(run, 'client', /fail/).map(({ text }) => text.replace(/.*, ALL/, 'ALL')));
        expect([...reasons].toSorted()).toEqual(['ALL waits in vain for n-1', 'ALL waits in vain for n-2']);
        for (const { sent, ok } of run.workloads) {
            expect(ok / sent).toBeGreaterThan(0.3);
            expect(ok / sent).toBeLessThan(0.5);
        }
    });

    test('heals both sides of a partition within seconds', async () => {
        const topology = await topologyOf(
            clusterText({
                body: 'nodes n-[1..6] across us  nodes e-[1..6] across eu',
                replicas: 'us 3, eu 3',
                steps: 'at 5s partition us | eu  at 40s heal',
            }),
        );
        for (let seed = 0; seed < 4; seed++) {
            const run = runOf(topology, seed);
            const down = eventsOf(run, 'detection').map(({ atMs }) => atMs);
            expect(Math.max(...down)).toBeLessThanOrEqual(5000 + 18_421 + 1000);
            const up = eventsOf(run, 'recovery', /hears of/);
            expect(new Set(up.map(({ node }) => node)).size).toBe(12);
            expect(Math.max(...up.map(({ atMs }) => atMs))).toBeLessThan(43_000);
        }
    });
});

describe('a start', () => {
    test('takes the replay of the commit log until gossip, and 8 s of settling until clients', async () => {
        const settings = 'assumed_start_time = 12s';
        const topology = await topologyOf(
            clusterText({ ...THREE, settings, steps: 'at 5s stop node n-1  at 10s restart node n-1' }),
        );
        const run = runOf(topology);
        const times = (pattern: RegExp) => run.trace.filter(({ text }) => pattern.test(text)).map(({ atMs }) => atMs);
        expect(times(/n-1 starts/)).toEqual([10_000]);
        expect(times(/n-1 gossips again/)).toEqual([22_000]);
        expect(times(/n-1 serves clients/)).toEqual([30_000]);
        const up = times(/hears of n-1 and marks it as up/);
        expect(up).toHaveLength(2);
        expect(Math.max(...up)).toBeLessThan(25_000);
    });

    test('of a node whose disk was lost comes to nothing: it must be replaced', async () => {
        const steps = 'at 5s fail node n-1  at 6s wipe node n-1  at 10s restore node n-1';
        const topology = await topologyOf(clusterText({ ...THREE, steps, until: '2m' }));
        const run = runOf(topology);
        expect(eventsOf(run, 'state', /n-1 does not join/)).toHaveLength(1);
        expect(eventsOf(run, 'recovery')).toEqual([]);
    });
});
