/** What nobody documents and a run rests on is told with what is found. */
import { expect, it } from 'vitest';
import { proveObjective, report, runScenario, simulateJson, type ClauseVerdict } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';

const cluster = (assume: string, step: string): string => `
region r { zone a  zone b }
cluster au: aurora in r {
  node au-w in r.a { tier 0 }
  node au-r in r.b { tier 1 }
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
        'Nothing documents how long a failover of au takes at most. It is drawn: half of them take 15 s to 30 s';
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
