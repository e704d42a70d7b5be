/** The server's file in Node: a process of its own, or the worker thread that such a process starts. */
import { parentPort, workerData } from 'node:worker_threads';
import { serveThread } from '../../analysis/index.js';
import { ANALYSIS } from './role.js';

if (parentPort !== null && workerData === ANALYSIS) serveThread(parentPort);
else void import('./node-server.js');
