export * from './source.js';
export * from './model.js';
export * from './diagnostics.js';
export * from './assert.js';
export * from './units.js';
