/** Entry of the analysis worker in a browser. */
import type { FromWorker, ToWorker } from './messages.js';
import { serveAnalysis } from './serve.js';

/** The part of a browser's worker scope that is used here. */
interface WorkerScope {
    postMessage(message: FromWorker): void;
    onmessage: ((event: { readonly data: ToWorker }) => void) | null;
}

const scope = globalThis as unknown as WorkerScope;
const receive = serveAnalysis((message) => {
    scope.postMessage(message);
});
scope.onmessage = (event) => {
    receive(event.data);
};
