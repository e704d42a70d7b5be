import {
    carriedWithin,
    single,
    singlesBy,
    type Block,
    type Condition,
    type FailureState,
    type Locality,
    type Reach,
    type ServiceRules,
} from '../../../proof/index.js';
import type { Member, NodeId, Operation, Shard, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

export interface CopyRules {
    readonly eligible: readonly Member[];
    readonly electable: readonly Member[];
    /** Of the eligible those that have a vote when a run begins. */
    readonly firstVoters: readonly NodeId[];
    readonly data: readonly Member[];
    /** Nodes that take requests. */
    readonly entries: readonly Block[];
    /** Copies that the most demanding writer waits for. */
    readonly copiesAsked: (shard: Shard) => number;
    /** Copies of what the shard's clients ask for besides, and which they could miss when one of these is gone. */
    readonly besides: (shard: ShardId, operation: Operation) => readonly NodeId[];
    /** Whether it is served as long as its clients miss no whole shard, and whether they do. */
    readonly isServed: (shard: ShardId, operation: Operation, state: FailureState) => boolean;
    readonly missing: (shard: ShardId, operation: Operation) => readonly Condition[];
}

/**
 * What a shard depends on: its copies, whether a manager can be elected, and for how long clients meet dead nodes. Where writes
 * wait for copies that have to be made anew, also on all nodes that might take them.
 */
export function searchLocality(
    rules: ServiceRules,
    { topology, cluster }: EngineContext,
    { eligible, electable, firstVoters, data, entries, copiesAsked, besides, isServed, missing }: CopyRules,
): Locality {
    const voting = [eligible, electable].map((members) => single(members.map(({ node }) => node)));
    const noticing = [...voting, entries, single(topology.nodes.map(({ id }) => id))];
    const capacities = new Map(data.map(({ node, capacity }) => [node, capacity]));
    const carrying: Reach = {
        nodes: [],
        counted: singlesBy([...capacities.keys()], (node) => capacities.get(node)),
    };
    const everyone = cluster.members.map(({ node }) => node);
    const mayLackCopies = (shard: Shard, operation: Operation, { alive }: FailureState, more: number): boolean =>
        operation === 'write' &&
        copiesAsked(shard) > 1 &&
        shard.copies.filter((node) => alive[node] === 1).length - more < copiesAsked(shard);
    const around =
        (id: ShardId, operation: Operation, counted: NonNullable<Reach['counted']>) =>
        (struck: FailureState, more: number): Reach => {
            const shard = topology.shards[id]!;
            return { nodes: mayLackCopies(shard, operation, struck, more) ? everyone : shard.copies, counted };
        };
    // Whether a run can show that nobody is elected depends on which of them fails.
    const withoutVote = eligible.map(({ node }) => node).filter((node) => !firstVoters.includes(node));
    const served = (shard: ShardId, operation: Operation) => {
        // Clients that are led back to dead nodes need dead nodes to be led back to.
        const reach = around(shard, operation, [...voting, entries]);
        const others = besides(shard, operation);
        return (struck: FailureState, more: number): Reach => {
            const { nodes, counted } = reach(struck, more);
            return { nodes: [...nodes, ...withoutVote, ...others], ...(counted && { counted }) };
        };
    };
    return {
        serves: (shard, operation) => [
            { reach: served(shard, operation), holds: (state) => isServed(shard, operation, state) },
            ...missing(shard, operation),
        ],
        capacity: (load) => carriedWithin(rules, load, () => carrying),
        recovery: (shard, operation) => {
            const reach = around(shard, operation, noticing);
            const isLed = besides(shard, operation).length > 0;
            return (struck: FailureState, more: number): Reach =>
                isLed ? { ...reach(struck, more), nodes: everyone } : reach(struck, more);
        },
        loss: (shard) => () => ({ nodes: topology.shards[shard]!.copies }),
    };
}
