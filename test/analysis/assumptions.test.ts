/** What nobody documents and a run rests on is told with what is found. */
import { expect, it } from 'vitest';
import { proveObjective, report, runScenario, simulateJson, type ClauseVerdict } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';

const cluster = (assume: string, step: string): string => `
region r { zone a  zone b }
cluster au: aurora in r {
  node au-w in r.a { tier 0 }
  node au-r in r.b { tier 1 }
  endpoint dns au.internal { ttl 5s }
  ${assume}
}
cluster web: server in r { node w-1 in r.b  endpoint discovery }
scenario lost {
  at 1m ${step}
  until 10m
  expect writes of au restored within 5m
  expect reads of web uninterrupted
}
`;

it('an expectation rests on delays that were drawn because nothing documents them', async () => {
    const topology = await topologyOf(cluster('', 'fail node au-w'));
    const result = await runScenario(topology, 0);
    const [writes, web] = result.verdict.clauses;
    const told =
        'How long a failover of au takes at most is not documented; it is drawn, half of the time from 15 s to 30 s';
    expect(writes?.assumptions?.join()).toContain(told);
    expect(writes?.assumptions?.join()).toContain('`assume failover takes A to B`');
    expect(web?.assumptions).toEqual([]);
    expect(report(topology, result)).toContain(`Assumptions\n  ${told}`);
    expect(simulateJson(topology, { name: 'lost' }, [result]).runs[0]?.assumptions.join()).toContain(told);
});

it('rests on nothing where the file says it, or where nothing was drawn', async () => {
    const said = cluster('assume failover takes 20s to 40s  assume recovery takes 2m to 5m', 'fail node au-w');
    for (const text of [said, cluster('', 'slow node au-w by 1ms')]) {
        const { verdict } = await runScenario(await topologyOf(text), 0);
        expect(verdict.clauses.map(({ assumptions }) => assumptions)).toEqual([[], []]);
    }
});

it('refutes no objective by a delay that was drawn because nothing documents it', async () => {
    const proof = async (assume: string): Promise<readonly ClauseVerdict[]> => {
        const text = `${cluster(assume, 'fail node au-w')}
objective o for au { tolerate any 1 node  restore writes within 90s }`;
        return (await proveObjective(await topologyOf(text), 0)).clauses;
    };
    const [, open] = await proof('');
    expect(open?.status).toBe('not-proved');
    expect(open?.actual).toContain("Declare one in the cluster with 'assume failover takes A to B'");
    expect(open?.actual).toMatch(/In a run with seed \d+, for which the delay was drawn: writes of au were dark/);
    const [, declared] = await proof('assume failover takes 60s to 10m');
    expect(declared?.status).toBe('failed');
});

const KEYS = `
region r { zone a  zone b  zone c }
cluster c: cassandra "5.0" in r {
  nodes u-[1..3] across zones
  keyspace k { replicas r 3  settings { replication = NetworkTopologyStrategy } }
  SETTINGS
}
workload app in r.a { writes c.k 10/s }
scenario s { at 1m crash node u-1  at 3m restart node u-1  until 6m  expect no lost writes in c }
`;

it('settings that nobody documents are told where a run counted on them, unless the file gives them', async () => {
    const said = async (settings: string): Promise<string> => {
        const { verdict } = await runScenario(await topologyOf(KEYS.replace('SETTINGS', settings)), 0);
        return verdict.clauses[0]!.assumptions!.join('\n');
    };
    const start =
        'A node takes 20 s to start: nothing documents it, and `assumed_start_time` in the settings of c sets it.';
    expect(await said('')).toContain(start);
    expect(await said('')).toContain('`assumed_heartbeat_interval`');
    expect(await said('settings { assumed_start_time = 40s }')).not.toContain('assumed_start_time');
});

it('a name without a declared time to live is told where a client used it when it changed', async () => {
    const told = async (ttl: string): Promise<boolean> => {
        const text = cluster('', 'fail node au-w').replace('{ ttl 5s }', ttl);
        const { verdict } = await runScenario(await topologyOf(text), 0);
        return verdict.clauses[0]!.assumptions!.some((each) => each.startsWith('No `ttl` is declared'));
    };
    expect(await told('')).toBe(true);
    expect(await told('{ ttl 5s }')).toBe(false);
});

it('the page cache of hosts is told where all copies lost power together, not where one did', async () => {
    const told = async (nodes: string): Promise<boolean> => {
        const text = `region r { zone a  zone b  zone c }
cluster k: kafka "4.1" in r {
  nodes ctl-[1..3] across zones as controller
  nodes b-[1..3] across zones as broker
  topic t { replicas 2  partition 0 on b-1, b-2 }
}
workload app in r.c { writes k.t 10/s }
scenario s { at 1m fail node ${nodes}  until 2m  expect no lost writes in k }`;
        const { verdict } = await runScenario(await topologyOf(text), 0);
        return verdict.clauses[0]!.assumptions!.some((each) => each.includes('`assumed.page-cache.flush-time`'));
    };
    expect(await told('b-1, b-2')).toBe(true);
    expect(await told('b-1')).toBe(false);
});
