/** What the simulator comes to in the end is what the rules state, within their bounds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { expectAsRuled, STRIKE_MS, struck } from '../support/managed.js';

const ZONES = ['a', 'b', 'c'];

const cluster = fc.record({
    clusterMode: fc.boolean(),
    automatic: fc.boolean(),
    replicas: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 3 }),
    zones: fc.integer({ min: 1, max: 3 }),
    shift: fc.nat({ max: 2 }),
    coverage: fc.constantFrom('yes', 'no'),
    readsWhenDown: fc.constantFrom('yes', 'no'),
    minReplicas: fc.constantFrom(0, 0, 1),
    reads: fc.constantFrom('', ' from replicas'),
    ttlMs: fc.constantFrom(0, 2000),
    timeoutMs: fc.constantFrom(200, 1000),
    failed: fc.array(fc.nat({ max: 99 }), { minLength: 12, maxLength: 12 }),
    seed: fc.nat({ max: 10_000 }),
});

test('nodes and zones that fail together leave what the rules say', async () => {
    await fc.assert(
        fc.asyncProperty(cluster, async (made) => {
            const zones = ZONES.slice(0, made.zones);
            const replicas = made.clusterMode ? made.replicas : made.replicas.slice(0, 1);
            const copies = replicas.map((count, shard) =>
                Array.from({ length: count + 1 }, (_, copy) => ({
                    name: `n${shard}-${copy}`,
                    zone: zones[(shard * made.shift + copy) % zones.length]!,
                })),
            );
            const automatic = !made.clusterMode && made.automatic && replicas[0]! > 0;
            const candidates = [
                ...zones.map((zone) => `zone lab.${zone}`),
                ...copies.flat().map(({ name }) => `node ${name}`),
            ];
            const failed = candidates.filter((_, index) => made.failed[index]! < 30);
            fc.pre(failed.length > 0);
            const topology = await topologyOf(`
                region lab { ${zones.map((zone) => `zone ${zone}`).join(' ')} }
                cluster c: elasticache "valkey 8.0" in lab {
                    ${copies
                        .flat()
                        .map(({ name, zone }) => `node ${name} in lab.${zone}`)
                        .join('\n')}
                    ${copies.map((own, shard) => `shard s${shard} on ${own.map(({ name }) => name).join(', ')}`).join('\n')}
                    ${made.clusterMode ? 'endpoint discovery' : `endpoint dns c.internal { ttl ${made.ttlMs}ms }`}
                    assume failover takes 2s to 6s
                    assume recovery takes 3s to 9s
                    settings {
                        cluster-mode = ${made.clusterMode ? 'enabled' : 'disabled'}
                        ${automatic ? 'automatic-failover = enabled' : ''}
                        cluster-require-full-coverage = ${made.coverage}
                        cluster-allow-reads-when-down = ${made.readsWhenDown}
                        min-replicas-to-write = ${Math.min(made.minReplicas, ...replicas)}
                        min-replicas-max-lag = 1
                    }
                }
                workload app {
                    reads c 60/s${made.reads} with timeout = ${made.timeoutMs}ms
                    writes c 60/s
                }
                scenario s {
                    ${failed.map((name) => `at ${STRIKE_MS}ms fail ${name}`).join('\n')}
                    until 60s
                }`);
            expectAsRuled(topology, runOf(topology, made.seed), 0, struck(topology, failed));
        }),
        { numRuns: Number(process.env['RUNS'] ?? 40) },
    );
    expect.hasAssertions();
});
