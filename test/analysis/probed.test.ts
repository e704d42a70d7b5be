import { expect, it } from 'vitest';
import { probesShare } from '../../src/analysis/scenario/probed.js';
import { topologyOf } from '../support/run.js';

it('lost writes that nobody but the probe sent are told as such', async () => {
    const topology = await topologyOf(`
region r { zone a }
cluster c: redis in r { nodes n-[1..2] in r.a  shard s-1 on n-1  shard s-2 on n-2  endpoint discovery }
workload w { writes c.s-1 10/s  reads c 10/s }
`);
    const [asked, probed] = topology.shards.map(({ id }) => ({ shard: id, count: 1200 }));
    const share = (...counts: readonly NonNullable<typeof asked>[]): string => probesShare(topology, 'write', counts);
    expect(share(asked!)).toBe('');
    expect(share(probed!)).toBe(', sent by the probe, which writes where no workload does');
    expect(share(asked!, probed!)).toBe(', 1,200 of them sent by the probe, which writes where no workload does');
    expect(probesShare(topology, 'read', [probed!])).toBe('');
});
