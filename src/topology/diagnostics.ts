import type { SourceRange } from './source.js';

export type Severity = 'error' | 'warning' | 'information';

/** A finding about a model, whoever found it: the language, the shared checks, or an engine. */
export interface Finding {
    /** Stable, `room/name`: `topology/copies-in-one-zone`, `redis/even-primaries`. */
    readonly code: string;
    readonly severity: Severity;
    /** What is wrong and why it matters. */
    readonly message: string;
    /** What to do about it. */
    readonly help: string;
    readonly source: SourceRange;
    readonly related?: readonly { readonly source: SourceRange; readonly message: string }[];
}
