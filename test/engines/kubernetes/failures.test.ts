/** What happens around failures: partitions, freezes, returns, drains, and what does not happen without a control plane. */
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../../src/analysis/index.js';
import type { Run } from '../../../src/simulator/index.js';
import type { Operation, Topology } from '../../../src/topology/index.js';
import { outagesOf, runOf, topologyOf } from '../../support/run.js';
import { clusterText, eventsOf, type ClusterText } from './support/cluster.js';

interface Played {
    readonly topology: Topology;
    readonly run: Run;
}

async function play(parts: ClusterText, seed = 1): Promise<Played> {
    const topology = await topologyOf(clusterText(parts));
    return { topology, run: runOf(topology, seed) };
}

/** Outages in seconds, as `from to`; `…` for one that is not over. */
function outages({ topology, run }: Played, shard: string, operation: Operation = 'read'): readonly string[] {
    return outagesOf(topology, run, shard, operation).map(
        ({ fromMs, toMs }) => `${Math.floor(fromMs / 1000)} ${toMs === null ? '…' : Math.ceil(toMs / 1000)}`,
    );
}

/** Share of the group that was up at the time. */
function share({ topology, run }: Played, group: string, atMs: number): number {
    const { id } = topology.groups.find(({ name }) => name === group)!;
    return run.capacity.findLast((change) => change.group === id && change.atMs <= atMs)!.share;
}

async function judged(parts: ClusterText): Promise<readonly string[]> {
    const { verdict } = await runScenario(await topologyOf(clusterText(parts)), 0);
    return verdict.clauses.filter(({ status }) => status !== 'passed').map(({ text, actual }) => `${text}: ${actual}`);
}

describe('etcd without a majority', () => {
    test('pods go on, and the API answers nothing', async () => {
        const played = await play({ steps: 'at 1m fail node cp-1, cp-2', until: '3m' });
        expect(outages(played, 'web')).toEqual([]);
        expect(outages(played, 'k', 'write')).toEqual([expect.stringMatching(/^(59|60) …$/)]);
        expect(outages(played, 'k', 'read')).toEqual([expect.stringMatching(/^(59|60) …$/)]);
    });

    test('a pod that dies then stays in the endpoints and is not made anew', async () => {
        const played = await play({ steps: 'at 1m fail node cp-1, cp-2\n at 70s fail node w-1', until: '10m' });
        expect(eventsOf(played.run, /not ready|new pod/)).toEqual([]);
        expect(outages(played, 'web').at(-1)).toMatch(/(59\d|60\d|…)$/);
    });

    test('an etcd minority keeps pods running, and its API is silent', async () => {
        const played = await play({
            steps: 'at 1m partition lab.a | lab.b, lab.c\n at 8m heal',
            until: '9m',
            workloads: 'workload inside in lab.a { reads k.web 20/s }',
        });
        // The pod in the same zone answers; those beyond the cut do not, and nobody tells the workers here.
        expect(outages(played, 'web').length).toBeGreaterThan(0);
        const answered = played.run.workloads[0]!.ok / played.run.workloads[0]!.sent;
        expect(answered).toBeGreaterThan(0.3);
        expect(answered).toBeLessThan(0.9);
        expect(eventsOf(played.run, /w-1 counts as not ready/)).toHaveLength(1);
        expect(eventsOf(played.run, /w-1 is heard again/)).toHaveLength(1);
    });
});

describe('a node that falls silent', () => {
    test('and returns before the grace period has lost nothing but time', async () => {
        const played = await play({ steps: 'at 1m isolate node w-1\n at 80s restore node w-1', until: '4m' });
        expect(eventsOf(played.run, /not ready|given up/)).toEqual([]);
        expect(share(played, 'web', 240_000)).toBe(1);
    });

    test('and returns before its pods are given up takes them into the endpoints again', async () => {
        const played = await play({ steps: 'at 1m isolate node w-1\n at 3m restore node w-1', until: '10m' });
        expect(eventsOf(played.run, /the pod on w-1 leaves the endpoints/)).toHaveLength(1);
        expect(eventsOf(played.run, /given up|new pod/)).toEqual([]);
        expect(share(played, 'web', 150_000)).toBeCloseTo(2 / 3);
        expect(share(played, 'web', 200_000)).toBe(1);
    });

    test('and returns later keeps none of the pods that were made anew, and nothing is moved back', async () => {
        const played = await play({ steps: 'at 1m isolate node w-1\n at 8m restore node w-1', until: '10m' });
        expect(eventsOf(played.run, /a new pod of web gets its place on w-4/)).toHaveLength(1);
        expect(share(played, 'web', 599_000)).toBe(1);
    });

    test('a StatefulSet pod on a dead node is not replaced, until the node is back', async () => {
        const parts = { groups: 'statefulset db { replicas 3  required 2  spread zone }' };
        const gone = await play({ ...parts, steps: 'at 1m fail node w-1', until: '20m' });
        expect(eventsOf(gone.run, /given up/)).toHaveLength(1);
        expect(eventsOf(gone.run, /new pod/)).toEqual([]);
        const back = await play({ ...parts, steps: 'at 1m fail node w-1\n at 10m restore node w-1', until: '20m' });
        const [made] = eventsOf(back.run, /a new pod of db gets its place/);
        expect(made!.atMs).toBeGreaterThanOrEqual(600_000);
        expect(share(back, 'db', 1_199_000)).toBe(1);
    });

    test('with a pod of a DaemonSet: it stays bound to its node', async () => {
        const played = await play({ groups: 'daemonset agent { }', steps: 'at 1m fail node w-1', until: '12m' });
        expect(eventsOf(played.run, /given up|new pod/)).toEqual([]);
    });

    test('for a freeze: the same as any other silence, and it goes on where it stopped', async () => {
        const played = await play({ steps: 'at 1m freeze node w-1\n at 3m unfreeze node w-1', until: '5m' });
        expect(eventsOf(played.run, /w-1 counts as not ready/)).toHaveLength(1);
        expect(share(played, 'web', 299_000)).toBe(1);
    });

    test('for a one-way cut: who cannot be answered cannot renew', async () => {
        const cut = 'at 1m cut node cp-1, node cp-2, node cp-3 -> node w-1\n at 3m heal';
        const played = await play({ steps: cut, until: '5m' });
        expect(eventsOf(played.run, /w-1 counts as not ready/)).toHaveLength(1);
        expect(eventsOf(played.run, /w-1 is heard again/)).toHaveLength(1);
    });
});

describe('a crash', () => {
    test('is refused at once; a restart within the grace period takes the pod out until it is ready', async () => {
        const played = await play({ steps: 'at 1m crash node w-1\n at 65s restart node w-1', until: '3m' });
        expect(eventsOf(played.run, /not ready/)).toEqual([]);
        const [ready] = eventsOf(played.run, /a pod of web on w-1 is ready/);
        expect(ready!.atMs).toBeGreaterThanOrEqual(75_000);
        expect(share(played, 'web', 70_000)).toBeCloseTo(2 / 3);
    });
});

describe('zones', () => {
    const nodes = `nodes cp-[1..3] across lab.b as control-plane
        nodes w-[1..4] across lab.a as worker
        nodes v-[1..4] across lab.b as worker`;
    const groups = 'deployment web { replicas 8  spread none }';

    test('while most of a zone is silent at once its pods are not given up', async () => {
        const steps = 'at 1m isolate node w-1, w-2, w-3';
        for (let seed = 1; seed <= 5; seed++) {
            const { run } = await play({ nodes, groups, steps, until: '12m' }, seed);
            // What is found before the third node falls silent may be given up: never all of them.
            expect(eventsOf(run, /given up/).length).toBeLessThan(3);
        }
    });

    test('when all zones are silent as wholes nothing is given up: the fault may lie with whoever watches them', async () => {
        const managed = 'nodes w-[1..6] across zones as worker\n assume failover takes 30s to 40s';
        const steps = 'at 1m isolate zone lab.a, lab.b, lab.c';
        for (let seed = 1; seed <= 5; seed++) {
            const { run } = await play({ nodes: managed, groups, steps, until: '12m' }, seed);
            expect(eventsOf(run, /counts as not ready/)).toHaveLength(6);
            expect(eventsOf(run, /given up/)).toEqual([]);
        }
    });

    test('a zone that is silent as a whole is given up', async () => {
        const steps = 'at 1m isolate zone lab.a';
        const { run } = await play({ nodes, groups, steps, until: '12m' });
        expect(eventsOf(run, /given up/)).toHaveLength(4);
    });
});

describe('a drain', () => {
    const groups = (budget: string, extra = ''): string =>
        `deployment web { replicas 3  spread zone  disruption-budget { ${budget} }  ${extra} }`;

    test('leaves no request without an answer and ends', async () => {
        const parts = { groups: groups('max-unavailable 1'), steps: 'at 1m drain node w-1', until: '5m' };
        expect(outages(await play(parts), 'web')).toEqual([]);
        expect(await judged({ ...parts, expectations: 'expect drain of w-1 done at 2m' })).toEqual([]);
    });

    test('waits for ever where the budget lets nothing go', async () => {
        const two = 'nodes cp-[1..3] across zones as control-plane\n nodes w-[1..2] across lab.a, lab.b as worker';
        const parts = {
            nodes: two,
            groups: 'deployment web { replicas 2  spread node  disruption-budget { max-unavailable 1 } }',
            steps: 'at 1m drain node w-1\n at 2m drain node w-2',
            until: '5m',
        };
        expect(
            await judged({
                ...parts,
                expectations: 'expect drain of w-1 done at 100s  expect drain of w-2 blocked at 4m',
            }),
        ).toEqual([]);
    });

    test('waits for the new pod of the node before', async () => {
        const parts = {
            groups: groups('max-unavailable 1', 'settings { assumed-pod-start-time = 60 }'),
            steps: 'at 1m drain node w-1\n at 70s drain node w-2',
            until: '6m',
        };
        const { run } = await play(parts);
        const [first, second] = eventsOf(run, /a pod of web on .* is evicted/);
        expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(60_000);
        expect(
            await judged({
                ...parts,
                expectations: 'expect drain of w-2 blocked at 90s  expect drain of w-2 done at 4m',
            }),
        ).toEqual([]);
    });

    test('waits while the API is away', async () => {
        const steps = 'at 1m fail node cp-1, cp-2\n at 70s drain node w-1\n at 3m restore node cp-1, cp-2';
        expect(
            await judged({
                steps,
                until: '6m',
                expectations: 'expect drain of w-1 blocked at 2m  expect drain of w-1 done at 5m',
            }),
        ).toEqual([]);
    });
});

describe('a managed control plane', () => {
    const parts = {
        nodes: 'nodes w-[1..6] across zones as worker\n assume failover takes 30s to 40s',
        steps: 'at 1m fail zone lab.a',
        until: '3m',
    };

    test('is away for the assumed time after a zone was lost', async () => {
        for (let seed = 1; seed <= 10; seed++) {
            const { run } = await play(parts, seed);
            const [lost] = eventsOf(run, /w-1 counts as not ready/);
            expect(lost!.atMs).toBeGreaterThanOrEqual(60_000 + 40_000);
            expect(lost!.atMs).toBeLessThanOrEqual(60_000 + 55_000 + 5_000);
        }
    });
});

describe('what is not modelled is refused', () => {
    test.each([
        ['at 1m wipe node cp-1', '', 'removed and added again'],
        ['at 1m stop node w-1', 'shutdownGracePeriod = 30', '`shutdownGracePeriod`'],
    ])('%s', async (steps, settings, reason) => {
        const topology = await topologyOf(clusterText({ steps, settings }));
        expect(() => runOf(topology)).toThrow(reason);
    });
});
