/** Whether the service survives every failure set of a shape. */
import type { ClusterId, Operation, ShardId } from '../topology/index.js';
import { Purse, type Budget } from './budget.js';
import type { FailureSpace } from './failure-sets.js';
import { declaredLoad } from './load.js';
import type { ProofModel } from './model.js';
import { rankOf, setsBelow } from './order.js';
import type { FailureState } from './rules.js';
import { searchOf } from './search.js';
import { stateAfter } from './state.js';
import type { Obligation, Subject } from './subject.js';
import type { FailureUnit } from './units.js';

/** Why a service does not hold in some state. */
export type Breakage =
    | {
          readonly kind: 'service';
          readonly cluster: ClusterId;
          /** The first that does not answer. */
          readonly shard: ShardId;
          readonly operation: Operation;
          readonly reason: string;
          /** How many of the promised shards and operations do not answer, of how many. */
          readonly broken: number;
          readonly of: number;
      }
    | {
          readonly kind: 'capacity';
          readonly cluster: ClusterId;
          /** Requests per second. */
          readonly load: number;
          readonly capacity: number;
      };

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
 * monotone. Sets that must be like one that was decided are not asked about, but counted. Yields after each set that is
 * asked about, so that the caller can pause or give up.
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
    const { parts, largest } = searchOf(model, subject, space);
    const purse = new Purse(budget);
    for (let members = 1; members <= largest; members++) {
        let smallest: { readonly units: readonly FailureUnit[]; readonly rank: number } | undefined;
        for (const part of parts) {
            for (const units of part.sets(members)) {
                if (!purse.pay(part.subject)) {
                    const sets = parts.length === 1 ? rankOf(space, units) : setsBelow(space, members);
                    return { kind: 'over-budget', sets, size: space.size };
                }
                if (breakageOf(model, part.subject, stateAfter(model.topology, units)) !== undefined) {
                    const rank = rankOf(space, units);
                    smallest = smallest === undefined || rank < smallest.rank ? { units, rank } : smallest;
                    break;
                }
                yield;
            }
        }
        const { units } = smallest ?? {};
        const breakage = units && breakageOf(model, subject, stateAfter(model.topology, units));
        if (smallest !== undefined && units !== undefined && breakage !== undefined) {
            return { kind: 'broken', sets: smallest.rank + 1, units, breakage };
        }
    }
    return { kind: 'holds', sets: space.size };
}

/** Why the subject does not hold in this state; undefined if it does. */
export function breakageOf(model: ProofModel, subject: Subject, state: FailureState): Breakage | undefined {
    return serviceBreakage(model, subject, state) ?? capacityBreakage(model, subject, state);
}

export function serviceBreakage(model: ProofModel, subject: Subject, state: FailureState): Breakage | undefined {
    let first: { readonly obligation: Obligation; readonly reason: string } | undefined;
    let broken = 0;
    for (const obligation of subject.all) {
        const answer = model.rules(obligation.cluster).serves(obligation.shard, obligation.operation, state);
        if (!answer.serves) {
            first ??= { obligation, reason: answer.reason };
            broken++;
        }
    }
    return first === undefined
        ? undefined
        : { kind: 'service', ...first.obligation, reason: first.reason, broken, of: subject.all.length };
}

function capacityBreakage(model: ProofModel, subject: Subject, state: FailureState): Breakage | undefined {
    for (const { id } of subject.clusters) {
        const load = declaredLoad(model.topology, id);
        const capacity = load === 0 ? Infinity : model.rules(id).capacity(state);
        if (load > capacity) {
            return { kind: 'capacity', cluster: id, load, capacity };
        }
    }
    return undefined;
}
