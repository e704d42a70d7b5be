/** How long the worst failure set of an objective keeps clients waiting, and how much it may cost them. */
import type { ClusterId } from '../topology/index.js';
import { Audience } from './audience.js';
import { Best } from './best.js';
import { serviceBreakage, type Breakage } from './breakage.js';
import { Breaking } from './breaking.js';
import { Purse, type Budget } from './budget.js';
import { combinations } from './candidates.js';
import { DelayCalculator, slowest } from './delay.js';
import type { FailureSpace } from './failure-sets.js';
import { First } from './first.js';
import { levelsOf, sizeOfAll } from './levels.js';
import type { ProofModel } from './model.js';
import { answerQuestions, delayQuestions, lossQuestions, type Awaited } from './questions.js';
import type { BoundedLoss, DelayBound, LossBound } from './rules.js';
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
          /** Somewhere all clients of a service fail as well, so that nobody waits for it; that is left out of the bound. */
          readonly leavesOut: boolean;
      }
    /** After this set the service never comes back by itself; a client sees it wherever one is left to. Without units: it is not even there in health. */
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
    const worst = new Best<{ readonly bound: DelayBound }>();
    const never = new Breaking(model, subject, new Audience(model.topology, subject.targets), serviceBreakage);
    let leavesOut = false;
    const isAwaited: Awaited = (obligation, state) => {
        const isSo = never.isAwaited(obligation, state);
        leavesOut ||= !isSo;
        return isSo;
    };
    const answers = answerQuestions(model, subject);
    for (const level of levelsOf(model, spaces)) {
        const { search, members } = level;
        const spent = (): RestoreDecision =>
            broken(never) ?? { kind: 'over-budget', sets: level.setsBefore, size: sizeOfAll(spaces) };
        if ((yield* never.among(level, answers, purse)) !== undefined) {
            return spent();
        }
        const tooSlow = new First(search.space);
        for (const question of delayQuestions(model, subject, isAwaited)) {
            for (const units of search.sets(question, members)) {
                if (!purse.pay(question)) {
                    return spent();
                }
                // Of a service that does not come back nobody can say how long it takes.
                if (never.mayName(units, level) && tooSlow.isBefore(units)) {
                    const bound = question.bound(stateAfter(model.topology, units));
                    bound.assumptions.forEach((assumption) => assumptions.add(assumption));
                    worst.offer(bound.maxMs, level.rankOf(units), units, { bound });
                    if (bound.minMs > limitMs) {
                        tooSlow.take(units);
                    }
                }
                yield;
            }
        }
        if (tooSlow.units !== undefined) {
            const { units } = tooSlow;
            return {
                kind: 'too-slow',
                sets: level.rankOf(units) + 1,
                units,
                bound: delayOf(model, subject, units, isAwaited),
            };
        }
        if (never.isSeen) {
            break;
        }
    }
    const units = worst.found?.units ?? [];
    const bound = { ...delayOf(model, subject, units, isAwaited), assumptions: [...assumptions] };
    return broken(never) ?? { kind: 'bounded', sets: sizeOfAll(spaces), units, bound, leavesOut };
}

function broken({ found }: Breaking): RestoreDecision | undefined {
    if (found === undefined) {
        return undefined;
    }
    const { units, rank, breakage } = found;
    return { kind: 'never', sets: rank + 1, units, breakage };
}

function delayOf(model: ProofModel, { own }: Subject, units: readonly FailureUnit[], isAwaited: Awaited): DelayBound {
    const state = stateAfter(model.topology, units);
    const delays = new DelayCalculator(model, state);
    return slowest(own.filter((each) => isAwaited(each, state)).map((each) => delays.of(each)));
}

/** Whether clients that are left after the failure may wait longer than this, or for ever. */
export function mayTakeLonger(
    model: ProofModel,
    subject: Subject,
    units: readonly FailureUnit[],
    limitMs: number,
): boolean {
    const audience = new Audience(model.topology, subject.targets);
    return (
        serviceBreakage(model, subject, stateAfter(model.topology, units)) !== undefined ||
        delayOf(model, subject, units, audience.sees.bind(audience)).maxMs > limitMs
    );
}

/**
 * The longest that the subject takes to come back, in milliseconds, where only some of these fail and it does. What nothing bounds
 * is left out.
 */
export function settlingMs(model: ProofModel, subject: Subject, units: readonly FailureUnit[]): number {
    let longest = 0;
    for (let size = 1; size < units.length; size++) {
        for (const few of combinations(units, size)) {
            if (serviceBreakage(model, subject, stateAfter(model.topology, few)) === undefined) {
                const { maxMs } = delayOf(model, subject, few, () => true);
                longest = Number.isFinite(maxMs) ? Math.max(longest, maxMs) : longest;
            }
        }
    }
    return longest;
}

export type LossDecision =
    /** `units` is the set that may lose most, `cluster` the one that loses it, if one may. */
    | {
          readonly kind: 'bounded';
          readonly sets: number;
          readonly units: readonly FailureUnit[];
          readonly cluster?: ClusterId;
          readonly loss: LossBound;
          /** Of every loss that is possible at all, as sentences. */
          readonly assumptions: readonly string[];
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
    const worst = new Best<{ readonly loss: LossBound; readonly cluster: ClusterId }>();
    const assumptions = new Set<string>();
    const questions = lossQuestions(model, subject);
    for (const level of levelsOf(model, spaces)) {
        for (const question of questions) {
            for (const units of level.search.sets(question, level.members)) {
                if (!purse.pay(question)) {
                    return { kind: 'over-budget', sets: level.setsBefore, size: sizeOfAll(spaces) };
                }
                const loss = question.loss(stateAfter(model.topology, units));
                if (loss.kind !== 'none') {
                    loss.assumptions?.forEach((assumption) => assumptions.add(assumption));
                    worst.offer(badnessOf(loss), level.rankOf(units), units, { loss, cluster: question.cluster });
                }
                yield;
            }
        }
    }
    const none = { units: [], loss: { kind: 'none' } } as const;
    return { kind: 'bounded', sets: sizeOfAll(spaces), ...(worst.found ?? none), assumptions: [...assumptions] };
}

/** A loss without a bound may be shown by a simulation; that nothing is known cannot. */
function badnessOf({ windowMs, isModelled }: BoundedLoss): number {
    return isModelled === false ? Number.MAX_VALUE : windowMs;
}

/** Whether acknowledged writes may be gone after the failure. */
export function mayLose(model: ProofModel, subject: Subject, units: readonly FailureUnit[]): boolean {
    const state = stateAfter(model.topology, units);
    return lossQuestions(model, subject).some((question) => question.loss(state).kind !== 'none');
}
