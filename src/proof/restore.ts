/** How long the worst failure set of an objective keeps clients waiting, and how much it may cost them. */
import { DelayCalculator, slowest } from './delay.js';
import { failureSets, type FailureSpace } from './failure-sets.js';
import type { DelayBound, LossBound } from './rules.js';
import { stateAfter } from './state.js';
import type { Subject } from './subject.js';
import { serviceBreakage, setsWithin, type Breakage, type ProofModel } from './tolerate.js';
import type { FailureUnit } from './units.js';

export type RestoreDecision =
    /** Every set has been decided; `units` is the one with the largest maximum, `bound` its delay. */
    | {
          readonly kind: 'bounded';
          readonly sets: number;
          readonly units: readonly FailureUnit[];
          readonly bound: DelayBound;
      }
    /** After this set the service never comes back by itself. */
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

/** Bounds the delay of the subject over all sets of the spaces. Yields after each set. */
export function* decideRestore(
    model: ProofModel,
    subject: Subject,
    spaces: readonly FailureSpace[],
    limitMs: number,
    budget: number,
): Generator<void, RestoreDecision> {
    const limit = setsWithin(budget, subject);
    const assumptions = new Set<string>();
    let worst: { units: readonly FailureUnit[]; bound: DelayBound } | undefined;
    let sets = 0;
    for (const units of setsOfAll(spaces)) {
        if (sets >= limit) {
            return { kind: 'over-budget', sets, size: sizeOfAll(spaces) };
        }
        sets++;
        const state = stateAfter(model.topology, units);
        const breakage = serviceBreakage(model, subject, state);
        if (breakage !== undefined) {
            return { kind: 'never', sets, units, breakage };
        }
        const delays = new DelayCalculator(model, state);
        const bound = slowest(subject.own.map((obligation) => delays.of(obligation)));
        if (bound.minMs > limitMs) {
            return { kind: 'too-slow', sets, units, bound };
        }
        bound.assumptions.forEach((assumption) => assumptions.add(assumption));
        worst = worst === undefined || bound.maxMs > worst.bound.maxMs ? { units, bound } : worst;
        yield;
    }
    const { units, bound } = worst ?? { units: [], bound: slowest([]) };
    return { kind: 'bounded', sets, units, bound: { ...bound, assumptions: [...assumptions] } };
}

export type LossDecision =
    /** `units` is the set that may lose most. */
    | {
          readonly kind: 'bounded';
          readonly sets: number;
          readonly units: readonly FailureUnit[];
          readonly loss: LossBound;
      }
    | { readonly kind: 'over-budget'; readonly sets: number; readonly size: number };

/** The worst loss of acknowledged writes over all sets of the spaces. Yields after each set. */
export function* decideLoss(
    model: ProofModel,
    subject: Subject,
    spaces: readonly FailureSpace[],
    budget: number,
): Generator<void, LossDecision> {
    const limit = setsWithin(budget, subject);
    let worst: { units: readonly FailureUnit[]; loss: LossBound } = { units: [], loss: { kind: 'none' } };
    let sets = 0;
    for (const units of setsOfAll(spaces)) {
        if (sets >= limit) {
            return { kind: 'over-budget', sets, size: sizeOfAll(spaces) };
        }
        sets++;
        const state = stateAfter(model.topology, units);
        for (const { cluster, shard } of subject.own) {
            const loss = model.rules(cluster).loss(shard, state);
            worst = windowOf(loss) > windowOf(worst.loss) ? { units, loss } : worst;
        }
        yield;
    }
    return { kind: 'bounded', sets, ...worst };
}

/** A window of 0 ms is still a loss: writes of one instant. */
function windowOf(loss: LossBound): number {
    return loss.kind === 'none' ? -1 : loss.windowMs;
}

function* setsOfAll(spaces: readonly FailureSpace[]): Generator<readonly FailureUnit[]> {
    for (const space of spaces) {
        yield* failureSets(space);
    }
}

function sizeOfAll(spaces: readonly FailureSpace[]): number {
    return spaces.reduce((sum, space) => sum + space.size, 0);
}
