/** Delays of Aurora, none of which AWS documents as a bound. */
import type { Cluster } from '../../topology/index.js';
import { managedDelay, type ManagedDelay } from '../shared/managed/index.js';

/** "Often less than 30 seconds, typically less than 60": half of all failovers take 15 to 30 s, a quarter up to a minute. */
const USUAL_FAILOVER = { leastMs: 15_000 };
/** "Typically less than 10 minutes": half of all take 2.5 to 5 minutes, a quarter up to 10. */
const USUAL_REPLACEMENT = { leastMs: 150_000 };

export function failoverDelay(cluster: Cluster): ManagedDelay {
    return managedDelay(cluster, 'failover', USUAL_FAILOVER);
}

export function replacementDelay(cluster: Cluster): ManagedDelay {
    return managedDelay(cluster, 'recovery', USUAL_REPLACEMENT);
}
