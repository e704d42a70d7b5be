/** What an engine states about its clusters so that they can be decided over all failure sets. */
import type { ClusterId, NodeId, Operation, PlaceId, ShardId } from '../topology/index.js';
import type { Locality } from './locality.js';

/**
 * One set of nodes that lost power at one instant, from health, with every shard led by its first listed copy.
 * `alive[node]` is 1 or 0, for every node of the topology.
 */
export interface FailureState {
    readonly alive: Uint8Array;
    readonly failed: readonly NodeId[];
    /** Zones and regions that lost power as a whole: a provider cannot start anything there. Missing: none did. */
    readonly dark?: readonly PlaceId[];
}

/** The rules of one cluster after all automatic recovery and without any repair. */
export interface ServiceRules {
    /**
     * Whether more failures can only make things worse. Rules that are not (a capacity that is overrun, a limited choice
     * of successors) are decided by enumeration alone.
     */
    readonly monotone: boolean;
    /** On what little each answer depends. Missing: on every node, so that every set has to be asked about. */
    readonly locality?: Locality;
    /** Whether the shard answers; if not, the reason as a sentence that names nodes. */
    serves(shard: ShardId, operation: Operation, state: FailureState): ServiceState;
    /**
     * Requests per second that the survivors can carry, as far as they are asked: requests that nobody is left to answer load
     * nobody, and {@link serves} says what they mean. Infinity when a survivor declares no limit.
     */
    capacity(state: FailureState): number;
    /** Where other clusters serve: the one that sets the limit which {@link capacity} tells. Missing: the cluster itself. */
    bottleneck?(state: FailureState): Bottleneck | undefined;
    /** How long clients find the shard unavailable; asked only where {@link serves} holds afterwards. */
    recovery(shard: ShardId, operation: Operation, state: FailureState): DelayBound;
    /** Which acknowledged writes may be gone after recovery. */
    loss(shard: ShardId, state: FailureState): LossBound;
}

/** What comes to a cluster and what it carries, in requests per second. */
export interface Bottleneck {
    readonly cluster: ClusterId;
    readonly load: number;
    readonly capacity: number;
}

export type ServiceState = { readonly serves: true } | Refusal;

export interface Refusal {
    readonly serves: false;
    readonly reason: string;
    /** Some of the requests are answered all the same. */
    readonly isPart?: true;
    /** It may answer as well, since what happens first decides: it is neither promised nor refuted. */
    readonly isOpen?: true;
    /** Why no run shows it, as a sentence: it takes another leader than the one that a run begins with. */
    readonly unshown?: string;
}

/** A delay between two bounds, as the sum of its parts. `maxMs` is Infinity where nothing bounds it. */
export interface DelayBound {
    readonly minMs: number;
    readonly maxMs: number;
    readonly parts: readonly DelayPart[];
    /** Sentences: what the bounds take for granted beyond documented facts. */
    readonly assumptions: readonly string[];
}

export interface DelayPart {
    readonly label: string;
    readonly minMs: number;
    readonly maxMs: number;
    /** Where nothing bounds it: what to write into the cluster that would. */
    readonly remedy?: string;
}

/** `none`: no acknowledged write is lost. `within`: at most those of the last `windowMs` (Infinity: no bound is known). */
export type LossBound = { readonly kind: 'none' } | BoundedLoss;

export interface BoundedLoss {
    readonly kind: 'within';
    readonly windowMs: number;
    readonly reason: string;
    /** Sentences: what the window takes for granted beyond documented facts. */
    readonly assumptions?: readonly string[];
    /** Only what an operator does loses them: no run of the failures alone can show it. */
    readonly byHand?: true;
    /** Nothing is known of what becomes of writes, whatever fails, and no run can tell. */
    readonly isModelled?: false;
}
