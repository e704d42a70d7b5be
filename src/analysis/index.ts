export * from './verdict.js';
export * from './drive.js';
export * from './status.js';
export type { EngineLookup } from './models.js';
export { judge, type Judgement } from './scenario/judge.js';
export { runScenario, type ScenarioOptions } from './scenario/run.js';
export { report } from './report.js';
export {
    proveJson,
    simulateJson,
    testJson,
    type FileOf,
    type ProveReport,
    type SimulateReport,
    type TestReport,
} from './json.js';
export type { OutageSummary } from './summary.js';
export { proveObjective, type ProofOptions } from './objective/prove.js';
export { collectFindings, topologyCodes, type FindingOptions } from './findings.js';
export {
    AnalysisService,
    AnalysisStoppedError,
    type AnalysisServiceOptions,
    type CancellationToken,
} from './service.js';
export {
    inProcess,
    nodeWorkerFactory,
    webWorkerFactory,
    type NodeWorker,
    type WebWorker,
    type WorkerFactory,
    type WorkerHandle,
    type WorkerListener,
} from './worker/handle.js';
export type { AnalysisJob, FromWorker, ToWorker } from './worker/messages.js';
