export * from './drawing.js';
