import { demandsOn, type ClusterId, type Topology } from '../topology/index.js';

/** What the workloads of the topology send to the cluster, reads and writes together, in requests per second. */
export function declaredLoad(topology: Topology, cluster: ClusterId): number {
    return demandsOn(topology, cluster).reduce((sum, { rate }) => sum + rate, 0);
}
