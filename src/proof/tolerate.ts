/** Whether the service survives every failure set of a shape. */
import { Audience } from './audience.js';
import { breakageOf, type Breakage } from './breakage.js';
import { Breaking } from './breaking.js';
import { Purse, type Budget } from './budget.js';
import type { FailureSpace } from './failure-sets.js';
import { levelsOf } from './levels.js';
import type { ProofModel } from './model.js';
import { serviceQuestions } from './questions.js';
import { stateAfter } from './state.js';
import type { Subject } from './subject.js';
import type { FailureUnit } from './units.js';

export type ToleranceDecision =
    | { readonly kind: 'holds'; readonly sets: number }
    /**
     * No proper subset of `units` breaks it so that a run can show it, and none at all if a run can show this one. Without units: it
     * does not even hold in health.
     */
    | {
          readonly kind: 'broken';
          readonly sets: number;
          readonly units: readonly FailureUnit[];
          readonly breakage: Breakage;
      }
    | { readonly kind: 'over-budget'; readonly sets: number; readonly size: number };

/**
 * Decides every set, the smallest first, so that the first one that breaks is a smallest one, whether or not the rules are
 * monotone. Sets that must be like one that was decided are not asked about, but counted. Where no client is left to see what
 * breaks, the search goes on for a set that one sees. Yields after each question, so that the caller can pause or give up.
 *
 * @param budget how much may be asked at most
 */
export function* decideTolerance(
    model: ProofModel,
    subject: Subject,
    space: FailureSpace,
    budget: Budget,
): Generator<void, ToleranceDecision> {
    const inHealth = breakageOf(model, subject, stateAfter(model.topology, []));
    if (inHealth !== undefined) {
        return { kind: 'broken', sets: 0, units: [], breakage: inHealth };
    }
    const breaking = new Breaking(model, subject, new Audience(model.topology, subject.targets), breakageOf);
    const questions = serviceQuestions(model, subject);
    const purse = new Purse(budget);
    for (const level of levelsOf(model, [space])) {
        const unpaid = yield* breaking.among(level, questions, purse);
        if (unpaid !== undefined) {
            const inOrder = questions.length === 1 && level.search.inOrder;
            const sets = inOrder ? level.rankOf(unpaid) : level.setsBefore;
            return broken(breaking) ?? { kind: 'over-budget', sets, size: space.size };
        }
        if (breaking.isSeen) {
            break;
        }
    }
    return broken(breaking) ?? { kind: 'holds', sets: space.size };
}

function broken({ found }: Breaking): ToleranceDecision | undefined {
    if (found === undefined) {
        return undefined;
    }
    const { units, rank, breakage } = found;
    return { kind: 'broken', sets: rank + 1, units, breakage };
}
