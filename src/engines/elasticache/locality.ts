import type { Block, Condition, FailureState, Locality, ReachOf } from '../../proof/index.js';
import type { NodeId, Operation, Shard, ShardId } from '../../topology/index.js';

/** What the rules say of a shard by itself, and of all nodes together. */
export interface ShardRules {
    /** Whether the shard does its part, wherever nodes answer at all. */
    answers(shard: Shard, operation: Operation, state: FailureState): boolean;
    /** Whether nodes answer at all. */
    isOpen(operation: Operation, state: FailureState): boolean;
    /** Requests per second that all shards carry together if none is weaker; undefined: no member declares a limit. */
    readonly carries: ((shard: Shard, state: FailureState) => number) | undefined;
    /** Whether a copy in another Region can be promoted, which loses writes, once all shards together no longer answer. */
    readonly isCopied: boolean;
    /** Whether the provider creates the node anew should it die by itself, or has to if it is dead. */
    comesBack(node: NodeId, state: FailureState): boolean;
}

/** How many shards have a primary concerns all of them, the rest only the own copies. */
export function elasticacheLocality(shards: readonly Shard[], own: ShardRules): Locality {
    const byId = new Map<ShardId, Shard>(shards.map((shard) => [shard.id, shard]));
    const copiesOf = (id: ShardId): readonly NodeId[] => byId.get(id)?.copies ?? [];
    const known = new WeakMap<FailureState, readonly (readonly Block[])[]>();
    const familiesIn = (struck: FailureState): readonly (readonly Block[])[] => {
        const families = known.get(struck) ?? familiesOf(shards, (node) => own.comesBack(node, struck));
        known.set(struck, families);
        return families;
    };
    const open = (operation: Operation): Condition => ({
        reach: (struck) => ({ nodes: [], counted: familiesIn(struck) }),
        holds: (state) => own.isOpen(operation, state),
    });
    const isOpen: Readonly<Record<Operation, Condition>> = { read: open('read'), write: open('write') };
    const of = (shard: Shard, holds: (state: FailureState) => boolean): Condition => ({
        reach: () => ({ nodes: shard.copies }),
        holds,
    });
    const ofAll = (id: ShardId): ReachOf => {
        return (struck) => ({ nodes: copiesOf(id), counted: familiesIn(struck) });
    };
    const { carries } = own;
    return {
        serves: (id, operation) => {
            const shard = byId.get(id)!;
            return [of(shard, (state) => own.answers(shard, operation, state)), isOpen[operation]];
        },
        capacity: (load) =>
            carries === undefined ? [] : shards.map((shard) => of(shard, (state) => load <= carries(shard, state))),
        recovery: ofAll,
        loss: (id) => (own.isCopied ? ofAll(id) : () => ({ nodes: copiesOf(id) })),
    };
}

/** Shards whose copies can change places. */
function familiesOf(shards: readonly Shard[], comesBack: (node: NodeId) => boolean): readonly (readonly Block[])[] {
    const families = new Map<string, Block[]>();
    for (const { copies } of shards) {
        const look = copies.map((node) => (comesBack(node) ? 1 : 0)).join('');
        const family = families.get(look) ?? [];
        family.push(copies);
        families.set(look, family);
    }
    return [...families.values()];
}
