export * from './server.js';
export * from './webview.js';
