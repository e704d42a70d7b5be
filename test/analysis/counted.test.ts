/** Whose lost writes and stale reads an expectation about a workload counts. */
import { describe, expect, test } from 'vitest';
import { runScenario, type Verdict } from '../../src/analysis/index.js';
import { topologyOf } from '../support/run.js';
import { sixNodes } from '../support/six-nodes.js';

async function clauses(workloads: string, steps: string, expected: readonly string[]): Promise<Verdict['clauses']> {
    const topology = await topologyOf(`${sixNodes({ settings: 'cluster-node-timeout = 5000' })}
        ${workloads}
        scenario one { ${steps}  until 2m  ${expected.map((text) => `expect ${text}`).join('\n')} }`);
    return (await runScenario(topology, 0)).verdict.clauses;
}

describe('of a workload', () => {
    const writers = `workload one in r.a { writes s.s-1 50/s  reads s.s-2 10/s }
        workload two { writes s.s-2 50/s  reads s.s-1 10/s }`;
    const inside = `workload one { writes s.s-1 50/s }  workload two { writes s.s-1 50/s }`;
    const lossy = 'at 10s partition node n-1 | node n-2, node n-3, node n-4, node n-5, node n-6  at 60s heal';

    test('that only reads what others write no lost write counts', async () => {
        const found = await clauses(writers, lossy, [
            'no lost writes in two',
            'no lost writes in one',
            'no lost writes in s.s-1',
        ]);
        expect(found.map(({ status }) => status)).toEqual(['passed', 'failed', 'failed']);
        expect(found[0]!.actual).toBe('0 acknowledged writes were lost.');
    });

    test('whose shard others write, too, it is left open whose were lost, unless it makes no difference', async () => {
        const found = await clauses(inside, lossy, [
            'no lost writes in one',
            'at most 100000 lost writes in one',
            'at least 1 lost writes in two',
            'no lost writes in s',
        ]);
        expect(found.map(({ status }) => status)).toEqual(['error', 'passed', 'error', 'failed']);
        expect(found[0]!.actual).toMatch(
            /^\d+ acknowledged writes were lost \(\d+ in s\.s-1\)\. Whose they were is not followed, and two writes there, too\.$/,
        );
        const calm = await clauses(inside, 'at 10s crash node n-6', ['no lost writes in one']);
        expect(calm[0]!.status).toBe('passed');
    });

    test('stale reads are its own', async () => {
        const topology = await topologyOf(`
            region r { zone a  zone b  zone c }
            cluster ledger: aurora in r {
                nodes db-[1..3] across zones
                endpoint dns ledger.internal { ttl 5s }
                endpoint dns ledger-ro.internal { ttl 5s  serves reads }
            }
            workload bank { reads ledger 100/s from replicas  writes ledger 100/s }
            workload teller { reads ledger 100/s }
            scenario calm {
                until 10s
                expect at least 1 stale reads in bank
                expect no stale reads in teller
                expect no stale reads in ledger
            }`);
        const { verdict, run } = await runScenario(topology, 0);
        expect(verdict.clauses.map(({ status }) => status)).toEqual(['passed', 'passed', 'failed']);
        expect(verdict.clauses[0]!.actual).toBe('1,000 stale reads of bank were answered.');
        expect(run.workloads.map(({ stale }) => stale)).toEqual([run.staleReads[0]!.count, undefined, undefined]);
    });
});
