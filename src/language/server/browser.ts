/** The server's file in a browser: the worker that the client starts, or the one that this one starts. */
import { serveWebWorker, type WorkerScope } from '../../analysis/index.js';
import { ANALYSIS, type RoleHolder } from './role.js';

declare const self: WorkerScope & RoleHolder;

if (self.faultlineRole === ANALYSIS) serveWebWorker(self);
else void import('./browser-server.js');
