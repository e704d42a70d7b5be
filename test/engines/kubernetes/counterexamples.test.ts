import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectMinimalCounterexample } from '../support/counterexamples.js';
import { clusterText } from './support/cluster.js';

const QUICK = `node-monitor-grace-period = 12  nodeLeaseDurationSeconds = 16  tolerationSeconds = 8
    assumed-pod-start-time = 3  node-eviction-rate = 0.5
    leader-elect-lease-duration = 6  leader-elect-renew-deadline = 4  leader-elect-retry-period = 1`;

const cluster = fc.record({
    controlPlanes: fc.constantFrom(1, 3, 3),
    workers: fc.integer({ min: 2, max: 4 }),
    word: fc.constantFrom('deployment', 'statefulset'),
    replicas: fc.integer({ min: 1, max: 3 }),
    required: fc.integer({ min: 1, max: 3 }),
    whenUnsatisfiable: fc.constantFrom('DoNotSchedule', 'ScheduleAnyway'),
    operation: fc.constantFrom('', ' for reads'),
    seed: fc.nat({ max: 10_000 }),
});

test('every counterexample fails the same clause when it is run, and no proper subset of it does', async () => {
    let broken = 0;
    await fc.assert(
        fc.asyncProperty(cluster, async (made) => {
            const { controlPlanes, workers, word, replicas, whenUnsatisfiable, operation, seed } = made;
            const text = clusterText({
                nodes: `nodes cp-[1..${controlPlanes}] across zones as control-plane
                    nodes w-[1..${workers}] across zones as worker`,
                groups: `${word} web { replicas ${replicas}  required ${Math.min(made.required, replicas)}  spread zone
                    settings { whenUnsatisfiable = ${whenUnsatisfiable} } }`,
                settings: QUICK,
            });
            const objective = `objective o for k { tolerate any 2 nodes${operation} }`;
            broken += Number(await expectMinimalCounterexample(text, objective, seed));
        }),
        {
            numRuns: Number(process.env['RUNS'] ?? 10),
            examples: [
                [
                    {
                        controlPlanes: 3,
                        workers: 3,
                        word: 'deployment',
                        replicas: 3,
                        required: 3,
                        whenUnsatisfiable: 'DoNotSchedule',
                        operation: '',
                        seed: 1,
                    },
                ],
            ],
        },
    );
    expect(broken).toBeGreaterThan(0);
});
