/** The timelines of the documentation: over many seeds outcomes lie within the bounds and approach both ends. */
import { expect, test } from 'vitest';
import type { Run } from '../../../src/simulator/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, type ClusterText } from './support/cluster.js';

const SEEDS = 1_000;
const FAULT = 60_000;
const NO_PROBES = `workload users { reads k 2/s  writes k 2/s }`;

/** Every run of one scenario is asked about all that it tells. */
const known = new Map<string, Promise<readonly Run[]>>();

function runsOf(parts: ClusterText): Promise<readonly Run[]> {
    const key = JSON.stringify(parts);
    const runs =
        known.get(key) ??
        topologyOf(clusterText({ workloads: NO_PROBES, ...parts })).then((topology) =>
            Array.from({ length: SEEDS }, (_, seed) => runOf(topology, seed + 1)),
        );
    known.set(key, runs);
    return runs;
}

/** When the first event of this text comes after the fault, in seconds, over many seeds. */
async function delays(parts: ClusterText, pattern: RegExp): Promise<readonly number[]> {
    return (await runsOf(parts)).map((run) => {
        const [first] = eventsOf(run, pattern);
        return first === undefined ? Infinity : (first.atMs - FAULT) / 1000;
    });
}

/** Within the bounds, and near both: the outermost tenth of the span is reached. */
function expectSpan(values: readonly number[], least: number, most: number): void {
    const [lowest, highest] = [Math.min(...values), Math.max(...values)];
    expect(lowest).toBeGreaterThanOrEqual(least - 0.001);
    expect(highest).toBeLessThanOrEqual(most + 0.001);
    expect(lowest).toBeLessThan(least + (most - least) * 0.1);
    expect(highest).toBeGreaterThan(most - (most - least) * 0.1);
}

/** Long enough for the new pod. */
const WORKER_LOST = { steps: 'at 1m fail node w-1', until: '7m' };
const CONTROL_PLANE_LOST = { steps: 'at 1m fail node cp-1', until: '80s' };

test.each([
    ['1.31', 30, 45],
    ['1.32', 40, 55],
])('%s: endpoints lose a silent node after grace − U(0,10) + U(0,5) s', async (version, least, most) => {
    const found = await delays({ version, ...WORKER_LOST }, /w-1 leaves? the endpoints/);
    expectSpan(found, least, most);
});

test('a pod of a Deployment is made anew `tolerationSeconds` later, and ready after its start', async () => {
    const parts = { version: '1.31', ...WORKER_LOST };
    expectSpan(await delays(parts, /a new pod of web gets its place/), 330, 345);
    expectSpan(await delays(parts, /a pod of web on .* is ready/), 340, 355);
});

test.each(['controller manager', 'scheduler'])(
    'a standby acts as %s after the lease, less the time since its renewal, and up to one retry',
    async (title) => {
        expectSpan(await delays(CONTROL_PLANE_LOST, new RegExp(`the ${title} on cp-. takes over`)), 13, 17);
    },
);

test('a controller manager that has just begun counts the grace period from its own beginning', async () => {
    const parts = { steps: 'at 1m fail node cp-1, w-1', until: '130s' };
    const found = await delays(parts, /w-1 counts as not ready/);
    expectSpan(found, 13 + 50, 17 + 50);
});

test('etcd elects a leader within one to two election timeouts, or one round later', async () => {
    const found = await delays(CONTROL_PLANE_LOST, /has the votes of a majority/);
    expect(Math.min(...found)).toBeGreaterThan(0.8);
    expect(Math.max(...found)).toBeLessThan(4.1);
    expect(found.filter((value) => value < 2.2).length / found.length).toBeGreaterThan(0.85);
});

test('nodes of one zone are given up one every ten seconds', async () => {
    const all = await runsOf({
        groups: 'deployment web { replicas 6  spread none }',
        nodes: 'nodes cp-[1..3] across zones as control-plane\n nodes w-[1..6] across lab.a, lab.b as worker',
        steps: 'at 1m fail node w-1, w-3',
        until: '440s',
    });
    const gaps = all.map((run) => {
        const given = eventsOf(run, /given up/);
        return (given[1]!.atMs - given[0]!.atMs) / 1000;
    });
    expect(Math.min(...gaps)).toBe(10);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(15);
});
