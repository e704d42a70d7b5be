/** Where the shards of one cluster are made. */
import type { Engine, SettingReader } from '../../engines/index.js';
import type { Cluster, NodeId, Setting, Shard, ShardGroup, ShardId, SourceRange } from '../../topology/index.js';
import type { Unplaced } from './placement.js';
import type { Draft, Resolution } from './state.js';

/** What the shards of one cluster are made from. */
export interface Workshop {
    readonly cluster: Draft<Cluster>;
    readonly engine: Engine;
    readonly settings: SettingReader;
    readonly resolution: Resolution;
    /** Shards that the engine has to place, by their id. */
    readonly unplaced: Unplaced[];
}

/** A shard before it has a number. */
export interface ShardPlan {
    readonly name: string;
    readonly group?: number;
    readonly settings: readonly Setting[];
    readonly source: SourceRange;
}

export function addUnplaced(
    plan: ShardPlan,
    copies: number,
    workshop: Workshop,
    group?: ShardGroup,
    given?: ReadonlyMap<number, NodeId>,
): ShardId | undefined {
    const id = addShard(plan, [], 'engine', workshop);
    if (id !== undefined) {
        workshop.resolution.copies += copies;
        workshop.unplaced.push({
            shard: id,
            name: plan.name,
            copies,
            source: plan.source,
            ...(group ? { group } : {}),
            ...(given ? { given } : {}),
        });
    }
    return id;
}

export function addShard(
    plan: ShardPlan,
    copies: readonly NodeId[],
    placedBy: Shard['placedBy'],
    workshop: Workshop,
): ShardId | undefined {
    const { cluster, resolution } = workshop;
    const ids = resolution.shardIds.get(cluster.id);
    const known = ids?.get(plan.name);
    if (known !== undefined) {
        const first = resolution.shards[known];
        resolution.report.error(
            'language/duplicate',
            plan.source,
            `${cluster.name} has a shard '${plan.name}' already.`,
            'Give one of them another name.',
            first && [{ source: first.source, message: 'It is declared here first.' }],
        );
        return undefined;
    }
    const id = resolution.shards.length;
    resolution.copies += copies.length;
    resolution.shards.push({ id, cluster: cluster.id, ...plan, copies, placedBy });
    cluster.shards.push(id);
    ids?.set(plan.name, id);
    return id;
}
