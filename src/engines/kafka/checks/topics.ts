/** What the checks ask of a topic. */
import {
    shardsOf,
    type Demand,
    type Objective,
    type Shard,
    type ShardGroup,
    type ShardId,
    type SourceRange,
    type Topology,
} from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';

export interface Topic {
    readonly name: string;
    /** Missing for a partition that is placed outside any topic; it counts as a topic of its own. */
    readonly group?: ShardGroup;
    readonly source: SourceRange;
    /** Those that have a place; at least one. */
    readonly partitions: readonly Shard[];
    /** Replicas of the partition that has fewest. */
    readonly copies: number;
    readonly minInsync: number;
    /** Whether someone may write with `acks=all`, the default of producers. */
    readonly waitsForAll: boolean;
}

/** The topics of a cluster of which at least one partition has a place. */
export function topicsOf(context: EngineContext): readonly Topic[] {
    const { topology, cluster } = context;
    const shards = cluster.shards.flatMap((id) => topology.shards[id] ?? []).filter(({ copies }) => copies.length > 0);
    const byTopic = new Map<string, Shard[]>();
    for (const shard of shards) {
        const key = shard.group === undefined ? `shard ${shard.name}` : `group ${String(shard.group)}`;
        const partitions = byTopic.get(key) ?? [];
        byTopic.set(key, partitions);
        partitions.push(shard);
    }
    return [...byTopic.values()].map((partitions) => topicOf(context, partitions));
}

function topicOf(context: EngineContext, partitions: readonly Shard[]): Topic {
    const first = partitions[0]!;
    const group = first.group === undefined ? undefined : context.topology.groups[first.group];
    const writers = writersOf(context.topology, new Set(partitions.map(({ id }) => id)));
    return {
        name: group?.name ?? first.name,
        ...(group === undefined ? {} : { group }),
        source: group?.source ?? first.source,
        partitions,
        copies: Math.min(...partitions.map(({ copies }) => copies.length)),
        minInsync: context.number('min.insync.replicas', { shard: first }),
        waitsForAll: writers.length === 0 || writers.some((writer) => !isHasty(acksOf(writer))),
    };
}

/** Demands that write to one of these shards. */
function writersOf(topology: Topology, shards: ReadonlySet<ShardId>): readonly Demand[] {
    return topology.workloads
        .flatMap(({ demands }) => demands)
        .filter(
            ({ operation, target }) => operation === 'write' && shardsOf(topology, target).some((id) => shards.has(id)),
        );
}

/** `acks` as the demand says it; undefined: the default. */
export function acksOf({ settings }: Demand): string | undefined {
    return settings.findLast(({ key }) => key === 'acks')?.values[0]?.text;
}

/** Whether a producer with these acknowledgements does not wait for the followers. */
export function isHasty(acks: string | undefined): boolean {
    return acks === '0' || acks === '1';
}

/** The objectives that speak of one of these shards. */
export function objectivesAbout(topology: Topology, shards: readonly ShardId[]): readonly Objective[] {
    const wanted = new Set(shards);
    return topology.objectives.filter(({ targets }) =>
        targets.some((target) => shardsOf(topology, target).some((id) => wanted.has(id))),
    );
}

/** The first objective about these shards that lets no acknowledged write be lost. */
export function losesNothing(topology: Topology, shards: readonly ShardId[]): Objective | undefined {
    return objectivesAbout(topology, shards).find(({ clauses }) =>
        clauses.some((clause) => clause.kind === 'lose' && clause.limitMs === 0),
    );
}
