export * from './verdict.js';
export * from './drive.js';
export * from './status.js';
export { idleFaultFindings } from './scenario/idle-faults.js';
export { judge } from './scenario/judge.js';
export { runScenario } from './scenario/run.js';
export { minimise, type Minimised } from './scenario/minimise.js';
export { report } from './report/report.js';
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
export { collectFindings } from './findings.js';
export { verdictFindings } from './verdict-findings.js';
export { AnalysisService, AnalysisStoppedError } from './service.js';
export {
    inProcess,
    nodeWorkerFactory,
    webWorkerFactory,
    type NodeWorker,
    type WebWorker,
    type WorkerFactory,
    type WorkerListener,
} from './worker/handle.js';
export { serveThread, serveWebWorker, type WorkerScope } from './worker/ports.js';
export type { FromWorker, ToWorker } from './worker/messages.js';
export { liveScenario, type LiveOrder } from './live/live-scenario.js';
export { observedExpectations } from './live/observed.js';
export { knownFrom } from '../simulator/index.js';
export { outcomeOf } from './scenario/outcome.js';
export { decidingInstant } from './scenario/instant.js';
export { written as scenarioText } from './scenario/written.js';
