import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectMinimalCounterexample } from '../support/counterexamples.js';

const ZONES = ['a', 'b', 'c'];

const cluster = fc.record({
    /** Zones of the copies of each shard. */
    shards: fc.array(fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    clusterMode: fc.boolean(),
    automatic: fc.boolean(),
    coverage: fc.constantFrom('yes', 'no'),
    zones: fc.constantFrom(1, 2, 2),
    operation: fc.constantFrom('', ' for reads', ' for writes'),
    seed: fc.nat({ max: 10_000 }),
});

test('every counterexample fails the same clause when it is run, and no proper subset of it does', async () => {
    let broken = 0;
    await fc.assert(
        fc.asyncProperty(cluster, async ({ shards, clusterMode, automatic, coverage, zones, operation, seed }) => {
            const own = clusterMode ? shards : shards.slice(0, 1);
            const failover = !clusterMode && automatic && own[0]!.length > 1;
            const text = `
                region lab { zone a  zone b  zone c }
                cluster c: elasticache "valkey 8.0" in lab {
                    ${own.flatMap((copies, shard) => copies.map((zone, copy) => `node n${shard}-${copy} in lab.${ZONES[zone]!}`)).join('\n')}
                    ${own.map((copies, shard) => `shard s${shard} on ${copies.map((_, copy) => `n${shard}-${copy}`).join(', ')}`).join('\n')}
                    ${clusterMode ? 'endpoint discovery' : 'endpoint dns c.internal { ttl 1s }'}
                    assume failover takes 2s to 6s
                    assume recovery takes 3s to 9s
                    settings {
                        cluster-mode = ${clusterMode ? 'enabled' : 'disabled'}
                        ${failover ? 'automatic-failover = enabled' : ''}
                        cluster-require-full-coverage = ${coverage}
                    }
                }`;
            const objective = `objective o for c { tolerate any ${zones} zones${operation} }`;
            broken += Number(await expectMinimalCounterexample(text, objective, seed));
        }),
        {
            numRuns: Number(process.env['RUNS'] ?? 10),
            examples: [
                [
                    {
                        shards: [[0, 1]],
                        clusterMode: false,
                        automatic: false,
                        coverage: 'no',
                        zones: 1,
                        operation: '',
                        seed: 1,
                    },
                ],
            ],
        },
    );
    expect(broken).toBeGreaterThan(0);
});
