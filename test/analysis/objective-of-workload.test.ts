/** An objective for a workload is about its own requests, with its own settings, whatever others ask of the same cluster. */
import { describe, expect, it } from 'vitest';
import { proveObjective, type ClauseVerdict } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';

async function verdicts(text: string): Promise<Record<string, readonly ClauseVerdict[]>> {
    const topology = await topologyOf(text);
    const found: Record<string, readonly ClauseVerdict[]> = {};
    for (const [index, { name }] of topology.objectives.entries()) {
        found[name] = (await proveObjective(topology, index)).clauses;
    }
    return found;
}

function statuses(found: Record<string, readonly ClauseVerdict[]>): Record<string, readonly string[]> {
    return Object.fromEntries(
        Object.entries(found).map(([name, clauses]) => [name, clauses.map(({ status }) => status)]),
    );
}

describe('of two workloads on the same data, each is judged alone', () => {
    it('by its consistency and its region', async () => {
        const found = await verdicts(`
region us { zone a  zone b  zone c }
region eu { zone a  zone b  zone c }
cluster c: cassandra "4.1" in us {
    nodes u-[1..3] across us.a, us.b, us.c
    nodes e-[1..3] across eu.a, eu.b, eu.c
    keyspace ks { replicas us 3, eu 3 }
}
workload all in us { writes c.ks 20/s with consistency = ALL  reads c.ks 20/s with consistency = ALL }
workload local in eu { writes c.ks 20/s with consistency = LOCAL_QUORUM  reads c.ks 20/s with consistency = LOCAL_ONE }
objective of-all for all { tolerate any 1 node }
objective of-local for local { tolerate any 1 node  tolerate any 2 nodes for reads  tolerate any 2 nodes for writes }
objective of-both for local, all { tolerate any 1 node }
objective of-data for c.ks { tolerate any 1 node }
objective of-mixed for local, c.ks { tolerate any 1 node }
`);
        expect(statuses(found)).toEqual({
            'of-all': ['failed'],
            'of-local': ['passed', 'passed', 'failed'],
            'of-both': ['failed'],
            'of-data': ['failed'],
            'of-mixed': ['failed'],
        });
        expect(found['of-local']![2]!.actual).toContain('LOCAL_QUORUM needs 2 of 3 copies in eu');
        expect(found['of-all']![0]!.actual).toContain('ALL needs');
        const all = Object.values(found).flatMap((clauses) => clauses.map(({ actual }) => actual));
        expect(all.filter((actual) => actual.includes('disagree'))).toEqual([]);
    });

    it('by whom its writes wait for', async () => {
        const found = await verdicts(`
region r { zone a  zone b  zone c }
cluster log: kafka "4.1" in r {
    nodes ctl-[1..3] across zones as controller
    nodes brk-[1..3] across zones as broker
    topic t { replicas 3  settings { min.insync.replicas = 3 } }
}
cluster docs: elasticsearch "8.19" in r { nodes d-[1..3] across zones  index i { shards 1  replicas 2 } }
workload careful in r { writes log.t 20/s with acks = all  writes docs.i 20/s with wait_for_active_shards = all }
workload hasty in r { writes log.t 20/s with acks = 1  writes docs.i 20/s with wait_for_active_shards = 1 }
objective of-careful for careful { tolerate any 1 node for writes }
objective of-hasty for hasty { tolerate any 1 node for writes }
`);
        expect(statuses(found)).toEqual({ 'of-careful': ['failed'], 'of-hasty': ['passed'] });
    });

    it('by which of its acknowledged writes are at stake', async () => {
        const found = await verdicts(`
region r { zone a  zone b  zone c }
cluster log: kafka "4.1" in r {
    nodes ctl-[1..3] across zones as controller
    nodes brk-[1..3] across zones as broker
    topic t { replicas 3  settings { min.insync.replicas = 2 } }
}
workload careful in r { writes log.t 20/s with acks = all }
workload hasty in r { writes log.t 20/s with acks = 1 }
objective of-careful for careful { tolerate any 1 node  lose no writes }
objective of-hasty for hasty { tolerate any 1 node  lose no writes }
`);
        expect(found['of-careful']![1]!.status).toBe('passed');
        expect(found['of-hasty']![1]!.status).not.toBe('passed');
    });
});

it('what the survivors have to carry is sent by all', async () => {
    const found = await verdicts(`
region r { zone a  zone b  zone c }
cluster docs: elasticsearch "8.19" in r {
    nodes d-[1..3] across zones { capacity 100/s }
    index i { shards 1  replicas 2 }
}
workload small in r { reads docs.i 10/s }
workload large in r { reads docs.i 240/s }
objective of-small for small { tolerate any 1 node }
`);
    expect(found['of-small']![0]).toMatchObject({ status: 'failed' });
    expect(found['of-small']![0]!.actual).toContain('the workloads send 250');
});
