import {
    servedWithin,
    single,
    type Condition,
    type FailureState,
    type Locality,
    type ServiceRules,
} from '../../../proof/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

/** What a partition depends on: its replicas, how many controllers decide, and how many brokers wait to be fenced. */
export function kafkaLocality(
    rules: ServiceRules,
    context: EngineContext,
    controllers: readonly NodeId[],
    load: ReadonlyMap<ShardId, number>,
): Locality {
    const { topology } = context;
    const copiesOf = (shard: ShardId): readonly NodeId[] => topology.shards[shard]!.copies;
    const deciding = [single(controllers)];
    const fencing = [...deciding, single(topology.nodes.map(({ id }) => id))];
    return {
        serves: (shard, operation) =>
            servedWithin(rules, shard, operation, () => ({ nodes: copiesOf(shard), counted: deciding })),
        capacity: (needed) => brokersCarry(context, load, needed),
        recovery: (shard) => () => ({ nodes: copiesOf(shard), counted: fencing }),
        loss: (shard) => () => ({ nodes: copiesOf(shard) }),
    };
}

/** For each broker with a limit: what it leads in the end depends on those with which it shares partitions. */
function brokersCarry(
    { topology, cluster }: EngineContext,
    load: ReadonlyMap<ShardId, number>,
    needed: number,
): readonly Condition[] {
    const total = [...load.values()].reduce((sum, rate) => sum + rate, 0);
    return cluster.members.flatMap(({ node, capacity }): readonly Condition[] => {
        if (capacity === undefined) {
            return [];
        }
        const own = [...load]
            .map(([shard, rate]) => ({ copies: topology.shards[shard]!.copies, rate }))
            .filter(({ copies }) => copies.includes(node));
        const nodes = [...new Set(own.flatMap(({ copies }) => copies))];
        const holds = ({ alive }: FailureState): boolean => {
            const led = own.filter(({ copies }) => copies.find((copy) => alive[copy] === 1) === node);
            const rate = led.reduce((sum, each) => sum + each.rate, 0);
            return rate === 0 || needed <= (capacity * total) / rate;
        };
        return [{ reach: () => ({ nodes }), holds }];
    });
}
