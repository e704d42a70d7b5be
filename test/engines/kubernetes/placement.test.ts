import { readFileSync } from 'node:fs';
import { assert, asyncProperty, constantFrom, integer, nat, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Topology } from '../../../src/topology/index.js';
import { topologyOf } from '../../support/run.js';

/** Each shard with its nodes. */
function table(topology: Topology): string {
    return topology.clusters[0]!.shards.map((id) => topology.shards[id]!)
        .map(({ name, copies }) => `${name}: ${copies.map((id) => topology.nodes[id]!.name).join(' ')}`)
        .join('\n');
}

async function podsOf(workers: string, group: string): Promise<string> {
    return table(
        await topologyOf(
            `region r { zone a  zone b  zone c }\ncluster k: kubernetes in r {\n  node cp in r.a as control-plane\n  ${workers}\n  ${group}\n}`,
        ),
    );
}

const NINE = 'nodes w-[1..9] across zones as worker';

test('the example, by hand', async () => {
    const topology = await topologyOf(readFileSync('examples/kubernetes.cluster', 'utf8'));
    // Workers by zone: a has 1, 4, 7; b has 2, 5, 8; c has 3, 6, 9. No pod stands on a control-plane node.
    // web, 6 pods: one in each zone in order of the zones, on the first worker of each (1, 2, 3); then again one in each
    // zone, on the second worker, which has none yet (4, 5, 6).
    // api, 4 pods: 1, 2, 3, then zone a again on its second worker, 4. Other groups do not count.
    // db, 3 pods: 1, 2, 3.
    expect(table(topology)).toBe(
        [
            'web: worker-1 worker-2 worker-3 worker-4 worker-5 worker-6',
            'api: worker-1 worker-2 worker-3 worker-4',
            'db: worker-1 worker-2 worker-3',
        ].join('\n'),
    );
});

describe('where pods go', () => {
    test('over zones first, however many workers each has', async () => {
        // Zone a has 1, 2, 3 and zone b has 4: the pods alternate, and the one worker of b takes every second.
        const uneven = 'nodes w-[1..3] in r.a as worker\n  node w-4 in r.b as worker';
        expect(await podsOf(uneven, 'deployment web { replicas 6  spread zone }')).toBe('web: w-1 w-4 w-2 w-4 w-3 w-4');
        // Without `spread` the scheduler prefers the same.
        expect(await podsOf(uneven, 'deployment web { replicas 3 }')).toBe('web: w-1 w-4 w-2');
        // Over nodes alone zones do not count.
        expect(await podsOf(uneven, 'deployment web { replicas 5  spread node }')).toBe('web: w-1 w-2 w-3 w-4 w-1');
        expect(await podsOf(uneven, 'deployment web { replicas 2  spread none }')).toBe('web: w-1 w-2');
    });

    test('more pods than workers share them', async () => {
        expect(await podsOf('nodes w-[1..2] across zones', 'deployment web { replicas 5 }')).toBe(
            'web: w-1 w-2 w-1 w-2 w-1',
        );
    });

    test('a DaemonSet has one pod on each worker', async () => {
        expect(await podsOf('nodes w-[1..4] across zones', 'daemonset logs')).toBe('logs: w-1 w-2 w-3 w-4');
    });

    test('pods that the file places stay, and the others go where fewest are', async () => {
        // Pod 1 is in zone a, so pods 0 and 2 go to b and c; then a is first again, on its next worker.
        expect(await podsOf(NINE, 'deployment web {\n replicas 4\n pod 1 on w-7\n}')).toBe('web: w-2 w-7 w-3 w-1');
    });

    test('a group that names all its pods needs no number of replicas', async () => {
        expect(await podsOf(NINE, 'statefulset db {\n pod 1 on w-3\n pod 0 on w-1\n}')).toBe('db: w-1 w-3');
        expect(await podsOf(NINE, 'statefulset db {\n pod 2 on w-3\n}')).toBe('db: w-1 w-2 w-3');
    });

    test.each([
        ['a pod beyond the number of replicas', 'deployment web {\n replicas 1\n pod 1 on w-1\n}', 'out-of-bounds'],
        ['a pod on two nodes', 'deployment web {\n pod 0 on w-1, w-2\n}', 'out-of-bounds'],
        ['one pod twice', 'deployment web {\n replicas 2\n pod 0 on w-1\n pod 0 on w-2\n}', 'duplicate'],
        ['a pod on a control-plane node', 'deployment web {\n pod 0 on cp\n}', 'copy-on-stranger'],
        ['a pod outside of a group', 'deployment web\n  pod 0 on w-1', 'unknown-word'],
        ['a count of pods that the group does not have', 'deployment web { pods 3 }', 'unknown-property'],
        ['a budget for a DaemonSet', 'daemonset logs { disruption-budget { max-unavailable 1 } }', 'unknown-property'],
    ])('%s is refused', async (_, group, code) => {
        await expect(podsOf(NINE, group)).rejects.toThrow(code);
    });

    test('a cluster without workers cannot run pods', async () => {
        await expect(podsOf('node cp-2 in r.a as control-plane', 'deployment web')).rejects.toThrow('has no worker');
    });
});

test('the model has budgets, required pods and copies of each group', async () => {
    const topology = await topologyOf(
        `region r { zone a  zone b }
        cluster k: kubernetes in r {
          nodes cp-[1..3] across zones as control-plane
          nodes w-[1..4] across zones as worker
          deployment web { replicas 4  disruption-budget { min-available 50% } }
          statefulset db { replicas 3  required 2  disruption-budget { max-unavailable 1 } }
          daemonset logs { required 2 }
        }`,
    );
    expect(
        topology.groups.map(({ name, copies, required, disruptionBudget: budget }) => ({
            name,
            copies,
            required,
            bounds: budget && [budget.minAvailable, budget.maxUnavailable],
        })),
    ).toEqual([
        { name: 'web', copies: 4, required: undefined, bounds: [{ kind: 'share', value: 0.5 }, undefined] },
        { name: 'db', copies: 3, required: 2, bounds: [undefined, { kind: 'count', value: 1 }] },
        { name: 'logs', copies: 4, required: 2, bounds: undefined },
    ]);
    expect(topology.shards.filter(({ group }) => group !== undefined).map(({ name }) => name)).toEqual([
        'web',
        'db',
        'logs',
    ]);
});

const shape = record({
    replicas: integer({ min: 1, max: 12 }),
    inA: integer({ min: 1, max: 4 }),
    inB: nat({ max: 4 }),
    spread: constantFrom('zone', 'node'),
});

test('pods are spread evenly over what they are spread over, on workers alone', async () => {
    const isEven = asyncProperty(shape, async ({ replicas, inA, inB, spread }) => {
        const second = inB === 0 ? '' : `nodes b-[1..${inB}] in r.b as worker`;
        const topology = await topologyOf(
            `region r { zone a  zone b }\ncluster k: kubernetes in r {\n  nodes cp-[1..3] in r.a as control-plane\n  nodes a-[1..${inA}] in r.a as worker\n  ${second}\n  deployment web { replicas ${replicas}  spread ${spread} }\n}`,
        );
        const names = topology.shards[0]!.copies.map((id) => topology.nodes[id]!.name);
        const workers = topology.nodes.map(({ name }) => name).filter((name) => !name.startsWith('cp'));
        const areas = spread === 'zone' ? [...new Set(workers.map((name) => name[0]!))] : workers;
        const onEach = areas.map((area) => names.filter((name) => name.startsWith(area)).length);
        expect(onEach.reduce((sum, each) => sum + each, 0)).toBe(replicas);
        expect(Math.max(...onEach) - Math.min(...onEach)).toBeLessThanOrEqual(1);
    });
    await assert(isEven, { numRuns: 40 });
});
