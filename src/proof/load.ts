import type { ClusterId, Topology } from '../topology/index.js';

/** What the workloads of the topology send to the cluster, reads and writes together, in requests per second. */
export function declaredLoad(topology: Topology, cluster: ClusterId): number {
    return topology.workloads
        .flatMap((workload) => workload.demands)
        .filter((demand) => demand.target.kind !== 'workload' && demand.target.cluster === cluster)
        .reduce((sum, demand) => sum + demand.rate, 0);
}
