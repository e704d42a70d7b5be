/** What is said about a scenario or an objective; the same for the editor, the tests and the command line. */
import type { Run } from '../simulator/index.js';
import type { Scenario, SourceRange } from '../topology/index.js';

export type Status = 'passed' | 'failed' | 'not-proved' | 'error';

export interface Verdict {
    readonly kind: 'scenario' | 'objective';
    readonly name: string;
    readonly title?: string;
    readonly source: SourceRange;
    /** The worst of its clauses. */
    readonly status: Status;
    /** Scenarios only. */
    readonly seed?: number;
    readonly clauses: readonly ClauseVerdict[];
    /** Sentences about what could not be done, or was done without effect ("fault applied, affected 0"). */
    readonly notes: readonly string[];
    readonly elapsedMs: number;
}

export interface ClauseVerdict {
    /** As written in the file. */
    readonly text: string;
    readonly source: SourceRange;
    readonly status: Status;
    /** A sentence: what was found instead, or what was proved. */
    readonly actual: string;
    /** The measured duration, or the largest that is possible, in milliseconds. Missing where nothing bounds it. */
    readonly valueMs?: number;
    /** Objectives only: failure sets that were decided. */
    readonly sets?: number;
    /** Objectives only: how it was decided. */
    readonly method?: string;
    readonly assumptions?: readonly string[];
    readonly counterexample?: Counterexample;
}

export interface Counterexample {
    /** The failed things as the file names them: `zone us-east-1.a`, `node sessions.cache-1`. */
    readonly faults: readonly string[];
    /** A `.cluster` scenario that can be pasted behind the file and that fails in the same way when run. */
    readonly scenario: string;
    /** The same, to be run over the topology that was proved. */
    readonly plan: Scenario;
    readonly sources: readonly SourceRange[];
}

export interface ScenarioResult {
    readonly verdict: Verdict;
    readonly run: Run;
}
