/** The groups of pods of a cluster as failures meet them. */
import type { NodeId, ShardGroup, ShardId } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import { spreadRule, type SpreadRule } from './spread.js';

export interface PodSet {
    readonly group: ShardGroup;
    readonly shard: ShardId;
    /** Node of each pod at the start, by its number. */
    readonly nodes: readonly NodeId[];
    /** Pods that make it available. */
    readonly required: number;
    /** How long its pods stay bound to a node that is not ready, in ms. */
    readonly tolerationMs: number;
    readonly spread: SpreadRule;
}

export function podSets(context: EngineContext): readonly PodSet[] {
    return context.cluster.groups.flatMap((id) => {
        const group = context.topology.groups[id]!;
        return group.shards.map((shard) => ({
            group,
            shard,
            nodes: context.topology.shards[shard]!.copies,
            required: group.required ?? 1,
            tolerationMs: context.duration('tolerationSeconds', { group }),
            spread: spreadRule(context, group),
        }));
    });
}
