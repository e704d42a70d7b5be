import { afterEach, describe, expect, it, vi } from 'vitest';
import {
    AnalysisService,
    AnalysisStoppedError,
    CancelledError,
    inProcess,
    nodeWorkerFactory,
    type FromWorker,
    type NodeWorker,
    type ToWorker,
    type Verdict,
    type WorkerFactory,
    type WorkerListener,
} from '../../src/analysis/index.js';
import { HERE, topology, withObjective } from '../support/model.js';

const model = withObjective(topology([{ name: 'db', engine: 'unheard-of', nodes: { n: {} } }]), ['db'], []);
const answer: Verdict = {
    kind: 'objective',
    name: 'promise',
    source: HERE,
    status: 'passed',
    clauses: [],
    notes: [],
    elapsedMs: 0,
};

class FakeWorker {
    readonly heard: ToWorker[] = [];
    terminated = false;
    constructor(readonly listener: WorkerListener) {}
    answer(id: number): void {
        this.listener.message({ type: 'done', id, result: answer });
    }
}

function fakes(): { readonly workers: FakeWorker[]; readonly createWorker: WorkerFactory } {
    const workers: FakeWorker[] = [];
    return {
        workers,
        createWorker: (listener) => {
            const worker = new FakeWorker(listener);
            workers.push(worker);
            return { post: (message) => worker.heard.push(message), terminate: () => (worker.terminated = true) };
        },
    };
}

class Token {
    isCancellationRequested = false;
    private readonly listeners = new Set<() => void>();
    get listening(): number {
        return this.listeners.size;
    }
    onCancellationRequested(listener: () => void): { dispose(): void } {
        this.listeners.add(listener);
        return { dispose: () => this.listeners.delete(listener) };
    }
    cancel(): void {
        this.isCancellationRequested = true;
        [...this.listeners].forEach((listener) => {
            listener();
        });
    }
}

afterEach(() => {
    vi.useRealTimers();
});

describe('the analysis service', () => {
    it('has one worker and tells its answers apart', async () => {
        const { workers, createWorker } = fakes();
        const service = new AnalysisService({ createWorker });
        const first = service.proveObjective(model, 0);
        const second = service.proveObjective(model, 0);
        expect(workers).toHaveLength(1);
        expect(workers[0]!.heard.map(({ type, id }) => [type, id])).toEqual([['run', 1], ['run', 2]]); // prettier-ignore
        let firstDone = false;
        void first.then(() => (firstDone = true));
        workers[0]!.answer(2);
        expect(await second).toEqual(answer);
        expect(firstDone).toBe(false);
        workers[0]!.answer(1);
        expect(await first).toEqual(answer);
    });

    it('cancels at once, tells the worker, and lets go of the token', async () => {
        const { workers, createWorker } = fakes();
        const service = new AnalysisService({ createWorker });
        const token = new Token();
        const request = service.proveObjective(model, 0, token);
        token.cancel();
        await expect(request).rejects.toThrow(CancelledError);
        expect(workers[0]!.heard.at(-1)).toEqual({ type: 'cancel', id: 1 });
        expect(token.listening).toBe(0);
        await expect(service.proveObjective(model, 0, token)).rejects.toThrow(CancelledError);
        expect(workers[0]!.heard).toHaveLength(2);
    });

    it('ends a worker that misses the deadline, says so, and starts another', async () => {
        vi.useFakeTimers();
        const { workers, createWorker } = fakes();
        const service = new AnalysisService({ createWorker, deadlineMs: 5_000 });
        const late = service.proveObjective(model, 0);
        const rejected = expect(late).rejects.toThrow('took longer than 5 s');
        vi.advanceTimersByTime(5_000);
        await rejected;
        expect(workers[0]!.terminated).toBe(true);
        const next = service.proveObjective(model, 0);
        expect(workers).toHaveLength(2);
        workers[0]!.listener.died('too late to matter');
        workers[1]!.answer(2);
        expect(await next).toEqual(answer);
    });

    it('tells of a worker that died, and starts another with the next request', async () => {
        const { workers, createWorker } = fakes();
        const service = new AnalysisService({ createWorker });
        const requests = [service.proveObjective(model, 0), service.runScenario(model, 0)];
        workers[0]!.listener.died('out of memory');
        for (const request of requests) {
            await expect(request).rejects.toThrow(AnalysisStoppedError);
            await expect(request).rejects.toThrow('The analysis worker died: out of memory.');
        }
        const next = service.proveObjective(model, 0);
        workers[1]!.answer(3);
        expect(await next).toEqual(answer);
    });

    it('tells of a worker that failed at its work', async () => {
        const { workers, createWorker } = fakes();
        const request = new AnalysisService({ createWorker }).proveObjective(model, 0);
        workers[0]!.listener.message({ type: 'failed', id: 1, message: 'an invariant broke' });
        await expect(request).rejects.toThrow('The analysis failed: an invariant broke');
    });

    it.each<[string, WorkerFactory | undefined]>([
        ['there is none', undefined],
        ['it is refused', () => { throw new Error('no workers here'); }], // prettier-ignore
    ])('works without a worker when %s', async (_why, createWorker) => {
        const service = new AnalysisService(createWorker === undefined ? {} : { createWorker });
        expect(await service.proveObjective(model, 0)).toMatchObject({ name: 'promise', status: 'not-proved' });
        await expect(service.proveObjective(model, 9)).rejects.toThrow('no objective number 10');
    });

    it('cancels what is under way when it is disposed', async () => {
        const { workers, createWorker } = fakes();
        const service = new AnalysisService({ createWorker });
        const request = service.proveObjective(model, 0);
        service.dispose();
        await expect(request).rejects.toThrow(CancelledError);
        expect(workers[0]!.terminated).toBe(true);
    });
});

describe('work in this thread', () => {
    it('hears a cancellation before it begins', async () => {
        const replies: FromWorker[] = [];
        await new Promise<void>((resolve) => {
            const worker = inProcess({
                message: (message) => {
                    replies.push(message);
                    resolve();
                },
                died: () => undefined,
            });
            worker.post({ type: 'run', id: 1, job: { kind: 'objective', topology: model, index: 0 } });
            worker.post({ type: 'cancel', id: 1 });
        });
        expect(replies).toEqual([{ type: 'cancelled', id: 1 }]);
    });
});

it('a worker thread is heard, not kept waiting for, and its end is noticed', () => {
    const callbacks = new Map<string, (value: never) => void>();
    const calls: string[] = [];
    const thread: NodeWorker = {
        postMessage: () => calls.push('post'),
        terminate: () => calls.push('terminate'),
        on: (event: string, callback: (value: never) => void) => callbacks.set(event, callback),
        unref: () => calls.push('unref'),
    };
    const heard: unknown[] = [];
    const worker = nodeWorkerFactory(() => thread)({
        message: (message) => heard.push(message),
        died: (reason) => heard.push(reason),
    });
    worker.post({ type: 'cancel', id: 1 });
    worker.terminate();
    callbacks.get('message')!({ type: 'cancelled', id: 1 } as never);
    callbacks.get('error')!(new Error('boom') as never);
    callbacks.get('exit')!(1 as never);
    expect(calls).toEqual(['unref', 'post', 'terminate']);
    expect(heard).toEqual([{ type: 'cancelled', id: 1 }, 'boom', 'it ended with code 1']);
});
