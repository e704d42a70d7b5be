/** What simulated failures last against what the rules promise of them. */
import { describe, expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { rulesOf, without } from '../support/rules.js';
import { lakeText, outageEnd, shardOf } from './support/cluster.js';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const AT = 30_000;

describe('an outage lies within the bounds of the rules', () => {
    const LOSSES: readonly (readonly string[])[] = [
        ['nn-1'],
        ['nn-1', 'zk-1'],
        ['nn-1', 'jn-1', 'zk-1', 'dn-1', 'dn-4'],
    ];

    test.each(LOSSES)('after the loss of %s', async (...dead) => {
        const workloads = 'workload w in dc.c { reads lake.f 20/s  writes lake.f 20/s }';
        const topology = await topologyOf(lakeText({ steps: `at 30s fail node ${dead.join(', ')}`, workloads }));
        const rules = rulesOf(topology);
        const state = without(topology, ...dead);
        for (const seed of SEEDS) {
            const run = runOf(topology, seed);
            for (const shard of ['lake', 'f.0', 'f.1']) {
                for (const operation of ['read', 'write'] as const) {
                    const { minMs, maxMs } = rules.recovery(shardOf(topology, shard), operation, state);
                    const lasted = outageEnd(topology, run, shard, operation, AT);
                    expect(lasted).toBeGreaterThanOrEqual(minMs);
                    expect(lasted).toBeLessThanOrEqual(maxMs);
                    expect(minMs).toBeGreaterThan(40_000);
                }
            }
        }
    });
});
