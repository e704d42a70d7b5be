/** What the clauses of one objective share while it is proved. */
import type { FailureSpace, ProofModel } from '../../proof/index.js';
import type { Objective, ObjectiveClause, Operation, Topology } from '../../topology/index.js';
import type { Interrupt } from '../drive.js';
import type { EngineLookup } from '../models.js';
import type { ClauseVerdict } from '../verdict.js';
import type { DraftBook } from './draft.js';

export type ClauseOf<Kind extends ObjectiveClause['kind']> = ObjectiveClause & { readonly kind: Kind };

export interface ProofContext {
    readonly topology: Topology;
    readonly objective: Objective;
    readonly model: ProofModel;
    readonly drafts: DraftBook;
    /** How many times the rules may be asked for one clause. */
    readonly budget: number;
    /** Seeds tried where only a simulation can tell. */
    readonly samples: number;
    readonly interrupt?: Interrupt;
    readonly engines?: EngineLookup;
}

/** What was found about a clause, without its place in the file. */
export type Ruling = Omit<ClauseVerdict, 'text' | 'source'>;

/** The failure sets of the objective's `tolerate` clauses that ask for this operation. */
export interface Spaces {
    of(operation: Operation | undefined): readonly FailureSpace[];
}

export const ENUMERATION = 'every failure set decided, the smallest first';
