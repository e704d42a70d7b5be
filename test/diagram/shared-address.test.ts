import { expect, test } from 'vitest';
import { toDrawing } from '../../src/diagram/index.js';
import { topologyOf } from '../support/run.js';

test('an address before several clusters stands at each that it leads to', async () => {
    const topology = await topologyOf(`
region r { zone a }
cluster one: server in r { node n-1 in r.a  endpoint load-balancer 10.0.0.1 { balance round-robin  check every 5s  fall 2  rise 2 } }
cluster two: server in r { node n-2 in r.a  endpoint discovery }
cluster apart: server in r { node n-3 in r.a  endpoint discovery }
endpoint shop dns shop.example { route to one, two by failover }
`);
    const { clusters } = toDrawing(topology);
    expect(clusters.map(({ label, addresses }) => [label, addresses.map((address) => address.label)])).toEqual([
        ['one', ['load balancer 10.0.0.1', 'DNS name shop']],
        ['two', ['discovery', 'DNS name shop']],
        ['apart', ['discovery']],
    ]);
    const ids = clusters.flatMap(({ addresses }) => addresses.map(({ id }) => id));
    expect(new Set(ids).size).toBe(5);
    expect(clusters[1]?.addresses[1]?.facts[0]).toBe(
        'The DNS name shop.example leads to one and two: the first that passes its checks.',
    );
});
