/** A refuted clause says whether nothing or a part of what is asked for is answered. */
import { expect, it } from 'vitest';
import { proveObjective } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';

async function found(cluster: string, target = 'c'): Promise<string> {
    const text = `
region r { zone a  zone b  zone c }
${cluster}
workload w { reads ${target} 10/s with retries = 0 }
objective o for ${target} { tolerate any 1 zone for reads }
`;
    return (await proveObjective(await topologyOf(text), 0)).clauses[0]!.actual;
}

const POOL = 'nodes n-[1..3] across zones  endpoint load-balancer 10.0.0.1 { balance round-robin }';

it('a load balancer without checks fails the requests to the dead server', async () => {
    expect(await found(`cluster c: server in r { ${POOL}  failover active-active }`)).toContain('not all reads of c');
});

it('a server that nobody replaces fails them all', async () => {
    const lone = 'node n-1 in r.a  endpoint discovery';
    expect(await found(`cluster c: server in r { ${lone} }`)).toContain('no reads of c');
});

it('pods whose control plane is gone are answered for by the others', async () => {
    const pods = `cluster c: kubernetes "1.33" in r {
  node cp-1 in r.a as control-plane
  nodes w-[1..3] across zones as worker
  deployment web { replicas 3 }
}`;
    expect(await found(pods, 'c.web')).toContain('not all reads of c.web');
});
