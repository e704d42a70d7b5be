import {
    carriedWithin,
    servedWithin,
    single,
    singlesBy,
    type FailureState,
    type Locality,
    type Reach,
    type ServiceRules,
} from '../../../proof/index.js';
import type { NodeId, Operation, ShardId } from '../../../topology/index.js';
import type { HadoopConfig } from '../config.js';

export interface BlockRules {
    readonly config: HadoopConfig;
    /** NameNodes that may be active at the start. */
    readonly mayBeActive: readonly NodeId[];
    readonly capacities: ReadonlyMap<NodeId, number>;
    isNamespace(shard: ShardId): boolean;
    copies(shard: ShardId): readonly NodeId[];
    /** DataNodes in the order in which a writer of the block is led to them, after its copies. */
    turns(shard: ShardId): Iterable<NodeId>;
    /** Copies that a writer asks for. */
    wanted(shard: ShardId): number;
}

/** The namespace depends on how many of each role live; a block on its copies, and its writers on DataNodes that come next. */
export function hadoopLocality(rules: ServiceRules, blocks: BlockRules): Locality {
    const { namenodes, journalnodes, zookeepers, watched, datanodes } = blocks.config;
    const roles = [namenodes, blocks.mayBeActive, journalnodes, zookeepers, watched].map(single);
    const all = [...roles, single(datanodes)];
    const byCapacity: Reach = { nodes: [], counted: singlesBy(datanodes, (node) => blocks.capacities.get(node)) };
    // Only the loss of the first can be shown by a run, which begins with it.
    const first = blocks.mayBeActive.slice(0, 1);
    const asked = (shard: ShardId, operation: Operation): Reach =>
        operation === 'read' && !blocks.isNamespace(shard)
            ? { nodes: [...first, ...blocks.copies(shard)], counted: roles }
            : { nodes: first, counted: all };
    return {
        serves: (shard, operation) => servedWithin(rules, shard, operation, () => asked(shard, operation)),
        capacity: (load) => carriedWithin(rules, load, () => byCapacity),
        recovery: (shard, operation) => (struck, more) => ({
            nodes: [
                ...first,
                ...(blocks.isNamespace(shard) ? [] : blocks.copies(shard)),
                ...(blocks.isNamespace(shard) || operation === 'read' ? [] : onTheWay(blocks, shard, struck, more)),
            ],
            // How many are stale decides whether writers are kept away from them.
            counted: operation === 'write' && blocks.config.avoidsStaleWrites ? all : roles,
        }),
        loss: (shard) => () => ({ nodes: blocks.isNamespace(shard) ? [] : blocks.copies(shard) }),
    };
}

/** So many living DataNodes that a writer finds enough of them even if `more` die. */
function onTheWay(blocks: BlockRules, shard: ShardId, { alive }: FailureState, more: number): readonly NodeId[] {
    const found: NodeId[] = [];
    let left = blocks.wanted(shard) + more;
    for (const node of blocks.turns(shard)) {
        if (left <= 0) {
            break;
        }
        left -= alive[node] ?? 0;
        found.push(node);
    }
    return found;
}
