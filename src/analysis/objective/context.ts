/** What the clauses of one objective share while it is proved. */
import type { Budget, FailureSpace, ProofModel } from '../../proof/index.js';
import { figure, type Objective, type ObjectiveClause, type Operation, type Topology } from '../../topology/index.js';
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
    /** How much the rules may be asked for one clause, and until when. */
    readonly budget: Budget;
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

/** The budget was spent before every failure set was decided; `size` is how many there are, `finding` what those show. */
export function overBudget(sets: number, size: number, finding = ''): Ruling {
    return {
        status: 'not-proved',
        actual: `Not proved within the budget: ${figure(sets)} of ${figure(size)} failure sets were decided, the smallest first${finding}.`,
        sets,
        method: 'failure sets decided one by one, the smallest first, until the budget was spent',
    };
}
