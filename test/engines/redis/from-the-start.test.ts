import { expect, test } from 'vitest';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';

test('a primary with fewer replicas than it must have refuses writes before anything fails', async () => {
    const topology = await topologyOf(`region r { zone a  zone b  zone c }
cluster c: redis in r {
  nodes n-[1..6] across zones
  shards s-[1..3] { replicas 1 }
  settings { min-replicas-to-write = 2 }
}
scenario quiet { until 5s }`);
    const run = runOf(topology);
    expect(outagesOf(topology, run, 's-1', 'write')).toMatchObject([{ toMs: null, form: 'dark' }]);
    expect(outagesOf(topology, run, 's-1', 'read')).toEqual([]);
});
