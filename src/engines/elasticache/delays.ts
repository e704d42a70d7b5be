/** Delays of ElastiCache, none of which AWS documents as a bound. */
import type { Cluster } from '../../topology/index.js';
import { managedDelay, type ManagedDelay } from '../shared/managed/index.js';

/** "Typically just a few seconds" from the promotion on, and nothing about noticing: half take 5 to 10 s. */
const USUAL_FAILOVER = { leastMs: 5000 };
/** "Several minutes": half take 2 to 4. */
const USUAL_REPLACEMENT = { leastMs: 120_000 };
/** Of acknowledged writes that are not in the log yet, with `durability = async`. */
export const LOG_LAG_MS = 10_000;

export function failoverDelay(cluster: Cluster): ManagedDelay {
    return managedDelay(cluster, 'failover', USUAL_FAILOVER);
}

export function replacementDelay(cluster: Cluster): ManagedDelay {
    return managedDelay(cluster, 'recovery', USUAL_REPLACEMENT);
}
