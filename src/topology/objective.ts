import type { Declared, Operation, Target } from './model.js';
import type { SourceRange } from './source.js';

export interface Objective extends Declared {
    readonly title?: string;
    readonly targets: readonly Target[];
    readonly clauses: readonly ObjectiveClause[];
}

export type FailureLevel = 'node' | 'rack' | 'zone' | 'region';

export interface FailureCount {
    readonly count: number;
    readonly level: FailureLevel;
}

/** One line of an objective or scenario that can hold or fail. */
export interface Clause {
    /** As written, on one line. */
    readonly text: string;
    readonly source: SourceRange;
}

export type ObjectiveClause = Clause &
    (
        | { readonly kind: 'tolerate'; readonly shape: readonly FailureCount[]; readonly operation?: Operation }
        | { readonly kind: 'restore'; readonly operation: Operation; readonly limitMs: number }
        /** `limitMs` 0: lose no writes. */
        | { readonly kind: 'lose'; readonly limitMs: number }
        | { readonly kind: 'availability'; readonly minimum: number }
        | { readonly kind: 'durability'; readonly minimum: number }
    );
