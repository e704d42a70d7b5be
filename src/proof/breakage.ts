/** Whether a subject holds in one state, and why not. */
import type { ClusterId, Operation, ShardId } from '../topology/index.js';
import { declaredLoad } from './load.js';
import type { ProofModel } from './model.js';
import type { FailureState } from './rules.js';
import type { Obligation, Subject } from './subject.js';

/** Why a service does not hold in some state. */
export type Breakage =
    | ServiceBreakage
    | {
          readonly kind: 'capacity';
          readonly cluster: ClusterId;
          /** Requests per second. */
          readonly load: number;
          readonly capacity: number;
      };

export interface ServiceBreakage {
    readonly kind: 'service';
    readonly cluster: ClusterId;
    /** The first that does not answer. */
    readonly shard: ShardId;
    readonly operation: Operation;
    readonly reason: string;
    /** Nothing that does not answer is sure not to. */
    readonly isOpen?: true;
    /** How many of the promised shards and operations do not answer, of how many. */
    readonly broken: number;
    readonly of: number;
}

/** Why the subject does not hold in this state; undefined if it does. */
export function breakageOf(model: ProofModel, subject: Subject, state: FailureState): Breakage | undefined {
    return serviceBreakage(model, subject, state) ?? capacityBreakage(model, subject, state);
}

export function serviceBreakage(
    model: ProofModel,
    subject: Pick<Subject, 'all'>,
    state: FailureState,
): ServiceBreakage | undefined {
    let first: Refusal | undefined;
    let broken = 0;
    for (const obligation of subject.all) {
        const answer = model.rules(obligation.cluster).serves(obligation.shard, obligation.operation, state);
        if (!answer.serves) {
            const { reason, isOpen } = answer;
            const refusal = { obligation, reason, isOpen: isOpen === true };
            first = first === undefined || (first.isOpen && !refusal.isOpen) ? refusal : first;
            broken++;
        }
    }
    return first === undefined
        ? undefined
        : {
              kind: 'service',
              ...first.obligation,
              reason: first.reason,
              ...(first.isOpen && { isOpen: true }),
              broken,
              of: subject.all.length,
          };
}

interface Refusal {
    readonly obligation: Obligation;
    readonly reason: string;
    readonly isOpen: boolean;
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
