import type { CountOrShare, DisruptionBudget } from '../../topology/index.js';

/** Pods of so many that a drain must leave. Shares are rounded up to whole pods, as the real system does. */
export function mustStay(replicas: number, { maxUnavailable, minAvailable }: DisruptionBudget): number {
    if (minAvailable !== undefined) {
        return wholePods(minAvailable, replicas);
    }
    return maxUnavailable === undefined ? 0 : replicas - wholePods(maxUnavailable, replicas);
}

function wholePods({ kind, value }: CountOrShare, replicas: number): number {
    // The share of a percentage is no exact binary fraction: 7% of 100 pods must stay 7.
    return kind === 'count' ? value : Math.ceil(value * replicas - 1e-9);
}
