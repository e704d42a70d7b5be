/** How long the worst failure set of an objective keeps clients waiting, and how much it may cost them. */
import type { ClusterId } from '../topology/index.js';
import { DelayCalculator, slowest } from './delay.js';
import { Purse, type Budget } from './budget.js';
import type { FailureSpace } from './failure-sets.js';
import type { ProofModel } from './model.js';
import { rankOf, setsBelow } from './order.js';
import type { DelayBound, LossBound } from './rules.js';
import { stateAfter } from './state.js';
import { storedBy, type Subject } from './subject.js';
import { searchOf } from './search.js';
import { serviceBreakage, type Breakage } from './tolerate.js';
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
    budget: Budget,
): Generator<void, RestoreDecision> {
    const purse = new Purse(budget);
    const assumptions = new Set<string>();
    let worst: { readonly units: readonly FailureUnit[]; readonly bound: DelayBound } | undefined;
    for (const { part, units, before } of setsOfAll(model, subject, spaces)) {
        if (!purse.pay(part)) {
            return { kind: 'over-budget', sets: before(), size: sizeOfAll(spaces) };
        }
        const state = stateAfter(model.topology, units);
        const breakage = serviceBreakage(model, part, state);
        if (breakage !== undefined) {
            return { kind: 'never', sets: before() + 1, units, breakage };
        }
        const delays = new DelayCalculator(model, state);
        const bound = slowest(part.own.map((obligation) => delays.of(obligation)));
        if (bound.minMs > limitMs) {
            return { kind: 'too-slow', sets: before() + 1, units, bound };
        }
        bound.assumptions.forEach((assumption) => assumptions.add(assumption));
        worst = worst === undefined || bound.maxMs > worst.bound.maxMs ? { units, bound } : worst;
        yield;
    }
    const { units, bound } = worst ?? { units: [], bound: slowest([]) };
    return { kind: 'bounded', sets: sizeOfAll(spaces), units, bound: { ...bound, assumptions: [...assumptions] } };
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

/** The worst loss of acknowledged writes over all sets of the spaces. Yields after each set. */
export function* decideLoss(
    model: ProofModel,
    subject: Subject,
    spaces: readonly FailureSpace[],
    budget: Budget,
): Generator<void, LossDecision> {
    const purse = new Purse(budget);
    let worst: { units: readonly FailureUnit[]; loss: LossBound; cluster?: ClusterId } = {
        units: [],
        loss: { kind: 'none' },
    };
    for (const { part, units, before } of setsOfAll(model, subject, spaces)) {
        if (!purse.pay(part)) {
            return { kind: 'over-budget', sets: before(), size: sizeOfAll(spaces) };
        }
        const state = stateAfter(model.topology, units);
        for (const { cluster, shard } of storedBy(model.topology, part.own)) {
            const loss = model.rules(cluster).loss(shard, state);
            worst = windowOf(loss) > windowOf(worst.loss) ? { units, loss, cluster } : worst;
        }
        yield;
    }
    return { kind: 'bounded', sets: sizeOfAll(spaces), ...worst };
}

/** A window of 0 ms is still a loss: writes of one instant. */
function windowOf(loss: LossBound): number {
    return loss.kind === 'none' ? -1 : loss.windowMs;
}

interface PartialSet {
    readonly part: Subject;
    readonly units: readonly FailureUnit[];
    /** How many sets are decided for certain before this one. */
    readonly before: () => number;
}

/** Small sets first within each space; of sets that must be like another, and of parts that they do not touch, only one. */
function* setsOfAll(model: ProofModel, subject: Subject, spaces: readonly FailureSpace[]): Generator<PartialSet> {
    for (const [index, space] of spaces.entries()) {
        const { parts, largest } = searchOf(model, subject, space);
        const done = sizeOfAll(spaces.slice(0, index));
        for (let members = 1; members <= largest; members++) {
            for (const part of parts) {
                for (const units of part.sets(members)) {
                    const before = (): number =>
                        done + (parts.length === 1 ? rankOf(space, units) : setsBelow(space, members));
                    yield { part: part.subject, units, before };
                }
            }
        }
    }
}

function sizeOfAll(spaces: readonly FailureSpace[]): number {
    return spaces.reduce((sum, space) => sum + space.size, 0);
}
