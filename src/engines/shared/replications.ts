/** Clusters of one system that copy each other across Regions. */
import type { Cluster, RegionId, Replication, Topology } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';

export interface ReplicationPartner {
    readonly cluster: Cluster;
    readonly replication: Replication;
}

/** Clusters of the same engine that hold a copy of this one. */
export function secondariesOf({ topology, cluster }: EngineContext): readonly ReplicationPartner[] {
    return partners(
        topology,
        cluster,
        ({ from }) => from === cluster.id,
        ({ to }) => to,
    );
}

/** Clusters of the same engine that this one is a copy of. */
export function primariesOf({ topology, cluster }: EngineContext): readonly ReplicationPartner[] {
    return partners(
        topology,
        cluster,
        ({ to }) => to === cluster.id,
        ({ from }) => from,
    );
}

function partners(
    topology: Topology,
    cluster: Cluster,
    concerns: (replication: Replication) => boolean,
    partner: (replication: Replication) => number,
): readonly ReplicationPartner[] {
    return topology.replications.filter(concerns).flatMap((replication): ReplicationPartner[] => {
        const other = topology.clusters[partner(replication)];
        return other?.engine === cluster.engine ? [{ cluster: other, replication }] : [];
    });
}

/** Regions in which a cluster has members. */
export function regionsOf(topology: Topology, cluster: Cluster): ReadonlySet<RegionId> {
    return new Set(cluster.members.flatMap(({ node }) => topology.nodes[node]?.region ?? []));
}
