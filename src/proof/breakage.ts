/** Whether a subject holds in one state, and why not. */
import type { ClusterId, Operation, ShardId } from '../topology/index.js';
import { declaredLoad } from './load.js';
import type { ProofModel } from './model.js';
import type { Bottleneck, FailureState, Refusal } from './rules.js';
import { serviceKey, type Obligation, type Subject } from './subject.js';

/** Why a service does not hold in some state. */
export type Breakage =
    | ServiceBreakage
    | {
          readonly kind: 'capacity';
          readonly cluster: ClusterId;
          /** Requests per second. */
          readonly load: number;
          readonly capacity: number;
          /** The cluster that is overloaded, where others serve. */
          readonly bottleneck?: Bottleneck;
      };

export interface ServiceBreakage {
    readonly kind: 'service';
    readonly cluster: ClusterId;
    /** The first that does not answer. */
    readonly shard: ShardId;
    readonly operation: Operation;
    readonly reason: string;
    /** Some requests to the first are answered all the same. */
    readonly isPart?: true;
    /** Nothing that does not answer is sure not to. */
    readonly isOpen?: true;
    /** Why no run shows it, as a sentence. */
    readonly unshown?: string;
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
    let first: Refused | undefined;
    const broken = new Set<string>();
    for (const obligation of subject.all) {
        const { cluster, shard, operation, askedBy } = obligation;
        const answer = model.rules(cluster, askedBy).serves(shard, operation, state);
        if (!answer.serves) {
            first = first === undefined || certainty(answer) > certainty(first) ? { ...answer, obligation } : first;
            broken.add(serviceKey(obligation));
        }
    }
    if (first === undefined) {
        return undefined;
    }
    const { cluster, shard, operation } = first.obligation;
    return {
        kind: 'service',
        cluster,
        shard,
        operation,
        reason: first.reason,
        ...(first.isPart && { isPart: true }),
        ...(first.isOpen && { isOpen: true }),
        ...(first.unshown !== undefined && { unshown: first.unshown }),
        broken: broken.size,
        of: new Set(subject.all.map(serviceKey)).size,
    };
}

interface Refused extends Refusal {
    readonly obligation: Obligation;
}

/** What is sure and can be shown is named before what no run shows, and this before what may answer as well. */
function certainty({ isOpen, unshown }: Refusal): number {
    return isOpen === true ? 0 : unshown === undefined ? 2 : 1;
}

function capacityBreakage(model: ProofModel, subject: Subject, state: FailureState): Breakage | undefined {
    for (const { id } of subject.clusters) {
        const load = declaredLoad(model.topology, id);
        const capacity = load === 0 ? Infinity : model.rules(id).capacity(state);
        if (load > capacity) {
            const bottleneck = model.rules(id).bottleneck?.(state);
            return { kind: 'capacity', cluster: id, load, capacity, ...(bottleneck && { bottleneck }) };
        }
    }
    return undefined;
}
