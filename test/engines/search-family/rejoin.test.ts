/** Whatever befell the nodes: when it is over they all find each other again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runScenario } from '../../../src/analysis/index.js';
import { topologyOf } from '../../support/run.js';
import { clusterText, PRODUCTS } from './failures.js';

const RUNS = Number(process.env['RUNS'] ?? 40);
const NODES = ['m-1', 'm-2', 'm-3', 'd-1', 'd-2', 'd-3'];
/** What strikes, and what takes it back. */
const FAULTS = [
    ['crash node', 'restart node'],
    ['fail node', 'restore node'],
    ['isolate node', 'restore node'],
    ['freeze node', 'unfreeze node'],
] as const;

const struck = fc.array(
    fc.record({
        fault: fc.constantFrom(...FAULTS),
        node: fc.constantFrom(...NODES),
        fromMs: fc.integer({ min: 5_000, max: 60_000 }),
        lastsMs: fc.integer({ min: 500, max: 60_000 }),
    }),
    { minLength: 1, maxLength: 4 },
);

/** A call that TCP has just repeated is repeated 16 s later at the latest, and checks that are rejected take 3 s more. */
const REJOINED_MS = 121_000 + 60_000;

test(
    'every node joins again, and every shard has its copies and serves',
    async () => {
        const cases = fc.record({
            product: fc.constantFrom(...PRODUCTS),
            struck: fc
                .uniqueArray(fc.constantFrom(...NODES), { minLength: 1, maxLength: 4 })
                .chain((nodes) =>
                    struck.map((list) =>
                        list.slice(0, nodes.length).map((each, at) => ({ ...each, node: nodes[at]! })),
                    ),
                ),
            cut: fc.boolean(),
            seed: fc.nat({ max: 10_000 }),
        });
        await fc.assert(
            fc.asyncProperty(cases, async ({ product, struck: faults, cut, seed }) => {
                const steps = faults.flatMap(({ fault: [strike, back], node, fromMs, lastsMs }) => [
                    `at ${fromMs}ms ${strike} ${node}`,
                    `at ${fromMs + lastsMs}ms ${back} ${node}`,
                ]);
                const topology = await topologyOf(
                    clusterText({
                        product,
                        // A copy that was being made when its source was lost is made anew at once, wherever there is room.
                        settings: 'assumed.shard_size = 40mb',
                        workload: 'workload w { reads k.x 1/s  writes k.x 1/s }',
                        steps: [...steps, ...(cut ? ['at 30s partition r.a | r.b | r.c', 'at 90s heal'] : [])].join(
                            '\n',
                        ),
                        until: '4m',
                        expect: `expect health of k green at ${REJOINED_MS}ms\nexpect capacity of k at ${REJOINED_MS}ms at least 100%`,
                    }),
                );
                const { run, verdict } = await runScenario(topology, 0, { seed });
                expect(verdict.clauses.map(({ status, actual }) => `${status} ${actual}`)).toEqual([
                    expect.stringMatching(/^passed/),
                    expect.stringMatching(/^passed/),
                ]);
                expect(run.outages.filter(({ toMs }) => toMs === null || toMs > REJOINED_MS)).toEqual([]);
                expect(run.lostWrites).toEqual([]);
                expect(run.splitBrains).toEqual([]);
            }),
            { numRuns: RUNS },
        );
    },
    Math.max(60_000, RUNS * 500),
);
