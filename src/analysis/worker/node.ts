/** Entry of the analysis worker in Node. */
import { parentPort } from 'node:worker_threads';
import type { ToWorker } from './messages.js';
import { serveAnalysis } from './serve.js';

if (parentPort === null) {
    throw new Error('This file is the analysis worker and has to be started as a worker thread.');
}
const port = parentPort;
const receive = serveAnalysis((message) => {
    port.postMessage(message);
});
port.on('message', (message: ToWorker) => {
    receive(message);
});
