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
const WORKER_LOST = { steps: 'at 1m fail node w-1', until: '430s' };
const CONTROL_PLANE_LOST = { steps: 'at 1m fail node cp-1', until: '90s' };

test.each([
    ['1.31', 30, 45],
    ['1.32', 40, 55],
])('%s: endpoints lose a silent node after grace − U(0,10) + U(0,5) s', async (version, least, most) => {
    const found = await delays({ version, ...WORKER_LOST }, /w-1 leaves? the endpoints/);
    expectSpan(found, least, most);
});

test.each([
    ['1.31', 330, 345],
    ['1.32', 340, 355],
])(
    '%s: a pod of a Deployment is made anew `tolerationSeconds` later, and ready after its start',
    async (version, least, most) => {
        const parts = { version, ...WORKER_LOST };
        expectSpan(await delays(parts, /a new pod of web gets its place/), least, most);
        expectSpan(await delays(parts, /a pod of web on .* is ready/), least + 10, most + 10);
    },
);

test('with other timers: whole passes of the monitor until a renewal is too old', async () => {
    const settings =
        'node-monitor-grace-period = 21  node-monitor-period = 2  nodeLeaseDurationSeconds = 24  tolerationSeconds = 30';
    const parts = { settings, steps: 'at 1m fail node w-1', until: '2m' };
    expectSpan(await delays(parts, /w-1 leaves? the endpoints/), 22 - 6, 22 + 2);
    expectSpan(await delays(parts, /a new pod of web gets its place/), 30 + 22 - 6, 30 + 22 + 2);
});

test('a pod of a StatefulSet is not made anew, however long its node is silent', async () => {
    const parts = { groups: 'statefulset db { replicas 3  spread zone }', steps: 'at 1m fail node w-1', until: '8m' };
    const made = await delays(parts, /a new pod of db/);
    expect(new Set(made)).toEqual(new Set([Infinity]));
});

/**
 * The first of two standbys, each of which looks every 2 to 4.4 s and counts the 15 s from when it saw the last renewal. For the
 * longest both would have to look twice at the worst moment, which no seed shows.
 */
const TAKEOVER = { least: 13, most: 15 + 2 * 4.4, rarelyMore: 20.5 };

test.each(['controller manager', 'scheduler'])(
    'a standby acts as %s the whole lease after it saw the last renewal, at its next look',
    async (title) => {
        const found = await delays(CONTROL_PLANE_LOST, new RegExp(`the ${title} on cp-. takes over`));
        expectSpan(
            found.filter((value) => value <= TAKEOVER.rarelyMore),
            TAKEOVER.least,
            TAKEOVER.rarelyMore,
        );
        expect(Math.max(...found)).toBeLessThanOrEqual(TAKEOVER.most);
    },
);

test('with a shorter lease, and looks that lie further apart', async () => {
    const settings = 'leader-elect-lease-duration = 8  leader-elect-renew-deadline = 6  leader-elect-retry-period = 5';
    const parts = { ...CONTROL_PLANE_LOST, settings };
    const found = await delays(parts, /the scheduler on cp-. takes over/);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(8 - 5);
    expect(Math.min(...found)).toBeLessThan(8 - 5 + 2.5);
    expect(Math.max(...found)).toBeLessThanOrEqual(8 + 2 * 11);
    expect(Math.max(...found)).toBeGreaterThan(8 + 11);
});

test('a standby that could not look before the API failed waits for the whole lease after it works again', async () => {
    const steps = 'at 1m fail node cp-1, cp-2  at 90s restore node cp-2';
    const found = await delays({ steps, until: '2m' }, /the scheduler on cp-. takes over/);
    const late = found.filter((value) => value >= 30 + 15).length / found.length;
    // Those that looked after the last renewal and before the failure had only to wait for the API.
    expect(Math.min(...found)).toBeGreaterThan(30);
    expect(Math.min(...found)).toBeLessThan(35);
    expect(late).toBeGreaterThan(0.4);
    expect(late).toBeLessThan(0.9);
});

test('a controller manager that has just begun counts the grace period from its own beginning', async () => {
    const parts = { steps: 'at 1m fail node cp-1, w-1', until: '140s' };
    const [not, over] = [/w-1 counts as not ready/, /the controller manager on cp-. takes over/];
    const [found, begun] = [await delays(parts, not), await delays(parts, over)];
    expect(new Set(found.map((value, index) => Math.round(value - begun[index]!)))).toEqual(new Set([50]));
});

test.each([
    { members: 3, heartbeatMs: 100, electionMs: 1000 },
    { members: 3, heartbeatMs: 300, electionMs: 3000 },
    { members: 5, heartbeatMs: 100, electionMs: 1000 },
    { members: 5, heartbeatMs: 50, electionMs: 500 },
])('etcd elects a leader within one to two election timeouts, or one round later: %o', async (row) => {
    const { members, heartbeatMs, electionMs } = row;
    const found = await delays(
        {
            nodes: `nodes cp-[1..${members}] across zones as control-plane\n nodes w-[1..3] across zones as worker`,
            settings: `heartbeat-interval = ${heartbeatMs}ms  election-timeout = ${electionMs}ms`,
            steps: 'at 1m fail node cp-1',
            until: `${60 + (electionMs / 1000) * 5}s`,
        },
        /has the votes of a majority/,
    );
    // A follower counts whole heartbeats, and the first of them may be almost over.
    const [least, most] = [(electionMs - 2 * heartbeatMs) / 1000, (2 * electionMs + 2 * heartbeatMs + 6) / 1000];
    const usual = found.filter((value) => value <= most);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(least);
    expect(Math.min(...found)).toBeLessThanOrEqual(electionMs / 1000);
    expect(usual.length / found.length).toBeGreaterThan(0.85);
    expect(Math.max(...found)).toBeLessThanOrEqual(2 * most);
    if (members === 3) {
        expect(Math.max(...usual)).toBeGreaterThan((1.8 * electionMs) / 1000);
    }
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

const MOST_SILENT = {
    groups: 'deployment web { replicas 10  spread none  settings { tolerationSeconds = 0 } }',
    nodes: `nodes cp-[1..3] across lab.b, lab.c as control-plane
        nodes w-[1..6] across lab.a as worker
        nodes v-[1..4] across lab.b as worker`,
    steps: 'at 1m isolate node w-1, w-2, w-3, w-4, w-5',
    until: '9m',
};

test('of a zone in which most nodes are silent, one is given up every hundred seconds if it is large', async () => {
    const all = await runsOf({ ...MOST_SILENT, settings: 'large-cluster-size-threshold = 5' });
    const lastGaps = all.map((run) => {
        const [last, before] = eventsOf(run, /given up/).toReversed();
        return (last!.atMs - before!.atMs) / 1000;
    });
    expect(new Set(lastGaps)).toEqual(new Set([100]));
});

test('and none if it is not, however large the cluster is: only those before the zone counts as unhealthy', async () => {
    const all = await runsOf({ ...MOST_SILENT, settings: 'large-cluster-size-threshold = 6' });
    expect(Math.max(...all.map((run) => eventsOf(run, /given up/).length))).toBeLessThanOrEqual(2);
});
