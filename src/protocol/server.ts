/** What the client asks of the language server beyond the Language Server Protocol. */
import type { ScenarioResult, Verdict } from '../analysis/index.js';
import type { Drawing, DrawingPatch, LiveStep, Playback } from '../diagram/index.js';
import type { Position, SourceRange } from '../topology/index.js';

/** Request {@link DrawingParams} → {@link Drawing} or null for a document that the server does not know. */
export const DRAWING_REQUEST = 'faultline/drawing';
/** Request {@link ElementAtParams} → id of the drawn element whose text stands there, or null. */
export const ELEMENT_AT_REQUEST = 'faultline/elementAt';
/** Request {@link ScenariosParams} → {@link ScenarioItem}[]. */
export const SCENARIOS_REQUEST = 'faultline/scenarios';
/** Request {@link RunScenarioParams} → {@link RunScenarioReply}. Can be cancelled. */
export const RUN_SCENARIO_REQUEST = 'faultline/runScenario';
/** Request {@link ExplainParams} → the page of a code as Markdown, or null for a code that nothing reports. */
export const EXPLAIN_REQUEST = 'faultline/explain';
/** Request {@link PlayParams} → {@link PlayReply}. Can be cancelled. */
export const PLAY_REQUEST = 'faultline/play';
/** Request {@link PlayParams} → what the run would rest on, as in {@link PlayReply}; null for a text that is not known. */
export const BASIS_REQUEST = 'faultline/basis';
/** Request {@link SaveScenarioParams} → {@link SaveScenarioReply}. Changes nothing: the client applies the text. */
export const SAVE_SCENARIO_REQUEST = 'faultline/saveScenario';
/** Request {@link TestsParams} → {@link TestItem}[]: objectives and scenarios in the file's order. */
export const TESTS_REQUEST = 'faultline/tests';
/** Request {@link RunTestParams} → {@link RunTestReply}. Can be cancelled. */
export const RUN_TEST_REQUEST = 'faultline/runTest';
/** Notification {@link DrawingChangedParams} from the server: the document's drawing may be another one now. */
export const DRAWING_CHANGED = 'faultline/drawingChanged';

export interface DrawingParams {
    readonly uri: string;
    /** Version of the drawing that is shown already, so that what is different is enough. */
    readonly base?: number;
}

/** Versions count the drawings, not the edits: many an edit changes none. */
export type DrawingReply = (
    | { readonly kind: 'whole'; readonly drawing: Drawing }
    | { readonly kind: 'patch'; readonly base: number; readonly patch: DrawingPatch }
    | { readonly kind: 'same' }
) & {
    readonly version: number;
    /** Why the drawing does not show all that the text says, as a sentence or two: something in it is not understood. */
    readonly lag?: string;
};

export interface DrawingChangedParams {
    readonly uri: string;
}

export interface ElementAtParams {
    readonly uri: string;
    readonly position: Position;
}

export interface ExplainParams {
    readonly code: string;
}

export interface ScenariosParams {
    readonly uri: string;
}

export interface ScenarioItem {
    readonly name: string;
    readonly title?: string;
    /** Counted from 0. */
    readonly line: number;
}

export interface RunScenarioParams {
    readonly uri: string;
    readonly name: string;
    readonly seed?: number;
}

export type RunScenarioReply =
    | {
          readonly kind: 'done';
          readonly result: ScenarioResult;
          /** The story as plain text, ready to be read. */ readonly report: string;
      }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'failed'; readonly message: string };

/** What can be played without anything having been clicked together. */
export type Playable =
    | { readonly kind: 'scenario'; readonly name: string }
    /** What breaks an objective, if anything does. */
    | { readonly kind: 'counterexample'; readonly objective: string };

export interface LiveParams {
    readonly steps: readonly LiveStep[];
    readonly seed?: number;
    /** What goes on with the steps: a scenario that was played, up to an instant in milliseconds from its start. */
    readonly after?: { readonly what: Playable; readonly untilMs: number };
}

export type PlayParams = { readonly uri: string; readonly seed?: number } & (
    | Playable
    /** The run lasts five minutes beyond the last step, so that slow recoveries show. */
    | ({ readonly kind: 'live' } & LiveParams)
);

export type PlayReply =
    /** `basis`: a digest of what the run rests on. While it is the same, the run would go the same way. */
    | { readonly kind: 'done'; readonly playback: Playback; readonly basis: string }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'failed'; readonly message: string };

export interface SaveScenarioParams extends LiveParams {
    readonly uri: string;
}

export type SaveScenarioReply =
    | {
          readonly kind: 'done';
          readonly name: string;
          /** Where `text` is to be inserted; counted from 0. */
          readonly line: number;
          readonly character: number;
          /** The scenario with what its run showed as expectations, in the formatter's form. */
          readonly text: string;
      }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'failed'; readonly message: string };

export interface TestsParams {
    readonly uri: string;
}

export interface TestItem {
    readonly kind: 'objective' | 'scenario';
    readonly name: string;
    readonly title?: string;
    readonly source: SourceRange;
    /** Why it cannot be run: something that it rests on is not understood. */
    readonly problem?: string;
}

export interface RunTestParams {
    readonly uri: string;
    readonly kind: TestItem['kind'];
    readonly name: string;
}

export type RunTestReply =
    | {
          readonly kind: 'done';
          readonly verdict: Verdict;
          /** The story of a scenario's run; nothing for an objective. */ readonly report: string;
          readonly traceHash?: string;
      }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'failed'; readonly message: string };
