import {
    carriedWithin,
    servedWithin,
    singlesBy,
    type Locality,
    type Reach,
    type ServiceRules,
} from '../../../proof/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { Range } from '../required.js';

/** What a range depends on: its replicas, and in which datacenters nodes are left to coordinate. */
export function cassandraLocality(
    rules: ServiceRules,
    { topology, cluster }: EngineContext,
    ranges: ReadonlyMap<ShardId, Range>,
): Locality {
    const capacities = new Map(cluster.members.map(({ node, capacity }) => [node, capacity]));
    const nodes = [...capacities.keys()];
    const datacenterOf = (node: NodeId): number | undefined => topology.nodes[node]!.region;
    const coordinating = singlesBy(nodes, datacenterOf);
    const carrying: Reach = {
        nodes: [],
        counted: singlesBy(nodes, (node) => `${datacenterOf(node)} ${capacities.get(node)}`),
    };
    const copiesOf = (shard: ShardId): readonly NodeId[] => ranges.get(shard)!.copies;
    const around = (shard: ShardId): Reach => ({ nodes: copiesOf(shard), counted: coordinating });
    return {
        serves: (shard, operation) => servedWithin(rules, shard, operation, () => around(shard)),
        capacity: (load) => carriedWithin(rules, load, () => carrying),
        recovery: (shard) => () => around(shard),
        loss: (shard) => () => ({ nodes: copiesOf(shard) }),
    };
}
