import { demandsBehind } from './addresses.js';
import type { ClusterId, Demand, Topology } from './model.js';

/**
 * What the workloads ask of the cluster, of its groups and of its shards, in order of declaration; what they ask through an address
 * comes behind, at the rate that it is sent on with in health, which is 0 for one that only stands by.
 */
export function demandsOn(topology: Topology, cluster: ClusterId): readonly Demand[] {
    let byCluster = known.get(topology);
    if (byCluster === undefined) {
        byCluster = collected(topology);
        known.set(topology, byCluster);
    }
    return byCluster.get(cluster) ?? [];
}

/** Every check of every cluster asks, so the workloads are walked once for each model. */
const known = new WeakMap<Topology, ReadonlyMap<ClusterId, readonly Demand[]>>();

function collected(topology: Topology): ReadonlyMap<ClusterId, readonly Demand[]> {
    const byCluster = new Map<ClusterId, Demand[]>();
    const asked = topology.workloads.flatMap(({ demands }) => demands);
    const sentOn = topology.workloads.flatMap((workload) =>
        workload.demands.flatMap((demand) => demandsBehind(topology, workload, demand)),
    );
    for (const demand of [...asked, ...sentOn]) {
        if (demand.target.kind === 'workload') {
            continue;
        }
        const list = byCluster.get(demand.target.cluster) ?? [];
        list.push(demand);
        byCluster.set(demand.target.cluster, list);
    }
    return byCluster;
}
