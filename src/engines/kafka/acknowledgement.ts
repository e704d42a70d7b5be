/** What producers wait for. */
import { demandsOn, shardsOf, type Setting, type ShardId } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';

/** Whether a write waits for every in-sync replica; a producer that says nothing does. */
export function waitsForAll(settings: readonly Setting[]): boolean {
    const acks = settings.findLast(({ key }) => key === 'acks')?.values[0]?.text ?? 'all';
    return acks === 'all' || acks === '-1';
}

/** Who writes to a partition: some that wait for every in-sync replica, some that do not. */
export interface Producers {
    readonly patient: boolean;
    readonly hasty: boolean;
}

/** Partitions that no workload writes to are written to as Kafka does by default: `acks=all`. */
export function producersOf({ topology, cluster }: EngineContext): (shard: ShardId) => Producers {
    const known = new Map<ShardId, { patient: boolean; hasty: boolean }>();
    for (const demand of demandsOn(topology, cluster.id)) {
        if (demand.operation !== 'write') {
            continue;
        }
        for (const shard of shardsOf(topology, demand.target)) {
            const producers = known.get(shard) ?? { patient: false, hasty: false };
            producers[waitsForAll(demand.settings) ? 'patient' : 'hasty'] = true;
            known.set(shard, producers);
        }
    }
    return (shard) => known.get(shard) ?? { patient: true, hasty: false };
}

/** Requests per second that the workloads send to each shard of the cluster. */
export function loadOf({ topology, cluster }: EngineContext): ReadonlyMap<ShardId, number> {
    const load = new Map<ShardId, number>();
    for (const { rate, target } of demandsOn(topology, cluster.id)) {
        const shards = shardsOf(topology, target);
        for (const shard of shards) {
            load.set(shard, (load.get(shard) ?? 0) + rate / shards.length);
        }
    }
    return load;
}
