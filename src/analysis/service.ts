/** The one analysis worker of an editor: requests, cancellation, a deadline, and a new worker after a death. */
import { CancelledError } from './drive.js';
import type { Topology } from '../topology/index.js';
import type { ScenarioResult, Verdict } from './verdict.js';
import { inProcess, type WorkerFactory, type WorkerHandle } from './worker/handle.js';
import type { AnalysisJob, FromWorker } from './worker/messages.js';

/** The part of a language server's cancellation token that is used here. */
export interface CancellationToken {
    readonly isCancellationRequested: boolean;
    onCancellationRequested(listener: () => void): { dispose(): void };
}

/** The worker died or was ended while it worked on the request. The message is for the user. */
export class AnalysisStoppedError extends Error {
    constructor(message: string) {
        super(message);
        this.name = 'AnalysisStoppedError';
    }
}

export interface AnalysisServiceOptions {
    /** Without it, and where it throws, the work is done in slices in this thread. */
    readonly createWorker?: WorkerFactory;
    /** Time after which a request is given up and its worker is ended; a minute unless said. */
    readonly deadlineMs?: number;
}

const DEADLINE_MS = 60_000;

interface Pending {
    resolve(result: Verdict | ScenarioResult): void;
    reject(error: Error): void;
    readonly timer: ReturnType<typeof setTimeout>;
    readonly subscription: { dispose(): void } | undefined;
}

export class AnalysisService {
    private readonly pending = new Map<number, Pending>();
    private readonly deadlineMs: number;
    private readonly createWorker: WorkerFactory;
    private worker: WorkerHandle | undefined;
    private lastId = 0;

    constructor({ createWorker = inProcess, deadlineMs = DEADLINE_MS }: AnalysisServiceOptions = {}) {
        this.createWorker = createWorker;
        this.deadlineMs = deadlineMs;
    }

    /** Rejects with CancelledError or AnalysisStoppedError. */
    async proveObjective(topology: Topology, index: number, token?: CancellationToken): Promise<Verdict> {
        const result = await this.request({ kind: 'objective', topology, index }, token);
        if ('verdict' in result) {
            throw new Error('The worker answered a proof with a run.');
        }
        return result;
    }

    /** Rejects with CancelledError or AnalysisStoppedError. */
    async runScenario(
        topology: Topology,
        index: number,
        options: { readonly seed?: number } = {},
        token?: CancellationToken,
    ): Promise<ScenarioResult> {
        const seed = options.seed === undefined ? {} : { seed: options.seed };
        const result = await this.request({ kind: 'scenario', topology, index, ...seed }, token);
        if (!('verdict' in result)) {
            throw new Error('The worker answered a run with a proof.');
        }
        return result;
    }

    /** Ends the worker. Requests under way are cancelled. */
    dispose(): void {
        this.endWorker();
        this.rejectAll(() => new CancelledError());
    }

    private request(job: AnalysisJob, token: CancellationToken | undefined): Promise<Verdict | ScenarioResult> {
        if (token?.isCancellationRequested === true) {
            return Promise.reject(new CancelledError());
        }
        const id = ++this.lastId;
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => {
                this.expire(id);
            }, this.deadlineMs);
            const subscription = token?.onCancellationRequested(() => {
                this.cancel(id);
            });
            this.pending.set(id, { resolve, reject, timer, subscription });
            this.post(id, job);
        });
    }

    private post(id: number, job: AnalysisJob): void {
        try {
            this.worker ??= this.start();
            this.worker.post({ type: 'run', id, job });
        } catch (error) {
            this.settle(id)?.reject(new AnalysisStoppedError(`The analysis could not be started: ${String(error)}`));
        }
    }

    private start(): WorkerHandle {
        // A worker that was replaced may still speak: only the current one is listened to.
        let handle: WorkerHandle | undefined = undefined;
        const listener = {
            message: (message: FromWorker): void => {
                this.receive(message);
            },
            died: (reason: string): void => {
                if (this.worker === handle) {
                    this.died(reason);
                }
            },
        };
        try {
            handle = this.createWorker(listener);
        } catch {
            handle = inProcess(listener);
        }
        return handle;
    }

    private receive(message: FromWorker): void {
        const request = this.settle(message.id);
        switch (message.type) {
            case 'done':
                request?.resolve(message.result);
                return;
            case 'cancelled':
                request?.reject(new CancelledError());
                return;
            case 'failed':
                request?.reject(new AnalysisStoppedError(`The analysis failed: ${message.message}`));
                return;
        }
    }

    private cancel(id: number): void {
        this.worker?.post({ type: 'cancel', id });
        this.settle(id)?.reject(new CancelledError());
    }

    private expire(id: number): void {
        this.settle(id)?.reject(
            new AnalysisStoppedError(
                `The analysis was stopped because it took longer than ${String(this.deadlineMs / 1_000)} s. Nothing is known about this request.`,
            ),
        );
        this.endWorker();
        this.rejectAll(
            () =>
                new AnalysisStoppedError('The analysis was stopped together with another request that took too long.'),
        );
    }

    private died(reason: string): void {
        this.worker = undefined;
        this.rejectAll(
            () => new AnalysisStoppedError(`The analysis worker died: ${reason}. The next request starts a new one.`),
        );
    }

    private endWorker(): void {
        const worker = this.worker;
        this.worker = undefined;
        worker?.terminate();
    }

    private rejectAll(error: () => Error): void {
        [...this.pending.keys()].forEach((id) => this.settle(id)?.reject(error()));
    }

    /** Takes the request out of the list and frees what it holds; undefined if it is settled already. */
    private settle(id: number): Pending | undefined {
        const request = this.pending.get(id);
        this.pending.delete(id);
        clearTimeout(request?.timer);
        request?.subscription?.dispose();
        return request;
    }
}
