/** What is lost where a cluster does not come back and somebody promotes the copy that follows it in another Region. */
import type { LossBound } from '../../../proof/index.js';
import { setDuration } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { secondariesOf } from '../replications.js';

/**
 * Of a cluster that takes no writes in the end. A promotion is the only way on then, it does not wait for what has not been
 * copied, and nobody can tell beforehand which copy it will be: the one that lags most counts. A lag that the file does not
 * declare has no bound.
 *
 * Source: Amazon Aurora User Guide, "Performing manual failovers (unplanned) for Aurora global databases"; Amazon ElastiCache
 * User Guide, "Promoting the secondary cluster to primary".
 */
export function promotionLoss(context: EngineContext): LossBound {
    const copies = secondariesOf(context).toSorted((one, other) => lagOf(other) - lagOf(one));
    const [worst] = copies;
    return worst === undefined
        ? { kind: 'none' }
        : {
              kind: 'within',
              windowMs: lagOf(worst),
              reason: `${context.cluster.name} takes no writes any more, and whoever promotes ${worst.cluster.name} goes on without what had not been copied`,
              ...(Number.isFinite(lagOf(worst)) && {
                  assumptions: [
                      `${worst.cluster.name} is never more than ${setDuration(lagOf(worst))} behind, as its \`lag\` says.`,
                  ],
              }),
          };
}

/** The loss of the longer window: that of a promotion by hand, or what the cluster loses by itself, which a run can show. */
export function worseLoss(own: LossBound, promotion: LossBound): LossBound {
    if (promotion.kind === 'none' || windowOf(promotion) <= windowOf(own)) {
        return own;
    }
    return own.kind === 'none' ? { ...promotion, byHand: true } : promotion;
}

function lagOf({ replication }: ReturnType<typeof secondariesOf>[number]): number {
    return replication.lagMs ?? Infinity;
}

function windowOf(loss: LossBound): number {
    return loss.kind === 'none' ? -1 : loss.windowMs;
}
