/** What the simulator comes to in the end is what the rules state. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, rulesOf, without } from './support/cluster.js';

const SETTLED = 90_000;

const cluster = fc
    .record({
        replicas: fc.array(fc.nat({ max: 2 }), { minLength: 3, maxLength: 5 }),
        zones: fc.integer({ min: 2, max: 3 }),
        coverage: fc.constantFrom('yes', 'no'),
        readsWhenDown: fc.constantFrom('yes', 'no'),
        minReplicas: fc.constantFrom(0, 0, 1),
        migration: fc.constantFrom('yes', 'yes', 'no'),
        barrier: fc.nat({ max: 2 }),
        noFailover: fc.constantFrom('no', 'no', 'no', 'yes'),
        chances: fc.array(fc.nat({ max: 99 }), { minLength: 15, maxLength: 15 }),
        seed: fc.nat({ max: 10_000 }),
    })
    .map((made) => {
        const copies = made.replicas.flatMap((count, shard) =>
            Array.from({ length: count + 1 }, (_, copy) => ({
                shard,
                name: `n${shard}-${copy}`,
                zone: ((shard + copy) % made.zones) + 1,
            })),
        );
        return {
            ...made,
            copies,
            failed: copies.filter((_, index) => made.chances[index]! < 35).map(({ name }) => name),
        };
    })
    .filter(({ failed }) => failed.length > 0);

test('a shard is served after all recovery exactly when the rules say so', async () => {
    await fc.assert(
        fc.asyncProperty(cluster, async (made) => {
            const { replicas, copies, failed, coverage, readsWhenDown, minReplicas, noFailover, seed } = made;
            const body = [
                ...copies.map(({ name, zone }) => `node ${name} in lab.z${zone}`),
                ...replicas.map((_, shard) => {
                    const own = copies.filter((copy) => copy.shard === shard).map(({ name }) => name);
                    return `shard s${shard} on ${own.join(', ')}`;
                }),
            ].join('\n');
            const settings = `
                cluster-require-full-coverage = ${coverage}
                cluster-allow-reads-when-down = ${readsWhenDown}
                min-replicas-to-write = ${minReplicas}
                min-replicas-max-lag = 2
                cluster-allow-replica-migration = ${made.migration}
                cluster-migration-barrier = ${made.barrier}
                cluster-replica-no-failover = ${noFailover}`;
            const steps = `at 5s fail node ${failed.join(', ')}`;
            const topology = await topologyOf(
                clusterText({ timeoutMs: 1000, body, settings, steps, until: `${SETTLED}ms` }),
            );
            const run = runOf(topology, seed);
            const state = without(topology, ...failed);
            const rules = rulesOf(topology);
            for (const { id, name } of topology.shards) {
                for (const operation of ['read', 'write'] as const) {
                    const isDown = run.outages.some(
                        (outage) => outage.shard === id && outage.operation === operation && outage.toMs === null,
                    );
                    const stated = rules.serves(id, operation, state);
                    // The random names of the nodes decide: the rules are on the safe side.
                    const eitherWay = !stated.serves && stated.reason.includes('may refuse');
                    expect(`${name} ${operation} ${eitherWay ? false : !isDown}`).toBe(
                        `${name} ${operation} ${stated.serves}`,
                    );
                }
            }
        }),
        { numRuns: Number(process.env['RUNS'] ?? 40) },
    );
});
