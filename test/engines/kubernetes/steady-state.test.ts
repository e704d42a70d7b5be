/** What the simulator comes to in the end is what the rules state, and as soon as they say. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, rulesOf, without } from './support/cluster.js';

const FAULT = 30_000;
const UNTIL = 190_000;
/** An outage that lasts until then is not over: a degraded one pauses where chance spares all requests for a while. */
const ALMOST_UNTIL = UNTIL - 25_000;

const QUICK = `node-monitor-grace-period = 12  nodeLeaseDurationSeconds = 16  tolerationSeconds = 8
    assumed-pod-start-time = 3  node-eviction-rate = 0.5
    leader-elect-lease-duration = 6  leader-elect-renew-deadline = 4  leader-elect-retry-period = 1`;

const made = fc
    .record({
        controlPlanes: fc.constantFrom(1, 3, 3),
        external: fc.boolean(),
        workers: fc.integer({ min: 2, max: 6 }),
        word: fc.constantFrom('deployment', 'deployment', 'statefulset', 'daemonset'),
        replicas: fc.integer({ min: 1, max: 4 }),
        required: fc.integer({ min: 1, max: 4 }),
        spread: fc.constantFrom('', 'spread zone', 'spread node', 'spread none'),
        whenUnsatisfiable: fc.constantFrom('DoNotSchedule', 'ScheduleAnyway'),
        endpoint: fc.constantFrom(
            '',
            'endpoint load-balancer 203.0.113.1 { check every 2s  timeout 1s  fall 2  rise 2 }',
        ),
        workload: fc.boolean(),
        chances: fc.array(fc.nat({ max: 99 }), { minLength: 12, maxLength: 12 }),
        seed: fc.nat({ max: 10_000 }),
    })
    .map((parts) => {
        const etcd = parts.external ? ['e-1', 'e-2', 'e-3'] : [];
        const names = [
            ...Array.from({ length: parts.controlPlanes }, (_, index) => `cp-${index + 1}`),
            ...Array.from({ length: parts.workers }, (_, index) => `w-${index + 1}`),
            ...etcd,
        ];
        return { ...parts, failed: names.filter((_, index) => parts.chances[index % 12]! < 28) };
    })
    .filter(({ failed }) => failed.length > 0);

test('a service answers after all recovery exactly when the rules say so, within their bounds', async () => {
    await fc.assert(
        fc.asyncProperty(made, async (parts) => {
            const count = parts.word === 'daemonset' ? '' : `replicas ${parts.replicas}`;
            const required = parts.word === 'daemonset' ? 1 : Math.min(parts.required, parts.replicas);
            const group = `${parts.word} web { ${count}  required ${required}  ${parts.word === 'daemonset' ? '' : parts.spread}
                settings { whenUnsatisfiable = ${parts.whenUnsatisfiable} } }`;
            const topology = await topologyOf(
                clusterText({
                    nodes: `nodes cp-[1..${parts.controlPlanes}] across zones as control-plane
                        ${parts.external ? 'nodes e-[1..3] across zones as etcd' : ''}
                        nodes w-[1..${parts.workers}] across zones as worker`,
                    groups: group,
                    settings: QUICK,
                    endpoint: parts.endpoint,
                    workloads: parts.workload ? 'workload users { reads k 40/s }' : '',
                    steps: `at ${FAULT}ms fail node ${parts.failed.join(', ')}`,
                    until: `${UNTIL}ms`,
                }),
            );
            const run = runOf(topology, parts.seed);
            const rules = rulesOf(topology);
            const state = without(topology, ...parts.failed);
            for (const { id, name } of topology.shards) {
                for (const operation of ['read', 'write'] as const) {
                    const outages = run.outages.filter(
                        (outage) => outage.shard === id && outage.operation === operation,
                    );
                    const lasts = outages.some(({ toMs }) => toMs === null || toMs > ALMOST_UNTIL);
                    const answer = rules.serves(id, operation, state);
                    // In which order nodes are given up decides where a few pods may go: the rules say so, and no more.
                    if (answer.serves || answer.isOpen !== true) {
                        expect(`${name} ${operation} ${!lasts}`).toBe(`${name} ${operation} ${answer.serves}`);
                    }
                    if (!lasts && answer.serves) {
                        const { minMs, maxMs } = rules.recovery(id, operation, state);
                        const took = Math.max(0, ...outages.map(({ toMs }) => toMs! - FAULT));
                        expect(took).toBeLessThanOrEqual(maxMs);
                        expect(took).toBeGreaterThanOrEqual(minMs);
                    }
                }
            }
            expect(run.lostWrites).toEqual([]);
        }),
        { numRuns: Number(process.env['RUNS'] ?? 30) },
    );
});
