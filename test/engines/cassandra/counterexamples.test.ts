/** What breaks an objective breaks it in a run, too, and nothing less does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectMinimalCounterexample } from '../support/counterexamples.js';
import { clusterText } from './support/cluster.js';

const RUNS = Number(process.env['RUNS'] ?? 20);
const LEVELS = ['ONE', 'TWO', 'LOCAL_ONE', 'QUORUM', 'LOCAL_QUORUM', 'EACH_QUORUM', 'ALL'] as const;

const cluster = fc.record({
    us: fc.integer({ min: 2, max: 4 }),
    eu: fc.integer({ min: 0, max: 3 }),
    copies: fc.integer({ min: 1, max: 3 }),
    reads: fc.constantFrom(...LEVELS),
    writes: fc.constantFrom(...LEVELS, 'ANY' as const),
    place: fc.constantFrom('', 'in us', 'in eu'),
    retries: fc.nat({ max: 2 }),
    operation: fc.constantFrom('', ' for reads'),
    seed: fc.nat({ max: 10_000 }),
});

test(
    'every counterexample fails the same clause when it is run, and no proper subset of it does',
    async () => {
        let broken = 0;
        await fc.assert(
            fc.asyncProperty(cluster, async ({ us, eu, copies, reads, writes, place, retries, operation, seed }) => {
                const text = clusterText({
                    body: `nodes u-[1..${us}] across us ${eu > 0 ? `nodes e-[1..${eu}] across eu` : ''}`,
                    replicas: `us ${Math.min(copies, us)}${eu > 0 ? `, eu ${Math.min(copies, eu)}` : ''}`,
                    workloads: `workload w ${place} {
                    reads c 20/s with consistency = ${reads}, retries = ${retries}
                    writes c 20/s with consistency = ${writes}, retries = ${retries}
                }`,
                });
                const objective = `objective o for c { tolerate any 2 nodes${operation} }`;
                broken += Number(await expectMinimalCounterexample(text, objective, seed));
            }),
            { numRuns: RUNS },
        );
        expect(broken).toBeGreaterThan(5);
    },
    Math.max(60_000, RUNS * 1_000),
);
