/** The service's view of a worker, whatever kind it is. */
import type { FromWorker, ToWorker } from './messages.js';
import { serveAnalysis } from './serve.js';

export interface WorkerListener {
    message(message: FromWorker): void;
    /** The worker is gone without having been asked to go. */
    died(reason: string): void;
}

export interface WorkerHandle {
    post(message: ToWorker): void;
    terminate(): void;
}

/** Starts a worker; may throw where workers are refused. */
export type WorkerFactory = (listener: WorkerListener) => WorkerHandle;

/** The part of `Worker` of `node:worker_threads` that is used here. */
export interface NodeWorker {
    postMessage(message: unknown): void;
    terminate(): unknown;
    on(event: 'message', callback: (message: FromWorker) => void): unknown;
    on(event: 'error', callback: (error: unknown) => void): unknown;
    on(event: 'exit', callback: (code: number) => void): unknown;
    unref(): void;
}

/** `start` makes a worker thread that calls `serveThread`. It does not keep its process alive. */
export function nodeWorkerFactory(start: () => NodeWorker): WorkerFactory {
    return (listener) => {
        const worker = start();
        worker.unref();
        worker.on('message', (message) => {
            listener.message(message);
        });
        worker.on('error', (error) => {
            listener.died(error instanceof Error ? error.message : String(error));
        });
        worker.on('exit', (code) => {
            listener.died(`it ended with code ${String(code)}`);
        });
        return {
            post: (message) => {
                worker.postMessage(message);
            },
            terminate: () => void worker.terminate(),
        };
    };
}

/** The part of a browser's `Worker` that is used here. */
export interface WebWorker {
    postMessage(message: unknown): void;
    terminate(): void;
    onmessage: ((event: { readonly data: FromWorker }) => void) | null;
    onerror: ((event: { readonly message?: string }) => void) | null;
}

/** `start` makes a worker that calls `serveWebWorker`. */
export function webWorkerFactory(start: () => WebWorker): WorkerFactory {
    return (listener) => {
        const worker = start();
        worker.onmessage = (event) => {
            listener.message(event.data);
        };
        worker.onerror = (event) => {
            listener.died(event.message ?? 'it failed without a message');
        };
        return {
            post: (message) => {
                worker.postMessage(message);
            },
            terminate: () => {
                worker.terminate();
            },
        };
    };
}

/** No worker at all: the same work in slices in this thread, for places that refuse workers. */
export const inProcess: WorkerFactory = (listener) => {
    let alive = true;
    const running = new Set<number>();
    const receive = serveAnalysis((message) => {
        running.delete(message.id);
        if (alive) {
            listener.message(message);
        }
    });
    return {
        post: (message) => {
            if (message.type === 'run') {
                running.add(message.id);
            }
            receive(message);
        },
        terminate: () => {
            alive = false;
            running.forEach((id) => {
                receive({ type: 'cancel', id });
            });
        },
    };
};
