/** What the service and its worker tell each other. Requests are told apart by `id`. */
import type { Topology } from '../../topology/index.js';
import type { ScenarioResult, Verdict } from '../verdict.js';

export type AnalysisJob =
    | { readonly kind: 'objective'; readonly topology: Topology; readonly index: number }
    | { readonly kind: 'scenario'; readonly topology: Topology; readonly index: number; readonly seed?: number };

export type ToWorker =
    | { readonly type: 'run'; readonly id: number; readonly job: AnalysisJob }
    | { readonly type: 'cancel'; readonly id: number };

export type FromWorker =
    | { readonly type: 'done'; readonly id: number; readonly result: Verdict | ScenarioResult }
    | { readonly type: 'cancelled'; readonly id: number }
    | { readonly type: 'failed'; readonly id: number; readonly message: string };
