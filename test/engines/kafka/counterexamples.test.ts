import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectMinimalCounterexample } from '../support/counterexamples.js';
import { clusterText } from './support/cluster.js';

const cluster = fc.record({
    version: fc.constantFrom('3.9', '4.1'),
    controllers: fc.constantFrom(1, 3, 3, 5),
    brokers: fc.integer({ min: 2, max: 4 }),
    replicas: fc.integer({ min: 1, max: 4 }),
    needed: fc.integer({ min: 1, max: 3 }),
    acks: fc.constantFrom('all', 'all', '1'),
    operation: fc.constantFrom('', ' for reads', ' for writes'),
    seed: fc.nat({ max: 10_000 }),
});

test('every counterexample fails the same clause when it is run, and no proper subset of it does', async () => {
    let broken = 0;
    await fc.assert(
        fc.asyncProperty(cluster, async (made) => {
            const { version, controllers, brokers, needed, acks, operation, seed } = made;
            const names = Array.from({ length: brokers }, (_, index) => `b${index + 1}`);
            const body = `
                nodes c[1..${controllers}] across zones as controller
                nodes b[1..${brokers}] across zones as broker
                topic t {
                    partition 0 on ${names.slice(0, made.replicas).join(', ')}
                    settings { min.insync.replicas = ${needed} }
                }`;
            const text = clusterText({ version, body, workloads: `workload w { writes k.t 5/s with acks = ${acks} }` });
            const objective = `objective o for k { tolerate any 2 nodes${operation} }`;
            broken += Number(await expectMinimalCounterexample(text, objective, seed));
        }),
        {
            numRuns: Number(process.env['RUNS'] ?? 10),
            examples: [
                [
                    {
                        version: '4.1',
                        controllers: 3,
                        brokers: 3,
                        replicas: 3,
                        needed: 2,
                        acks: 'all',
                        operation: '',
                        seed: 1,
                    },
                ],
            ],
        },
    );
    expect(broken).toBeGreaterThan(0);
});
