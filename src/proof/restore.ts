/** How long the worst failure set of an objective keeps clients waiting, and how much it may cost them. */
import type { ClusterId } from '../topology/index.js';
import { contradicted, serviceBreakage, type Breakage } from './breakage.js';
import { Purse, type Budget } from './budget.js';
import { DelayCalculator, slowest } from './delay.js';
import type { FailureSpace } from './failure-sets.js';
import { First } from './first.js';
import type { ProofModel } from './model.js';
import { rankOf, setsBelow } from './order.js';
import { answerQuestions, delayQuestions, lossQuestions } from './questions.js';
import type { BoundedLoss, DelayBound, LossBound } from './rules.js';
import { Search } from './search.js';
import { stateAfter } from './state.js';
import type { Subject } from './subject.js';
import type { FailureUnit } from './units.js';

export type RestoreDecision =
    /** Every set has been decided; `units` is the one with the largest maximum, `bound` its delay. */
    | {
          readonly kind: 'bounded';
          readonly sets: number;
          readonly units: readonly FailureUnit[];
          readonly bound: DelayBound;
      }
    /** After this set the service never comes back by itself. Without units: it is not even there in health. */
    | {
          readonly kind: 'never';
          readonly sets: number;
          readonly units: readonly FailureUnit[];
          readonly breakage: Breakage;
      }
    /** Even the smallest possible delay of this set is longer than the limit. */
    | {
          readonly kind: 'too-slow';
          readonly sets: number;
          readonly units: readonly FailureUnit[];
          readonly bound: DelayBound;
      }
    | { readonly kind: 'over-budget'; readonly sets: number; readonly size: number };

/** Bounds the delay of the subject over all sets of the spaces, the smallest first within each. Yields after each question. */
export function* decideRestore(
    model: ProofModel,
    subject: Subject,
    spaces: readonly FailureSpace[],
    limitMs: number,
    budget: Budget,
): Generator<void, RestoreDecision> {
    const inHealth = serviceBreakage(model, subject, stateAfter(model.topology, []));
    if (inHealth !== undefined) {
        return { kind: 'never', sets: 0, units: [], breakage: inHealth };
    }
    const purse = new Purse(budget);
    const assumptions = new Set<string>();
    const worst = new Worst<{ readonly bound: DelayBound }>();
    const answers = answerQuestions(model, subject);
    for (const { search, members, done } of levelsOf(model, spaces)) {
        const overBudget = {
            kind: 'over-budget',
            sets: done + setsBelow(search.space, members),
            size: sizeOfAll(spaces),
        } as const;
        const never = new First(search.space);
        for (const question of answers) {
            for (const units of search.sets(question, members)) {
                if (!purse.pay(question)) {
                    return overBudget;
                }
                if (never.isBefore(units) && !question.holds(stateAfter(model.topology, units))) {
                    never.take(units);
                    if (search.inOrder) {
                        break;
                    }
                }
                yield;
            }
        }
        const tooSlow = new First(search.space);
        for (const question of delayQuestions(model, subject)) {
            for (const units of search.sets(question, members)) {
                if (!purse.pay(question)) {
                    return overBudget;
                }
                // Of a service that does not come back nobody can say how long it takes.
                if (never.isBefore(units) && tooSlow.isBefore(units)) {
                    const bound = question.bound(stateAfter(model.topology, units));
                    bound.assumptions.forEach((assumption) => assumptions.add(assumption));
                    worst.offer(bound.maxMs, done + rankOf(search.space, units), { units, bound });
                    if (bound.minMs > limitMs) {
                        tooSlow.take(units);
                    }
                }
                yield;
            }
        }
        if (tooSlow.units !== undefined) {
            const { units, rank } = tooSlow;
            return { kind: 'too-slow', sets: done + rank + 1, units, bound: delayOf(model, subject, units) };
        }
        if (never.units !== undefined) {
            const { units, rank } = never;
            return {
                kind: 'never',
                sets: done + rank + 1,
                units,
                breakage: serviceBreakage(model, subject, stateAfter(model.topology, units)) ?? contradicted(units),
            };
        }
    }
    const { units } = worst.found ?? { units: [] };
    const bound = { ...delayOf(model, subject, units), assumptions: [...assumptions] };
    return { kind: 'bounded', sets: sizeOfAll(spaces), units, bound };
}

function delayOf(model: ProofModel, subject: Subject, units: readonly FailureUnit[]): DelayBound {
    const delays = new DelayCalculator(model, stateAfter(model.topology, units));
    return slowest(subject.own.map((obligation) => delays.of(obligation)));
}

export type LossDecision =
    /** `units` is the set that may lose most, `cluster` the one that loses it, if one may. */
    | {
          readonly kind: 'bounded';
          readonly sets: number;
          readonly units: readonly FailureUnit[];
          readonly cluster?: ClusterId;
          readonly loss: LossBound;
      }
    | { readonly kind: 'over-budget'; readonly sets: number; readonly size: number };

/** The worst loss of acknowledged writes over all sets of the spaces. Yields after each question. */
export function* decideLoss(
    model: ProofModel,
    subject: Subject,
    spaces: readonly FailureSpace[],
    budget: Budget,
): Generator<void, LossDecision> {
    const purse = new Purse(budget);
    const worst = new Worst<{ readonly loss: LossBound; readonly cluster?: ClusterId }>();
    const questions = lossQuestions(model, subject);
    for (const { search, members, done } of levelsOf(model, spaces)) {
        for (const question of questions) {
            for (const units of search.sets(question, members)) {
                if (!purse.pay(question)) {
                    const sets = done + setsBelow(search.space, members);
                    return { kind: 'over-budget', sets, size: sizeOfAll(spaces) };
                }
                const loss = question.loss(stateAfter(model.topology, units));
                if (loss.kind !== 'none') {
                    const rank = done + rankOf(search.space, units);
                    worst.offer(badnessOf(loss), rank, { units, loss, cluster: question.cluster });
                }
                yield;
            }
        }
    }
    const none = { units: [], loss: { kind: 'none' } } as const;
    return { kind: 'bounded', sets: sizeOfAll(spaces), ...(worst.found ?? none) };
}

/** A loss without a bound may be shown by a simulation; that nothing is known cannot. */
function badnessOf({ windowMs, isModelled }: BoundedLoss): number {
    return isModelled === false ? Number.MAX_VALUE : windowMs;
}

interface Level {
    readonly search: Search;
    readonly members: number;
    /** Sets of the spaces before this one. */
    readonly done: number;
}

/** Small sets first within each space. */
function* levelsOf(model: ProofModel, spaces: readonly FailureSpace[]): Generator<Level> {
    let done = 0;
    for (const space of spaces) {
        const search = new Search(model.topology, space);
        for (let members = 1; members <= search.largest; members++) {
            yield { search, members, done };
        }
        done += space.size;
    }
}

/** Of all that was offered the worst, and of equally bad ones the first in the order of all sets. */
class Worst<Found> {
    found: (Found & { readonly units: readonly FailureUnit[] }) | undefined;
    private figure = -Infinity;
    private rank = Infinity;

    offer(figure: number, rank: number, found: Found & { readonly units: readonly FailureUnit[] }): void {
        if (figure > this.figure || (figure === this.figure && rank < this.rank)) {
            this.figure = figure;
            this.rank = rank;
            this.found = found;
        }
    }
}

function sizeOfAll(spaces: readonly FailureSpace[]): number {
    return spaces.reduce((sum, space) => sum + space.size, 0);
}
