/** What breaks an objective breaks it in a run, too, and nothing less does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proveObjective, runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';
import { clusterText, PRODUCTS, QUICK } from './failures.js';

const RUNS = Number(process.env['RUNS'] ?? 30);

const cluster = fc.record({
    product: fc.constantFrom(...PRODUCTS),
    managers: fc.constantFrom(1, 3, 3, 5),
    data: fc.integer({ min: 2, max: 4 }),
    replicas: fc.nat({ max: 2 }),
    waits: fc.constantFrom('1', '1', 'all'),
    operation: fc.constantFrom('', ' for reads'),
    seed: fc.nat({ max: 10_000 }),
});

test(
    'every counterexample fails the same clause when it is run, and no proper subset of it does',
    async () => {
        let broken = 0;
        await fc.assert(
            fc.asyncProperty(cluster, async ({ product, managers, data, replicas, waits, operation, seed }) => {
                const text = clusterText({
                    product,
                    nodes: `nodes m-[1..${managers}] across zones as MANAGER\nnodes d-[1..${data}] across zones as data`,
                    index: `index x { shards 2  replicas ${replicas} }`,
                    settings: `${QUICK}\nindex.write.wait_for_active_shards = ${waits}`,
                });
                const objective = `objective o for k { tolerate any 2 nodes${operation} }`;
                const [clause] = (await proveObjective(await topologyOf(`${text}\n${objective}`), 0)).clauses;
                expect(clause!.actual).not.toContain('disagree');
                if (clause!.counterexample === undefined) {
                    return;
                }
                broken++;
                const { scenario, faults } = clause!.counterexample;
                expect(await statusOf(text, scenario, seed)).toBe('failed');
                // All in health is the only proper subset of one fault, and each by itself of two.
                for (const fault of faults.length > 1 ? faults : []) {
                    const less = scenario.replace(/fail node [^\n]*/, `fail ${fault}`);
                    expect(less).not.toBe(scenario);
                    expect(await statusOf(text, less, seed)).toBe('passed');
                }
            }),
            { numRuns: RUNS },
        );
        expect(broken).toBeGreaterThan(5);
    },
    Math.max(60_000, RUNS * 1_000),
);

async function statusOf(text: string, scenario: string, seed: number): Promise<string> {
    const topology = await topologyOf(`${text}\n${scenario}`);
    return (await runScenario(topology, topology.scenarios.length - 1, { seed })).verdict.status;
}
