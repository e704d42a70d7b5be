/** Bounds count what can happen in one failure set: no less than the worst run, and nothing that cannot happen in any. */
import { describe, expect, it, test } from 'vitest';
import { proveObjective } from '../../../src/analysis/index.js';
import type { Operation } from '../../../src/topology/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { rulesOf, without } from '../support/rules.js';
import { clusterText, PRODUCTS, type Made } from './failures.js';

interface Row extends Made {
    readonly situation: string;
    readonly failed: string;
    readonly shard: string;
    readonly operation: Operation;
    readonly seeds: number;
    /** How near to the bound the worst run comes at least. */
    readonly nearMs: number;
}

const rows: readonly Row[] = [
    {
        situation: 'a dedicated manager alone: nobody else is silent, requests wait for the next one to be elected',
        failed: 'm-1',
        shard: 'x.0',
        operation: 'write',
        settings: 'cluster.BLOCK = write',
        workload: 'workload writer { writes k.x 20/s with timeout = 100ms }',
        seeds: 200,
        nearMs: 3_000,
    },
    {
        situation: 'the same where the nodes refuse nothing meanwhile',
        failed: 'm-1',
        shard: 'x.0',
        operation: 'write',
        settings: 'cluster.BLOCK = metadata_write',
        seeds: 20,
        nearMs: 0,
    },
    {
        situation: 'the same where the next one takes requests: it applies its own change last',
        nodes: 'nodes m-[1..3] across zones',
        index: 'index x { shard 0 on m-2, m-3 }',
        failed: 'm-1',
        shard: 'x.0',
        operation: 'write',
        settings: 'cluster.BLOCK = write',
        workload: 'workload writer { writes k.x 20/s with timeout = 100ms }',
        seeds: 100,
        nearMs: 3_000,
    },
    {
        situation:
            'two other copies: clients whose writes hang for those go back to dead nodes until these are removed',
        nodes: 'nodes m-[1..3] across zones as MANAGER\nnodes d-[1..6] across zones as data',
        index: 'index x { shard 0 on d-3, d-4  shard 1 on d-1, d-5  shard 2 on d-2, d-6 }',
        failed: 'd-1, d-2',
        shard: 'x.0',
        operation: 'write',
        workload: 'workload both { reads k.x 50/s  writes k.x 50/s }',
        seeds: 40,
        nearMs: 12_000,
    },
];

test.each(rows)('$situation', async (row) => {
    for (const product of PRODUCTS) {
        const block = product === 'elasticsearch' ? 'no_master_block' : 'no_cluster_manager_block';
        const topology = await topologyOf(
            clusterText({
                ...row,
                product,
                settings: row.settings?.replace('BLOCK', block),
                steps: `at 10s fail node ${row.failed}`,
                until: '90s',
            }),
        );
        const { id } = topology.shards.find(({ name }) => name === row.shard)!;
        const state = without(topology, ...row.failed.split(', '));
        const { minMs, maxMs } = rulesOf(topology).recovery(id, row.operation, state);
        const took = Array.from({ length: row.seeds }, (_, seed) =>
            Math.max(
                0,
                ...outagesOf(topology, runOf(topology, seed), row.shard, row.operation).map(
                    ({ toMs }) => (toMs ?? Infinity) - 10_000,
                ),
            ),
        );
        expect(Math.min(...took)).toBeGreaterThanOrEqual(minMs);
        expect(Math.max(...took)).toBeLessThanOrEqual(maxMs);
        expect(Math.max(...took)).toBeGreaterThanOrEqual(maxMs - row.nearMs);
    }
});

describe('a design with dedicated masters', () => {
    it('is promised that its writes are back within a minute of the loss of one node', async () => {
        const topology = await topologyOf(`${clusterText({})}
            objective o for k { tolerate any 1 node  restore writes within 40s  restore reads within 40s }`);
        expect((await proveObjective(topology, 0)).clauses.map(({ status }) => status)).toEqual([
            'passed',
            'passed',
            'passed',
        ]);
    });
});
