/** A cluster that starts as a whole knows its indices and votes, but neither its nodes nor where copies stood. */
import { expect, test } from 'vitest';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, PRODUCTS, storyOf, timesOf } from './failures.js';

const NODES = ['m-1', 'm-2', 'm-3', 'd-1', 'd-2'];
const nodes = 'nodes m-[1..3] across zones as MANAGER\nnodes d-[1..2] across zones as data';
const steps = `at 10s fail node ${NODES.join(', ')}\nat 60s restore node ${NODES.join(', ')}`;

test.each(PRODUCTS)('%s: nobody is missed or removed, everybody joins', async (product) => {
    const topology = await topologyOf(clusterText({ product, nodes, steps }));
    for (let seed = 0; seed < 20; seed++) {
        const run = runOf(topology, seed);
        const after = storyOf(run).split('restore node')[1]!;
        expect(after).not.toMatch(/sees the connection to d-|removes/);
        expect(timesOf(run, /d-[12] joins the cluster/).length).toBeGreaterThanOrEqual(2);
        expect(timesOf(run, /has an active copy of x.0 again/)).toHaveLength(2);
        expect(run.lostWrites).toEqual([]);
    }
});

test('whose vote comes after the election is won joins by it all the same', async () => {
    const topology = await topologyOf(clusterText({ nodes, steps }));
    const run = runOf(topology, 1);
    const [won] = timesOf(run, /is elected master/);
    expect(timesOf(run, /m-\d joins the cluster of m-2/)).toEqual([won, won]);
});

test('a copy that was in sync becomes primary; a copy of the past that joins first does not', async () => {
    const workload = 'workload w { writes k.x 10/s }';
    const late = steps.replace('at 60s restore node m-1, m-2, m-3, d-1, d-2', 'at 60s restore node m-1, m-2, m-3, d-1');
    const topology = await topologyOf(
        clusterText({
            nodes,
            workload,
            settings: 'index.unassigned.node_left.delayed_timeout = 10m',
            // d-1 misses what is written while it is away.
            steps: `at 2s crash node d-1\n${late.replace('fail node m-1, m-2, m-3, d-1, d-2', 'fail node m-1, m-2, m-3, d-2')}\nat 90s restore node d-2`,
            until: '3m',
        }),
    );
    const run = runOf(topology, 1);
    const [primary] = timesOf(run, /d-2 recovers x.0 from its own disk/);
    expect(primary).toBeGreaterThan(90_000);
    expect(run.lostWrites).toEqual([]);
});
