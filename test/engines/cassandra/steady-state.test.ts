/** What the simulator comes to in the end is what the rules state, within their bounds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { rulesOf, without } from '../support/rules.js';
import { clusterText, lostIn } from './support/cluster.js';

const RUNS = Number(process.env['RUNS'] ?? 20);
const LEVELS = ['ONE', 'TWO', 'LOCAL_ONE', 'QUORUM', 'LOCAL_QUORUM', 'EACH_QUORUM', 'ALL'] as const;

const UNTIL_MS = 60_000;
/** Of a client whose requests take several datacenters in turn, every second one may fail for good; such gaps are one outage. */
const PAUSE_MS = 1000;

const cluster = fc
    .record({
        us: fc.integer({ min: 2, max: 4 }),
        eu: fc.integer({ min: 0, max: 3 }),
        copies: fc.integer({ min: 1, max: 3 }),
        reads: fc.constantFrom(...LEVELS),
        writes: fc.constantFrom(...LEVELS, 'ANY' as const),
        place: fc.constantFrom('', 'in us.a', 'in eu'),
        retry: fc.constantFrom('99p', 'NONE', 'ALWAYS'),
        sync: fc.constantFrom('periodic', 'batch'),
        chances: fc.array(fc.nat({ max: 99 }), { minLength: 7, maxLength: 7 }),
        seed: fc.nat({ max: 10_000 }),
    })
    .map((made) => {
        const us = Array.from({ length: made.us }, (_, index) => `u-${index + 1}`);
        const eu = Array.from({ length: made.eu }, (_, index) => `e-${index + 1}`);
        return { ...made, names: [...us, ...eu], failed: [...us, ...eu].filter((_, at) => made.chances[at]! < 35) };
    })
    .filter(({ failed }) => failed.length > 0);

test(
    'a range is served in the end exactly when the rules say so, and loses nothing that they do not allow',
    async () => {
        await fc.assert(
            fc.asyncProperty(cluster, async (made) => {
                const { us, eu, copies, reads, writes, place, retry, sync, failed, seed } = made;
                const each = `us ${Math.min(copies, us)}${eu > 0 ? `, eu ${Math.min(copies, eu)}` : ''}`;
                const topology = await topologyOf(
                    clusterText({
                        body: `nodes u-[1..${us}] across us ${eu > 0 ? `nodes e-[1..${eu}] across eu` : ''}`,
                        replicas: each,
                        settings: `commitlog_sync = ${sync}`,
                        keyspace: `speculative_retry = "${retry}"`,
                        workloads: `workload w ${place} {
                        reads c 20/s with consistency = ${reads}, retries = 3
                        writes c 20/s with consistency = ${writes}, retries = 3
                    }`,
                        steps: `at 20s fail node ${failed.join(', ')}`,
                        until: `${UNTIL_MS}ms`,
                    }),
                );
                const run = runOf(topology, seed);
                const rules = rulesOf(topology);
                const state = without(topology, ...failed);
                for (const { id, name } of topology.shards) {
                    for (const operation of ['read', 'write'] as const) {
                        const outages = run.outages.filter(
                            (outage) => outage.shard === id && outage.operation === operation,
                        );
                        const isDown = outages.some(({ toMs }) => toMs === null || toMs > UNTIL_MS - PAUSE_MS);
                        const served = rules.serves(id, operation, state);
                        expect(`${name} ${operation} ${!isDown}`).toBe(`${name} ${operation} ${served.serves}`);
                        if (served.serves) {
                            const { maxMs } = rules.recovery(id, operation, state);
                            const longest = Math.max(0, ...outages.map(({ fromMs, toMs }) => toMs! - fromMs));
                            expect(longest).toBeLessThanOrEqual(maxMs);
                        }
                    }
                    if (rules.loss(id, state).kind === 'none') {
                        expect(run.lostWrites.filter(({ shard }) => shard === id)).toEqual([]);
                    }
                }
                expect(lostIn(run)).toBeGreaterThanOrEqual(0);
            }),
            {
                numRuns: RUNS,
                // Two silent replicas that are nearer than the one that answers.
                examples: [
                    [
                        {
                            us: 3,
                            eu: 3,
                            copies: 2,
                            reads: 'ONE',
                            writes: 'ONE',
                            place: 'in us.a',
                            retry: '99p',
                            sync: 'periodic',
                            chances: [],
                            seed: 0,
                            names: [],
                            failed: ['u-1', 'u-3', 'e-2', 'e-3'],
                        },
                    ],
                ],
            },
        );
    },
    Math.max(60_000, RUNS * 1_000),
);
