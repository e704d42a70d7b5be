import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../support/run.js';

test('a workload with random arrivals is refused, not sent evenly in silence', async () => {
    const topology = await topologyOf(`
region r { zone a }
cluster web: server in r { nodes w-[1..2] across zones  endpoint load-balancer 10.0.0.1 { check every 2s } }
workload crowd { arrivals poisson  reads web 10/s }
scenario quiet { at 1s crash node w-1  until 10s }
`);
    expect(() => runOf(topology)).toThrow('The workload crowd is not modelled');
});
