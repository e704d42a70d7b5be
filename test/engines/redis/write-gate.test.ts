import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';

const text = `
region r { zone a  zone b  zone c }
cluster c: redis "7.0" in r {
  nodes n-[1..6] across zones
  shard s-1 on n-1, n-5
  shard s-2 on n-2, n-6
  shard s-3 on n-3, n-4
  endpoint discovery
  settings { cluster-node-timeout = 2000  min-replicas-to-write = 1 }
}
scenario replica-gone {
  at 10s  crash node n-5
  at 40s  restart node n-5
  until 1m
}
`;

test('a primary tells when it begins to refuse writes for want of replicas, and when it accepts them again', async () => {
    const { trace, outages } = runOf(await topologyOf(text));
    const told = trace.filter(({ text: line }) => line.includes('min-replicas-to-write'));
    expect(told.map(({ text: line }) => line)).toEqual([
        'n-1 refuses writes: it counts 0 of 1 replicas that `min-replicas-to-write` asks for',
        'n-1 accepts writes: it counts 1 of 1 replicas that `min-replicas-to-write` asks for',
    ]);
    expect(told.map(({ cause }) => trace[cause]!.text)).toEqual(['crash node n-5', 'restart node n-5']);
    expect(outages.map(({ operation }) => operation)).toEqual(['write']);
});
