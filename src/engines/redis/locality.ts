import {
    servedWithin,
    single,
    type Condition,
    type FailureState,
    type Locality,
    type ServiceRules,
} from '../../proof/index.js';
import type { NodeId, Shard, ShardId } from '../../topology/index.js';
import { quorum } from './config.js';

/** What the rules say of single shards. */
export interface ShardRules {
    /** Replicas that may be promoted, whoever lives. */
    mayLead(shard: Shard): readonly NodeId[];
    hasOwner(shard: Shard, state: FailureState): boolean;
    /** Asked only of a shard that has an owner. */
    takesWrites(shard: Shard, state: FailureState): boolean;
    /** Requests per second that all owners carry together if none is weaker than this shard's. */
    carries(shard: Shard, state: FailureState): number;
}

/** Votes and uncovered slots concern every shard, the rest only the own copies. */
export function redisLocality(
    rules: ServiceRules,
    shards: readonly Shard[],
    own: ShardRules,
    { fullCoverage, readsWhenDown }: { readonly fullCoverage: boolean; readonly readsWhenDown: boolean },
): Locality {
    const byId = new Map<ShardId, Shard>(shards.map((shard) => [shard.id, shard]));
    const copiesOf = (id: ShardId): readonly NodeId[] => byId.get(id)?.copies ?? [];
    const primaries = shards.flatMap(({ copies }) => copies.slice(0, 1));
    const voting = [single(primaries)];
    const votes: Condition = {
        reach: () => ({ nodes: [], counted: voting }),
        holds: ({ alive }) => primaries.filter((node) => alive[node] === 1).length >= quorum(shards.length),
    };
    const families = familiesOf(shards, own);
    const coverage: Condition = {
        reach: () => ({ nodes: [], counted: families }),
        holds: (state) => shards.every((shard) => own.hasOwner(shard, state)),
    };
    const of = (shard: Shard, holds: (state: FailureState) => boolean): Condition => ({
        reach: () => ({ nodes: shard.copies }),
        holds,
    });
    const owned = new Map(shards.map((shard) => [shard.id, of(shard, (state) => own.hasOwner(shard, state))]));
    return {
        serves: (id, operation) => {
            const shard = byId.get(id)!;
            if (operation === 'read' && readsWhenDown) {
                return servedWithin(rules, id, operation, () => ({ nodes: shard.copies, counted: voting }));
            }
            const takes = of(shard, (state) => !own.hasOwner(shard, state) || own.takesWrites(shard, state));
            return [votes, fullCoverage ? coverage : owned.get(id)!, ...(operation === 'write' ? [takes] : [])];
        },
        capacity: (load) => shards.map((shard) => of(shard, (state) => load <= own.carries(shard, state))),
        recovery: (id) => () => ({ nodes: copiesOf(id), counted: families }),
        loss: (id) => () => ({ nodes: copiesOf(id) }),
    };
}

/** Shards whose copies can change places: as many, and the same of them may be promoted. */
function familiesOf(shards: readonly Shard[], own: ShardRules): readonly (readonly (readonly NodeId[])[])[] {
    const families = new Map<string, (readonly NodeId[])[]>();
    for (const shard of shards) {
        const heirs = new Set(own.mayLead(shard));
        const look = shard.copies.map((node) => (heirs.has(node) ? 1 : 0)).join('');
        const family = families.get(look) ?? [];
        family.push(shard.copies);
        families.set(look, family);
    }
    return [...families.values()];
}
