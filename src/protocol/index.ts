export * from './server.js';
export * from './webview.js';
export type { LiveAction, LiveStart, LiveStep, Playback } from '../diagram/index.js';
export type { Position, SourceRange } from '../topology/index.js';
