import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectMinimalCounterexample } from '../support/counterexamples.js';

const ZONES = ['a', 'b', 'c'];

const cluster = fc.record({
    instances: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 3 }),
    zones: fc.constantFrom(1, 2, 2, 3),
    operation: fc.constantFrom('', ' for reads', ' for writes'),
    seed: fc.nat({ max: 10_000 }),
});

test('every counterexample fails the same clause when it is run, and no proper subset of it does', async () => {
    let broken = 0;
    await fc.assert(
        fc.asyncProperty(cluster, async ({ instances, zones, operation, seed }) => {
            const text = `
                region lab { zone a  zone b  zone c }
                cluster db: aurora in lab {
                    ${instances.map((zone, index) => `node i${index} in lab.${ZONES[zone]!}`).join('\n')}
                    endpoint dns db.internal { ttl 1s }
                    assume failover takes 2s to 6s
                    assume recovery takes 3s to 9s
                }`;
            const objective = `objective o for db { tolerate any ${zones} zones${operation} }`;
            broken += Number(await expectMinimalCounterexample(text, objective, seed));
        }),
        {
            numRuns: Number(process.env['RUNS'] ?? 10),
            examples: [[{ instances: [0, 1], zones: 2, operation: '', seed: 1 }]],
        },
    );
    expect(broken).toBeGreaterThan(0);
});
