/** What the client asks of the language server beyond the Language Server Protocol. */
import type { ScenarioResult } from '../analysis/index.js';
import type { Drawing } from '../diagram/index.js';

/** Request {@link DrawingParams} → {@link Drawing} or null for a document that the server does not know. */
export const DRAWING_REQUEST = 'faultline/drawing';
/** Request {@link ScenariosParams} → {@link ScenarioItem}[]. */
export const SCENARIOS_REQUEST = 'faultline/scenarios';
/** Request {@link RunScenarioParams} → {@link RunScenarioReply}. Can be cancelled. */
export const RUN_SCENARIO_REQUEST = 'faultline/runScenario';
/** Request {@link ExplainParams} → the page of a code as Markdown, or null for a code that nothing reports. */
export const EXPLAIN_REQUEST = 'faultline/explain';
/** Notification {@link DrawingParams} from the server: the document's drawing may be another one now. */
export const DRAWING_CHANGED = 'faultline/drawingChanged';

export interface DrawingParams {
    readonly uri: string;
}

export interface DrawingReply {
    readonly drawing: Drawing;
    /** Version of the text that the drawing shows. */
    readonly version: number;
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
