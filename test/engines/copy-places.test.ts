/** No two copies of a shard ever stand on one node: every system that makes copies tells the simulator where, which looks. */
import { expect, test } from 'vitest';
import { behaviourFactory } from '../../src/analysis/models.js';
import { simulate, type BehaviourFactory, type World } from '../../src/simulator/index.js';
import type { NodeId, ShardId, Topology } from '../../src/topology/index.js';
import { topologyOf } from '../support/run.js';

type Placed = readonly [shard: string, ...nodes: readonly string[]];

/** Where copies were told to stand while the first scenario ran, in order. */
function placesTold(topology: Topology): readonly Placed[] {
    const told: Placed[] = [];
    simulate(topology, topology.scenarios[0]!, (cluster): BehaviourFactory => {
        const make = behaviourFactory(topology, cluster);
        return (world) => {
            const heard: World = Object.create(world, {
                placed: {
                    value: (shard: ShardId, nodes: readonly NodeId[]) => {
                        told.push([topology.shards[shard]!.name, ...nodes.map((node) => topology.nodes[node]!.name)]);
                        world.placed(shard, nodes);
                    },
                },
            }) as World;
            return make(heard);
        };
    });
    return told;
}

test('Elasticsearch tells of every copy that it makes anew', async () => {
    const topology = await topologyOf(`
        region r { zone a  zone b  zone c }
        cluster es: elasticsearch in r {
            nodes m-[1..3] across zones as master
            nodes d-[1..3] across zones as data
            index p { replicas 1  shard 0 on d-1, d-2 }
        }
        scenario s { at 10s fail node d-2  until 5m }`);
    expect(placesTold(topology)).toContainEqual(['p.0', 'd-1', 'd-3']);
});

test('so does HDFS', async () => {
    const topology = await topologyOf(`
        region r { zone a }
        cluster lake: hadoop in r {
            node nn-1 as namenode
            nodes d-[1..4] as datanode
            files f { blocks 1  replicas 3 }
        }
        scenario s { at 10s fail node d-1  until 30m }`);
    const [last] = placesTold(topology);
    expect(last?.[0]).toBe('f.0');
    expect(last).toHaveLength(1 + 4);
});

test('two copies on one node end the run', async () => {
    const topology = await topologyOf(`
        region r { zone a }
        cluster c: server in r { nodes n-[1..2] across zones }
        scenario s { until 10s }`);
    const make = behaviourFactory(topology, topology.clusters[0]!);
    const run = (nodes: readonly NodeId[]): unknown =>
        simulate(topology, topology.scenarios[0]!, () => (world) => {
            world.placed(0, nodes);
            return make(world);
        });
    expect(() => run([0, 1])).not.toThrow();
    expect(() => run([1, 0, 1])).toThrow('Invariant broken at 0 ms (seed 1): two copies of c stand on n-2.');
});
