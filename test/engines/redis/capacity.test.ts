import { expect, test } from 'vitest';
import { proveObjective } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

/** Six nodes of 100/s, every second of them a replica, and a load in requests a second. */
const cluster = (load: number): string => `
region r { zone a  zone b }
cluster c: redis in r {
  nodes n-[1..6] across zones { capacity 100/s }
  shard s-1 on n-1, n-2
  shard s-2 on n-3, n-4
  shard s-3 on n-5, n-6
  endpoint discovery
}
workload app { reads c ${load}/s }
objective o for c { tolerate any 1 node }
`;

test('owners carry the load, replicas do not: three of them carry 300/s', async () => {
    const fits = await topologyOf(cluster(300));
    expect((await proveObjective(fits, 0)).clauses[0]).toMatchObject({ status: 'passed' });
    const overloaded = await topologyOf(cluster(301));
    expect((await proveObjective(overloaded, 0)).clauses[0]).toMatchObject({ status: 'failed' });
});

test('what no scenario can show is said to be proved alone', async () => {
    const [clause] = (await proveObjective(await topologyOf(cluster(301)), 0)).clauses;
    expect(clause!.counterexample).toBeUndefined();
    expect(clause!.actual).toContain('No scenario shows it');
    expect(clause!.actual).not.toContain('defect');
});

test('a shard of which nobody is left loads nobody, so that an objective about another one does not break by it', async () => {
    const topology = await topologyOf(
        cluster(270)
            .replace('shard s-3 on n-5, n-6', 'shard s-3 on n-5')
            .replace('endpoint discovery', 'settings { cluster-require-full-coverage = no }')
            .replace('for c {', 'for c.s-1 {'),
    );
    expect((await proveObjective(topology, 0)).clauses[0]).toMatchObject({ status: 'passed' });
});
