import { assertNever } from './assert.js';
import type { Cluster, Operation, Shard, ShardId, Target, Topology } from './model.js';

/** What of a design targets name. */
type Named = 'clusters' | 'groups' | 'shards' | 'workloads';

/** The shards that a target stands for; for a workload those that it asks, by this operation alone if one is named. */
export function shardsOf(topology: Pick<Topology, Named>, target: Target, operation?: Operation): readonly ShardId[] {
    switch (target.kind) {
        case 'cluster': {
            const cluster = topology.clusters[target.cluster];
            return cluster === undefined ? [] : servingShards(cluster);
        }
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

/** The shards whose leader a target's leader is: that of a whole cluster leads its control plane, where it has one. */
export function ledShards(topology: Pick<Topology, Named>, target: Target): readonly ShardId[] {
    const controlPlane = target.kind === 'cluster' ? topology.clusters[target.cluster]?.controlPlane : undefined;
    return controlPlane === undefined ? shardsOf(topology, target) : [controlPlane.shard];
}

export function isControlPlane(topology: Topology, { id, cluster }: Shard): boolean {
    return topology.clusters[cluster]?.controlPlane?.shard === id;
}

/** Whether the shard's copies are equals, so that none of them leads. */
export function isLeaderless({ groups }: Pick<Topology, 'groups'>, { group }: Shard): boolean {
    return group !== undefined && groups[group]?.leaderless === true;
}

/** Whether nobody ever leads any part of the target, since its members are equals. */
export function isLedByNobody(topology: Pick<Topology, Named>, target: Target): boolean {
    const shards = ledShards(topology, target);
    return (
        shards.length > 0 &&
        shards.every((id) => {
            const shard = topology.shards[id];
            const cluster = shard && topology.clusters[shard.cluster];
            const takesTurns = cluster?.failover?.kind === 'active-active' && shard?.name === cluster.name;
            const isAddress = cluster?.address !== undefined;
            return shard !== undefined && (takesTurns || isAddress || isLeaderless(topology, shard));
        })
    );
}

/** Whether clients read and write the shard: all but control planes that only decide. */
export function isServed(topology: Topology, shard: Shard): boolean {
    return !isControlPlane(topology, shard) || topology.clusters[shard.cluster]?.controlPlane?.serves === true;
}

function servingShards({ shards, controlPlane }: Cluster): readonly ShardId[] {
    return controlPlane?.serves === true ? [...shards, controlPlane.shard] : shards;
}
