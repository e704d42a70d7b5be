/** Copies that are being made, and the writes that wait for them. */
import { describe, expect, test } from 'vitest';
import type { Outage } from '../../../src/simulator/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText, PRODUCTS, timesOf, type Made } from './failures.js';

const BIG = 'assumed.shard_size = 10gb';
const SOON = 'index.unassigned.node_left.delayed_timeout = 5s';

/** Outages of the writes of x.0 as the probe sees them, and when a new copy of it began. */
async function writesOf(made: Made): Promise<{ readonly writes: readonly Outage[]; readonly beganMs: number }> {
    const topology = await topologyOf(clusterText(made));
    const run = runOf(topology);
    const writes = outagesOf(topology, run, 'x.0', 'write');
    return { writes, beganMs: timesOf(run, / (copies|catches up with .* on) x\.0/)[0]! };
}

function endOf(outages: readonly Outage[]): number {
    return Math.max(0, ...outages.map(({ toMs }) => toMs ?? Infinity));
}

describe.each(PRODUCTS)('%s: writes', (product) => {
    test('do not wait for a node that dies before it has the files of its new copy', async () => {
        const { writes, beganMs } = await writesOf({
            product,
            settings: `${BIG}\n${SOON}`,
            steps: 'at 10s crash node d-2\nat 30s fail node d-3',
        });
        expect(beganMs).toBeLessThan(16_000);
        expect(endOf(writes)).toBeLessThan(11_000);
    });

    test('do not wait for a node to which a copy moves, either', async () => {
        const { writes, beganMs } = await writesOf({
            product,
            settings: BIG,
            steps: 'at 10s drain node d-1\nat 30s fail node d-3',
        });
        expect(beganMs).toBeLessThan(11_000);
        expect(writes).toEqual([]);
    });

    test('do not wait for a node that has lost its copy and makes another', async () => {
        const { writes } = await writesOf({
            product,
            settings: `assumed.shard_size = 800mb\n${SOON}`,
            steps: 'at 10s crash node d-2\nat 60s wipe node d-3\nat 61s restart node d-3\nat 70s fail node d-3',
            until: '4m',
        });
        expect(endOf(writes)).toBeLessThan(62_000);
    });

    test('wait for a copy that has its files already and catches up', async () => {
        const { writes, beganMs } = await writesOf({
            product,
            settings: 'assumed.catch_up_time = 20s',
            steps: 'at 10s crash node d-2\nat 20s restart node d-2\nat 30s fail node d-2',
        });
        expect(beganMs).toBeLessThan(30_000);
        expect(writes.filter(({ fromMs }) => fromMs > 29_000)).toHaveLength(1);
        expect(endOf(writes)).toBeGreaterThan(60_000);
    });

    test('wait for a copy that has all files, though no manager knows it yet', async () => {
        const { writes } = await writesOf({
            product,
            settings: `assumed.shard_size = 800mb\n${SOON}\ncluster.no_${product === 'elasticsearch' ? 'master' : 'cluster_manager'}_block = metadata_write`,
            steps: 'at 10s crash node d-2\nat 20s crash node m-1, m-2\nat 40s fail node d-3',
        });
        expect(writes.filter(({ fromMs, toMs }) => fromMs >= 39_000 && toMs === null)).toHaveLength(1);
    });
});
