/** What breaks an objective breaks it in a run, too, and nothing less does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectMinimalCounterexample } from '../support/counterexamples.js';

const cluster = fc.record({
    shards: fc.integer({ min: 3, max: 5 }),
    replicas: fc.nat({ max: 2 }),
    coverage: fc.constantFrom('yes', 'no'),
    readsWhenDown: fc.constantFrom('yes', 'no'),
    minReplicas: fc.constantFrom(0, 0, 1),
    operation: fc.constantFrom('', ' for reads'),
    seed: fc.nat({ max: 10_000 }),
});

test('every counterexample fails the same clause when it is run, and no proper subset of it does', async () => {
    let broken = 0;
    await fc.assert(
        fc.asyncProperty(cluster, async (made) => {
            const text = `
                region r { zone a  zone b  zone c }
                cluster k: redis "7.2" in r {
                    nodes n-[1..${made.shards * (made.replicas + 1)}] across zones
                    shards s-[1..${made.shards}] { replicas ${made.replicas} }
                    endpoint discovery
                    settings {
                        cluster-node-timeout = 1000
                        cluster-require-full-coverage = ${made.coverage}
                        cluster-allow-reads-when-down = ${made.readsWhenDown}
                        min-replicas-to-write = ${Math.min(made.minReplicas, made.replicas)}
                        min-replicas-max-lag = 2
                    }
                }`;
            const objective = `objective o for k { tolerate any 2 nodes${made.operation} }`;
            broken += Number(await expectMinimalCounterexample(text, objective, made.seed));
        }),
        { numRuns: Number(process.env['RUNS'] ?? 12) },
    );
    expect(broken).toBeGreaterThan(3);
});
