/** The address that clients of pods use. */
import type { Cluster } from '../../topology/index.js';
import { balancingOf, type Balancing } from '../shared/balancer/index.js';

/** The load balancer in front of the workers; undefined: clients know the workers. */
export function balancerOf(cluster: Cluster): Balancing | undefined {
    const endpoint = cluster.endpoints.find(({ kind }) => kind === 'load-balancer');
    return endpoint === undefined ? undefined : balancingOf(endpoint);
}
