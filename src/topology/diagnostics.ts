import type { SourceRange } from './source.js';

export type Severity = 'error' | 'warning' | 'information';

/** A finding about a model, whoever found it: the language, the shared checks, or an engine. */
export interface Finding {
    /** Stable, `room/name`: `topology/copies-in-one-zone`, `redis/even-primaries`. */
    readonly code: string;
    readonly severity: Severity;
    /** An error that the real system takes: it runs, badly, and what becomes of it can be asked. */
    readonly runs?: true;
    /** What is wrong and why it matters. */
    readonly message: string;
    /** What to do about it. */
    readonly help: string;
    readonly source: SourceRange;
    readonly related?: readonly { readonly source: SourceRange; readonly message: string }[];
    /** Mechanical ways out, the best one first. */
    readonly fixes?: readonly Fix[];
}

/** A change of the text that mends a finding. Whoever knows the syntax turns it into edits; one that has no edit is not offered. */
export type Fix = Change & {
    /** What it does, as a command: `Use 3 controllers`. */
    readonly title: string;
    /** The meaning of the file stays what its author wants beyond doubt, so it may be made to all findings at once. */
    readonly safe?: boolean;
    /** One way among several that only the author can decide between, so that an editor prefers none of them. */
    readonly open?: true;
};

/** `declaration` is the source of a cluster, group, shard, member or workload, as the model has it. */
type Change =
    | { readonly kind: 'replace'; readonly source: SourceRange; readonly text: string }
    /** Sets `key = value` in the `settings` of the declaration's block; both are made if they are missing. */
    | { readonly kind: 'set-setting'; readonly declaration: SourceRange; readonly key: string; readonly value: string }
    /** Gives the statement `keyword …` in the declaration's block another value, or adds it: `replicas 3`. */
    | {
          readonly kind: 'set-property';
          readonly declaration: SourceRange;
          readonly keyword: string;
          readonly value: string;
      }
    /** Takes the statement `keyword …` out of the declaration's block. */
    | { readonly kind: 'remove-property'; readonly declaration: SourceRange; readonly keyword: string }
    | { readonly kind: 'add-statement'; readonly declaration: SourceRange; readonly text: string }
    | { readonly kind: 'remove-statement'; readonly source: SourceRange }
    /** Moves an entry of some `settings` to those of the declaration's block. */
    | { readonly kind: 'move-setting'; readonly source: SourceRange; readonly declaration: SourceRange }
    /** Makes the range of names `ctl-[1..4]` longer or shorter by so many. */
    | { readonly kind: 'resize-range'; readonly declaration: SourceRange; readonly by: number };
