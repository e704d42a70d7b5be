import { assertNever } from './assert.js';
import type { Operation, ShardId, Target, Topology } from './model.js';

/** The shards that a target stands for; for a workload those that it asks, by this operation alone if one is named. */
export function shardsOf(topology: Topology, target: Target, operation?: Operation): readonly ShardId[] {
    switch (target.kind) {
        case 'cluster':
            return topology.clusters[target.cluster]?.shards ?? [];
        case 'group':
            return topology.groups[target.group]?.shards ?? [];
        case 'shard':
            return [target.shard];
        case 'workload': {
            const demands = topology.workloads[target.workload]?.demands ?? [];
            const asked = demands.filter((demand) => operation === undefined || demand.operation === operation);
            return asked.flatMap((demand) => shardsOf(topology, demand.target));
        }
        default:
            return assertNever(target);
    }
}
