export * from './behaviour.js';
export * from './trace.js';
export * from './result.js';
export * from './random.js';
export * from './simulate.js';
export { NotModelledError } from './not-modelled.js';
export { clientStreams } from './demands.js';
export { BASE_DELAY_MS, type LinkState } from './network.js';
export { EventQueue, Priority } from './queue.js';
