/** Nodes that come back while copies are being made elsewhere in their place. */
import { expect, test } from 'vitest';
import { runScenario } from '../../../src/analysis/index.js';
import type { Run } from '../../../src/simulator/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { PRODUCTS, storyOf, timesOf, type Product } from './failures.js';

const ROLE = { elasticsearch: 'master, data', opensearch: 'cluster_manager, data' };

/** Three shards with two copies on three nodes; one is away until copies of it are made elsewhere. */
const text = (product: Product, asked: number): string => `
    region r { zone a  zone b  zone c }
    cluster k: ${product} in r {
        nodes n-[1..3] across zones as ${ROLE[product]}
        index x { shards 3  replicas 1  settings { index.write.wait_for_active_shards = ${asked} } }
    }
    workload w { writes k.x 30/s  reads k.x 30/s }
    scenario s { at 1m fail node n-1  at 5m restore node n-1  until 10m
        expect writes of k restored within 245s }`;

const back = (run: Run): string => storyOf(run).split('joins the cluster')[1]!;

test.each(PRODUCTS)('%s: whatever waits for a copy is given to the node that comes back with it', async (product) => {
    const topology = await topologyOf(text(product, 2));
    const { run, verdict } = await runScenario(topology, 0, { seed: 1 });
    expect(verdict.clauses.map(({ status }) => status)).toEqual(['passed']);
    // The one that is being copied has missed no write, for none was taken: it is the same, and replaces the new one.
    expect(back(run)).toMatch(/n-3 stops copying x.\d: n-1 is back with the same data/);
    const [joined] = timesOf(run, /n-1 joins the cluster/);
    expect(timesOf(run, /n-1 has an active copy of/)).toHaveLength(2);
    expect(Math.max(...timesOf(run, /n-1 has an active copy of/))).toBeLessThan(joined! + 1_100);
});

test('a copy that is being made goes on where the one that comes back has missed writes', async () => {
    const run = runOf(await topologyOf(text('elasticsearch', 1)), 1);
    const [copied] = /n-\d copies (x.\d)/.exec(storyOf(run))!.slice(1);
    expect(back(run)).not.toContain('stops copying');
    expect(back(run)).not.toContain(`n-1 catches up with n-2 on ${copied!}`);
    expect(back(run)).toMatch(/n-1 catches up with n-\d on x.\d/);
    expect(run.lostWrites).toEqual([]);
});

test('a copy that has waited for its turn says so: it stays with its node though an empty one joins meanwhile', async () => {
    const wiped = text('elasticsearch', 1)
        .replace('at 5m restore', 'at 2m wipe node n-1  at 3m restore')
        .replace('settings {', 'settings { index.unassigned.node_left.delayed_timeout = 10s ');
    const run = runOf(await topologyOf(wiped.replace('until 10m', 'until 15m')), 1);
    const [joined] = timesOf(run, /n-1 joins the cluster/);
    const [first, second] = run.trace.filter(({ text: said }) => /n-\d copies x.\d from/.test(said));
    expect(first!.text).not.toContain('waiting');
    expect(first!.atMs).toBeLessThan(joined!);
    expect(second!.atMs).toBeGreaterThan(joined!);
    expect(second!.text).toMatch(/^n-[23] copies x.\d from n-[23], after waiting 256 s for its turn$/);
});
