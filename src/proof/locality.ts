/** On how little an answer of an engine's rules depends, so that few failure sets decide all of them. */
import type { NodeId, Operation, ShardId } from '../topology/index.js';
import type { FailureState, ServiceRules } from './rules.js';

/**
 * Nodes of which the rules ask in one breath, such as the copies of a shard, each in its own position; or one node, where they
 * only count.
 */
export type Block = readonly NodeId[];

/**
 * What an answer depends on besides which zones and regions are dark. Two sets of failures get the same answer if the same of
 * `nodes` are dead and if, in each list of `counted`, equally many blocks are dead in the same positions.
 */
export interface Reach {
    /** It matters which of these live. */
    readonly nodes: readonly NodeId[];
    /** Of each list it matters only how many of its blocks are hit, and in which positions. Best the same array for all shards. */
    readonly counted?: readonly (readonly Block[])[];
}

/**
 * The reach of an answer once `struck` has lost power and as long as at most `more` further nodes, wherever they stand, lose it as
 * well.
 */
export type ReachOf = (struck: FailureState, more: number) => Reach;

/** One of several conditions that must all hold. */
export interface Condition {
    readonly reach: ReachOf;
    holds(state: FailureState): boolean;
}

/** The reach of every answer of some rules. Everything that it leaves out must never change the answer. */
export interface Locality {
    /** Conditions that all hold exactly where the shard is served. Those that several shards share are the same objects. */
    serves(shard: ShardId, operation: Operation): readonly Condition[];
    /** Conditions that all hold exactly where the survivors carry so many requests per second. */
    capacity(load: number): readonly Condition[];
    recovery(shard: ShardId, operation: Operation): ReachOf;
    loss(shard: ShardId): ReachOf;
}

/** Nodes that are only counted. */
export function single(nodes: readonly NodeId[]): readonly Block[] {
    return nodes.map((node) => [node]);
}

/** Nodes in lists of those that are alike in what `key` says. */
export function singlesBy(nodes: readonly NodeId[], key: (node: NodeId) => unknown): readonly (readonly Block[])[] {
    const lists = new Map<unknown, NodeId[]>();
    for (const node of nodes) {
        const list = lists.get(key(node));
        if (list === undefined) {
            lists.set(key(node), [node]);
        } else {
            list.push(node);
        }
    }
    return [...lists.values()].map(single);
}

/** What `serves` itself says, as the only condition. */
export function servedWithin(
    rules: ServiceRules,
    shard: ShardId,
    operation: Operation,
    reach: ReachOf,
): readonly Condition[] {
    return [{ reach, holds: (state) => rules.serves(shard, operation, state).serves }];
}

/** What `capacity` itself says, as the only condition. */
export function carriedWithin(rules: ServiceRules, load: number, reach: ReachOf): readonly Condition[] {
    return [{ reach, holds: (state) => load <= rules.capacity(state) }];
}

/** Where all answers of some rules depend on the same, but for what is carried. */
export function localityWithin(rules: ServiceRules, reach: Reach, capacity: Reach = reach): Locality {
    return {
        serves: (shard, operation) => servedWithin(rules, shard, operation, () => reach),
        capacity: (load) => carriedWithin(rules, load, () => capacity),
        recovery: () => () => reach,
        loss: () => () => reach,
    };
}
