export * from './behaviour.js';
export * from './trace.js';
export * from './result.js';
export * from './random.js';
export * from './simulate.js';
