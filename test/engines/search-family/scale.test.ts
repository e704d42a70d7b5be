/** Large clusters are simulated by asking one node of each kind: what that spares, and that it makes no difference. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elasticsearchCluster } from '../../../bench/large/elasticsearch.js';
import { engineContext, findEngine } from '../../../src/engines/index.js';
import { simulate, type ClusterBehaviour, type Run, type StreamContext } from '../../../src/simulator/index.js';
import type { Topology } from '../../../src/topology/index.js';
import { runOf, topologyOf } from '../../support/run.js';
import { clusterText, PRODUCTS } from './failures.js';

/** The same run, with something done to how alike requests are. */
function runWith(
    topology: Topology,
    seed: number,
    steadiness: (behaviour: ClusterBehaviour, context: StreamContext) => ReturnType<ClusterBehaviour['steadiness']>,
): Run {
    return simulate(
        topology,
        topology.scenarios[0]!,
        (cluster) => (world) => {
            const engine = findEngine(cluster.engine)!;
            const behaviour = engine.behaviour!(engineContext(topology, cluster, engine), world);
            return new Proxy(behaviour, {
                get(target, key: keyof ClusterBehaviour) {
                    const member: unknown = Reflect.get(target, key);
                    return key === 'steadiness'
                        ? (context: StreamContext) => steadiness(target, context)
                        : typeof member === 'function'
                          ? (member.bind(target) as unknown)
                          : member;
                },
            });
        },
        { seed },
    );
}

const QUICK = `
    cluster.fault_detection.follower_check.timeout = 1s
    cluster.fault_detection.leader_check.timeout = 1s
    cluster.publish.timeout = 3s
    index.unassigned.node_left.delayed_timeout = 2s
    assumed.shard_size = 40mb`;

const UNTIL_MS = 25_000;

const story = fc.record({
    product: fc.constantFrom(...PRODUCTS),
    data: fc.integer({ min: 2, max: 5 }),
    replicas: fc.nat({ max: 2 }),
    block: fc.constantFrom('write', 'all', 'metadata_write'),
    steps: fc.constantFrom(
        'at 3s fail zone r.a',
        'at 3s fail node d-1',
        'at 3s crash node d-1, m-1\nat 12s restart node d-1',
        'at 3s freeze node d-2\nat 12s unfreeze node d-2',
        'at 3s partition r.a | r.b, r.c\nat 14s heal',
        'at 3s isolate node d-1\nat 14s restore node d-1',
        'at 3s cut node d-1 -> node d-2\nat 14s heal',
        'at 3s slow zone r.a by 30ms\nat 14s slow zone r.a by 0ms',
    ),
    seed: fc.nat({ max: 10_000 }),
});

type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;

function textOf({ product, data, replicas, block, steps }: Story, workload: string): string {
    const key = product === 'elasticsearch' ? 'no_master_block' : 'no_cluster_manager_block';
    return clusterText({
        product,
        nodes: `nodes m-[1..3] across zones as MANAGER\nnodes d-[1..${data}] across zones as data`,
        index: `index x { shards 3  replicas ${replicas} }`,
        settings: `${QUICK}\ncluster.${key} = ${block}`,
        workload,
        steps,
        until: `${UNTIL_MS}ms`,
    });
}

test('what one node of each kind answers, counted in one step, is what the probe finds request by request', async () => {
    await fc.assert(
        fc.asyncProperty(story, async (told) => {
            const topology = await topologyOf(textOf(told, ''));
            const [together, apart] = [
                runOf(topology, told.seed),
                runWith(topology, told.seed, () => ({ kind: 'varies' })),
            ];
            // A request that is under way at the end has no outcome, unless it was counted with those that hang.
            const settled = (run: Run): readonly string[] =>
                run.outages
                    .filter(({ sentMs }) => sentMs < UNTIL_MS - 1000)
                    .map(
                        ({ shard, operation, fromMs, toMs, form, sentMs }) =>
                            `${shard} ${operation} ${sentMs}: ${fromMs} ${toMs} ${form}`,
                    );
            expect(settled(together)).toEqual(settled(apart));
            expect(together.leaders).toEqual(apart.leaders);
        }),
        { numRuns: Number(process.env['RUNS'] ?? 25) },
    );
}, 600_000);

test('clients that learn see about as many failures whether their requests are counted together or simulated one by one', async () => {
    const workload = 'workload w in r.b { reads k.x 60/s  writes k.x 30/s with timeout = 200ms }';
    await fc.assert(
        fc.asyncProperty(story, async (told) => {
            const topology = await topologyOf(textOf(told, workload));
            const share = (run: Run): readonly number[] => run.workloads.map(({ ok, sent }) => ok / sent);
            const together = share(runOf(topology, told.seed));
            const apart = share(runWith(topology, told.seed, () => ({ kind: 'varies' })));
            // Requests that are counted together take no turns, so that those which hang come to the few nodes in another
            // order and the client passes over them at other times.
            together.forEach((value, index) => expect(Math.abs(value - apart[index]!)).toBeLessThan(0.12));
        }),
        { numRuns: Number(process.env['RUNS'] ?? 25) },
    );
}, 600_000);

test('three hundred nodes lose a zone: clients are asked to look again a few times, not at every change', async () => {
    const topology = await topologyOf(elasticsearchCluster(300));
    let asked = 0;
    const run = runWith(topology, 1, (behaviour, context) => {
        asked++;
        return behaviour.steadiness(context);
    });
    const streams = 2 * topology.shards.filter(({ group }) => group !== undefined).length;
    expect(asked / streams).toBeLessThan(60);
    expect(run.lostWrites).toEqual([]);
    expect(run.outages.every(({ toMs }) => toMs !== null && toMs < 30_000 + 120_000)).toBe(true);
});
