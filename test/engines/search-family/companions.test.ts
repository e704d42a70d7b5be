/** What clients ask for besides decides whom they take for failed: rules and runs agree about it. */
import { describe, expect, it } from 'vitest';
import { proveObjective, runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';

/** Two of three masters stand in zone a: without it nobody is elected, and writes hang. */
const design = (workloads: string, clauses: string): string => `
region r { zone a  zone b }
cluster x: elasticsearch in r {
  nodes m-[1..3] across zones as master
  nodes d-[1..4] across zones as data
  index i { shards 2  replicas 1 }
  settings { cluster.routing.allocation.awareness.attributes = zone }
}
${workloads}
scenario a { at 30s  fail zone r.a  until 25m  expect reads of x restored within 5m }
objective o for x { ${clauses} }
`;
const TOGETHER = 'workload both { reads x.i 50/s  writes x.i 50/s }';
const APART = 'workload readers { reads x.i 50/s }  workload writers { writes x.i 50/s }';

describe('clients whose writes hang for want of a master', () => {
    it('go back to dead nodes with their reads, which nothing promises then', async () => {
        const topology = await topologyOf(design(TOGETHER, 'tolerate any 1 zone for reads'));
        expect((await runScenario(topology, 0)).verdict.status).toBe('failed');
        const [clause] = (await proveObjective(topology, 0)).clauses;
        expect(clause?.status).not.toBe('passed');
        expect(clause?.actual).toContain('other requests of the same clients to x fail');
    });

    it('say once why they do', async () => {
        const topology = await topologyOf(design(TOGETHER, 'tolerate any 1 zone for reads'));
        const { trace } = (await runScenario(topology, 0)).run;
        const told = trace.filter(
            ({ text }) =>
                text === 'both has had failures from every node of x, so it asks all of them again, dead ones too',
        );
        expect(told.map(({ cause }) => trace[cause]?.text)).toEqual(['fail zone r.a']);
    });

    it('harm no other clients', async () => {
        const topology = await topologyOf(design(APART, 'tolerate any 1 zone for reads'));
        expect((await runScenario(topology, 0)).verdict.status).toBe('passed');
        expect((await proveObjective(topology, 0)).status).toBe('passed');
    });
});

describe('clients some of whose writes wait for copies that are made anew', () => {
    const waiting = (workloads: string): string => `
region r { zone a  zone b  zone c }
cluster x: elasticsearch in r {
  nodes m-[1..3] across zones as master
  nodes d-[1..6] across zones as data
  index i { shards 2  replicas 1 }
  index w { shards 1  replicas 2  settings { index.write.wait_for_active_shards = 3 } }
  settings { cluster.routing.allocation.awareness.attributes = zone }
}
${workloads}
objective o for x.i { tolerate any 1 zone for reads  restore reads within 3m }
`;
    const statusOf = async (workloads: string): Promise<string | undefined> =>
        (await proveObjective(await topologyOf(waiting(workloads)), 0)).clauses[1]?.status;

    it('are promised nothing sooner', async () => {
        expect(await statusOf('workload readers { reads x.i 50/s }  workload writers { writes x.w 50/s }')).toBe(
            'passed',
        );
        expect(await statusOf('workload both { reads x.i 50/s  writes x.w 50/s }')).not.toBe('passed');
    });
});

describe('clients that also read a shard all copies of which are gone', () => {
    const asked = (workloads: string): string => `
region r { zone a  zone b  zone c }
cluster x: opensearch in r {
  nodes n-[1..3] across zones
  index i { shards 1  replicas 2 }
  index j { shard 0 on n-1, n-3 }
}
${workloads}
objective o for x.i { tolerate any 2 nodes for reads }
scenario both { seed 16239  at 30s  fail node n-1, n-3  until 13m  expect reads of x.i available at 9m }
`;
    const TOGETHER = 'workload both { reads x.i 5/s with timeout = 30s  reads x.j 5/s }';

    it('are promised nothing of another index, for they take the nodes that are left for failed, too', async () => {
        const topology = await topologyOf(asked(TOGETHER));
        expect((await runScenario(topology, 0)).verdict.status).toBe('failed');
        const { clauses } = await proveObjective(topology, 0);
        expect(clauses[0]?.status).not.toBe('passed');
        expect(clauses[0]?.actual).toContain('other requests of the same clients to x fail');
    });

    it('unlike those that read the other index alone', async () => {
        const topology = await topologyOf(asked('workload one { reads x.i 5/s }  workload other { reads x.j 5/s }'));
        expect((await runScenario(topology, 0)).verdict.status).toBe('passed');
        expect((await proveObjective(topology, 0)).status).toBe('passed');
    });
});
