/** `switchover c to r1` is CLUSTER FAILOVER at r1. */
import { expect, test } from 'vitest';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, lostIn } from './support/cluster.js';

const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);
const play = (steps: string): string => clusterText({ steps, until: '40s' });

test('a replica takes over from its living primary: nobody waits, nothing is lost, as recorded', async () => {
    const topology = await topologyOf(play('at 10s switchover c to r1'));
    for (const seed of SEEDS) {
        const run = runOf(topology, seed);
        expect(outagesOf(topology, run, 's1', 'write')).toEqual([]);
        expect(outagesOf(topology, run, 's1', 'read')).toEqual([]);
        expect(lostIn(run)).toBe(0);
        // The old primary holds its writes back: nobody else writes, and the leader changes once.
        expect(run.splitBrains).toEqual([]);
        expect(run.leaders.filter(({ atMs }) => atMs > 0)).toHaveLength(1);
        const [promotion] = eventsOf(run, 'promotion');
        expect(promotion!.text).toMatch(/^r1 wins/);
        // Recorded: 2 ms from the order to the election, 48 ms until the old primary had noticed.
        expect(promotion!.atMs - 10_000).toBeLessThanOrEqual(4);
        expect(eventsOf(run, 'demotion', /^m1 learns that r1 owns s1/)).toHaveLength(1);
        expect(eventsOf(run, 'suspicion')).toEqual([]);
    }
});

test('without a majority that votes, writes wait for five seconds and the primary stays', async () => {
    const steps = 'at 10s fail node m2, m3  at 11s switchover c to r1';
    const topology = await topologyOf(play(steps));
    const run = runOf(topology, 1);
    const [outage] = outagesOf(topology, run, 's1', 'write');
    expect(outage!.fromMs).toBeGreaterThan(10_900);
    expect(outage!.fromMs).toBeLessThan(11_100);
    expect(eventsOf(run, 'promotion')).toEqual([]);
});

test.each([
    ['at 10s switchover c to m1', /^m1 refuses CLUSTER FAILOVER: it is no replica/],
    ['at 10s fail node m1  at 10s crash node r1  at 11s switchover c to r1', /^r1 refuses CLUSTER FAILOVER: it or/],
])('%s is refused', async (steps, told) => {
    const run = runOf(await topologyOf(play(steps)), 1);
    expect(eventsOf(run, 'election', told)).toHaveLength(1);
    expect(eventsOf(run, 'promotion')).toEqual([]);
});

test('an order that the dead primary never hears changes nothing; the failover comes as it would', async () => {
    const run = runOf(await topologyOf(play('at 10s fail node m1  at 11s switchover c to r1')), 1);
    const [promotion] = eventsOf(run, 'promotion');
    expect(promotion!.atMs).toBeGreaterThan(15_500);
});
