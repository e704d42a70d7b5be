/** What the simulator comes to in the end is what the rules state. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { rulesOf, without } from '../support/rules.js';
import { clusterText, PRODUCTS, QUICK } from './failures.js';

const RUNS = Number(process.env['RUNS'] ?? 40);

/** Long enough for two rounds of checks, the delay and new copies with the settings below. */
const UNTIL_MS = 40_000;

const cluster = fc.record({
    product: fc.constantFrom(...PRODUCTS),
    managers: fc.constantFrom(1, 2, 3, 3, 3, 4, 5),
    data: fc.integer({ min: 2, max: 5 }),
    combined: fc.boolean(),
    replicas: fc.nat({ max: 2 }),
    aware: fc.boolean(),
    forced: fc.boolean(),
    block: fc.constantFrom('write', 'write', 'all', 'metadata_write'),
    waits: fc.constantFrom('1', '1', '1', '2', 'all'),
    chances: fc.array(fc.nat({ max: 99 }), { minLength: 10, maxLength: 10 }),
    seed: fc.nat({ max: 10_000 }),
});

test(
    'a shard is served after all recovery exactly when the rules say so, and within their bounds',
    async () => {
        await fc.assert(
            fc.asyncProperty(cluster, async (made) => {
                const names = made.combined
                    ? numbered('n', Math.max(made.managers, made.data))
                    : [...numbered('m', made.managers), ...numbered('d', made.data)];
                const failed = names.filter((_, index) => made.chances[index]! < 35);
                fc.pre(failed.length > 0 && failed.length < names.length);
                const topology = await topologyOf(textOf(made, failed));
                const eligible = made.combined ? names.length : made.managers;
                expectAgreement(topology, runOf(topology, made.seed), failed, eligible % 2 === 0);
            }),
            { numRuns: RUNS },
        );
    },
    Math.max(60_000, RUNS * 1_000),
);

type Made = typeof cluster extends fc.Arbitrary<infer Value> ? Value : never;

function textOf(made: Made, failed: readonly string[]): string {
    const blockKey = made.product === 'elasticsearch' ? 'no_master_block' : 'no_cluster_manager_block';
    return clusterText({
        product: made.product,
        nodes: made.combined
            ? `nodes n-[1..${Math.max(made.managers, made.data)}] across zones`
            : `nodes m-[1..${made.managers}] across zones as MANAGER\nnodes d-[1..${made.data}] across zones as data`,
        index: `index x { shards 2  replicas ${made.replicas} }`,
        settings: [
            QUICK,
            `cluster.${blockKey} = ${made.block}`,
            `index.write.wait_for_active_shards = ${made.waits}`,
            made.aware ? 'cluster.routing.allocation.awareness.attributes = zone' : '',
            made.aware && made.forced ? 'cluster.routing.allocation.awareness.force.zone.values = a, b, c' : '',
        ].join('\n'),
        steps: `at 5s fail node ${failed.join(', ')}`,
        until: `${UNTIL_MS}ms`,
    });
}

/** Of an even number of voters the rules fear for whichever is left out, the simulation leaves out one. */
function expectAgreement(topology: Topology, run: Run, failed: readonly string[], isCautious: boolean): void {
    const rules = rulesOf(topology);
    const state = without(topology, ...failed);
    for (const { id, name } of topology.shards.filter(({ group }) => group !== undefined)) {
        for (const operation of ['read', 'write'] as const) {
            const outages = run.outages.filter((outage) => outage.shard === id && outage.operation === operation);
            const isServed = outages.every(({ toMs }) => toMs !== null);
            const said = rules.serves(id, operation, state);
            if (said.serves || !isCautious) {
                expect(`${name} ${operation} ${isServed}`).toBe(`${name} ${operation} ${said.serves}`);
            }
            if (said.serves) {
                const { minMs, maxMs } = rules.recovery(id, operation, state);
                const took = Math.max(0, ...outages.map(({ toMs }) => (toMs ?? Infinity) - 5000));
                expect(took).toBeGreaterThanOrEqual(minMs);
                expect(took).toBeLessThanOrEqual(maxMs);
            }
        }
    }
    expect(run.lostWrites).toEqual([]);
    expect(run.splitBrains).toEqual([]);
}

function numbered(prefix: string, count: number): readonly string[] {
    return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}
