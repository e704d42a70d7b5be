/** Many nodes are looked at by their kinds; that must tell what looking at each tells. */
import { expect, test } from 'vitest';
import { cassandraCluster } from '../../../bench/large/cassandra.js';
import { runOf, topologyOf } from '../../support/run.js';
import { lostIn, staleIn } from './support/cluster.js';

/** A ring of so many nodes, one third of which fails and comes back; all sizes have the same load for each range. */
async function figures(nodes: number) {
    const text = cassandraCluster(nodes).replace('until 3m', 'at 90s  restore zone r.a  until 4m');
    const topology = await topologyOf(text);
    const runs = [1, 2, 3].map((seed) => runOf(topology, seed));
    return {
        reads: runs.map(({ workloads }) => workloads[0]!.ok / workloads[0]!.sent),
        writes: runs.map(({ workloads }) => workloads[1]!.ok / workloads[1]!.sent),
        lost: runs.map(lostIn),
        stale: runs.map(staleIn),
        open: runs.flatMap(({ outages }) => outages.filter(({ toMs }) => toMs === null)),
    };
}

test('just above the size up to which every coordinator is asked, clients fare as just below it', async () => {
    // Of 24 nodes each is asked, of 27 one of each kind.
    const [few, many] = [await figures(24), await figures(27)];
    for (const { lost, stale, open, writes } of [few, many]) {
        expect([lost, stale, open]).toEqual([[0, 0, 0], [0, 0, 0], []]);
        writes.forEach((share) => expect(share).toBeGreaterThan(0.98));
    }
    const mean = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(Math.abs(mean(few.reads) - mean(many.reads))).toBeLessThan(0.02);
    expect(Math.abs(mean(few.writes) - mean(many.writes))).toBeLessThan(0.01);
});
