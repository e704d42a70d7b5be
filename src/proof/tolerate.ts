/** Whether the service survives every failure set of a shape. */
import { breakageOf, contradicted, type Breakage } from './breakage.js';
import { Purse, type Budget } from './budget.js';
import type { FailureSpace } from './failure-sets.js';
import { First } from './first.js';
import type { ProofModel } from './model.js';
import { rankOf, setsBelow } from './order.js';
import { serviceQuestions } from './questions.js';
import { Search } from './search.js';
import { stateAfter } from './state.js';
import type { Subject } from './subject.js';
import type { FailureUnit } from './units.js';

export type ToleranceDecision =
    | { readonly kind: 'holds'; readonly sets: number }
    /** No proper subset of `units` breaks it. Without units: it does not even hold in health. */
    | {
          readonly kind: 'broken';
          readonly sets: number;
          readonly units: readonly FailureUnit[];
          readonly breakage: Breakage;
      }
    | { readonly kind: 'over-budget'; readonly sets: number; readonly size: number };

/**
 * Decides every set, the smallest first, so that the first one that breaks is a smallest one, whether or not the rules are
 * monotone. Sets that must be like one that was decided are not asked about, but counted. Yields after each question, so that the
 * caller can pause or give up.
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
    const search = new Search(model.topology, space);
    const questions = serviceQuestions(model, subject);
    const purse = new Purse(budget);
    for (let members = 1; members <= search.largest; members++) {
        const broken = new First(space);
        for (const question of questions) {
            for (const units of search.sets(question, members)) {
                if (!purse.pay(question)) {
                    const inOrder = questions.length === 1 && search.inOrder;
                    const sets = inOrder ? rankOf(space, units) : setsBelow(space, members);
                    return { kind: 'over-budget', sets, size: space.size };
                }
                if (broken.isBefore(units) && !question.holds(stateAfter(model.topology, units))) {
                    broken.take(units);
                    if (search.inOrder) {
                        break;
                    }
                }
                yield;
            }
        }
        if (broken.units !== undefined) {
            const { units, rank } = broken;
            const breakage = breakageOf(model, subject, stateAfter(model.topology, units)) ?? contradicted(units);
            return { kind: 'broken', sets: rank + 1, units, breakage };
        }
    }
    return { kind: 'holds', sets: space.size };
}
