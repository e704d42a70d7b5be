/** The worker's end of the line, in Node and in a browser. */
import type { FromWorker, ToWorker } from './messages.js';
import { serveAnalysis } from './serve.js';

/** The part of a worker thread's `parentPort` that is used here. */
export interface ThreadPort {
    postMessage(message: FromWorker): void;
    on(event: 'message', listener: (message: ToWorker) => void): unknown;
}

/** The part of a browser's worker scope that is used here. */
export interface WorkerScope {
    postMessage(message: FromWorker): void;
    onmessage: ((event: { readonly data: ToWorker }) => void) | null;
}

/** Does the analyses that are asked for through the port, for as long as the thread lives. */
export function serveThread(port: ThreadPort): void {
    const receive = serveAnalysis((message) => {
        port.postMessage(message);
    });
    port.on('message', receive);
}

/** Does the analyses that are asked for in a web worker, for as long as it lives. */
export function serveWebWorker(scope: WorkerScope): void {
    const receive = serveAnalysis((message) => {
        scope.postMessage(message);
    });
    scope.onmessage = (event) => {
        receive(event.data);
    };
}
