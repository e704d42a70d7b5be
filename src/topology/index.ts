export * from './source.js';
export * from './model.js';
export * from './objective.js';
export * from './scenario.js';
export * from './diagnostics.js';
export * from './assert.js';
export * from './units.js';
export * from './targets.js';
