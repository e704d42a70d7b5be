/** What the simulator comes to in the end is what the rules state, within their bounds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { expectAsRuled, STRIKE_MS, struck } from '../support/managed.js';

const ZONES = ['a', 'b', 'c'];

const cluster = fc.record({
    zones: fc.integer({ min: 1, max: 3 }),
    instances: fc.array(fc.record({ zone: fc.nat({ max: 2 }), tier: fc.nat({ max: 2 }) }), {
        minLength: 1,
        maxLength: 4,
    }),
    failed: fc.array(fc.nat({ max: 99 }), { minLength: 7, maxLength: 7 }),
    reads: fc.constantFrom('', ' from replicas'),
    ttlMs: fc.constantFrom(0, 700, 2000),
    timeoutMs: fc.constantFrom(200, 1000),
    seed: fc.nat({ max: 10_000 }),
});

test('instances and zones that fail together leave what the rules say', async () => {
    await fc.assert(
        fc.asyncProperty(cluster, async (made) => {
            const nodes = made.instances.map(
                ({ zone, tier }, index) => `node i${index} in lab.${ZONES[zone % made.zones]} { tier ${tier} }`,
            );
            const candidates = [
                ...ZONES.slice(0, made.zones).map((zone) => `zone lab.${zone}`),
                ...made.instances.map((_, index) => `node i${index}`),
            ];
            const failed = candidates.filter((_, index) => made.failed[index]! < 35);
            fc.pre(failed.length > 0);
            const topology = await topologyOf(`
                region lab { ${ZONES.slice(0, made.zones)
                    .map((zone) => `zone ${zone}`)
                    .join(' ')} }
                cluster db: aurora in lab {
                    ${nodes.join('\n')}
                    endpoint dns db.internal { ttl ${made.ttlMs}ms }
                    endpoint dns db-ro.internal { ttl ${made.ttlMs}ms  serves reads }
                    assume failover takes 2s to 6s
                    assume recovery takes 3s to 9s
                }
                workload app { reads db 50/s${made.reads} with timeout = ${made.timeoutMs}ms  writes db 50/s }
                scenario s {
                    ${failed.map((name) => `at ${STRIKE_MS}ms fail ${name}`).join('\n')}
                    until 60s
                }`);
            expectAsRuled(topology, runOf(topology, made.seed), 0, struck(topology, failed));
        }),
        { numRuns: Number(process.env['RUNS'] ?? 60) },
    );
    expect.hasAssertions();
});
