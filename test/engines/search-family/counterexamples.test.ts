/** What breaks an objective breaks it in a run, too, and nothing less does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectMinimalCounterexample } from '../support/counterexamples.js';
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
                broken += Number(await expectMinimalCounterexample(text, objective, seed));
            }),
            { numRuns: RUNS },
        );
        expect(broken).toBeGreaterThan(5);
    },
    Math.max(60_000, RUNS * 1_000),
);
