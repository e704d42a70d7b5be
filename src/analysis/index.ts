export * from './verdict.js';
export * from './drive.js';
export * from './status.js';
export { UnknownEngineError, type EngineLookup } from './models.js';
export { judge, type Judgement } from './scenario/judge.js';
export { runScenario, simulateScenario, type ScenarioOptions } from './scenario/run.js';
