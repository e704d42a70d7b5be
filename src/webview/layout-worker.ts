/**
 * ELK in a worker of its own. A call cannot be interrupted: it has a deadline, at which its worker is ended, and while it
 * lasts only the newest of the graphs that are asked for meanwhile waits.
 */
import Elk, { type ElkNode } from 'elkjs/lib/elk-api.js';

const DEADLINE_MS = 5_000;

interface Running {
    readonly worker: Worker;
    readonly elk: InstanceType<typeof Elk>;
}

export class LayoutWorker {
    #source: Promise<Blob> | undefined;
    #running: Running | undefined;
    #newest = 0;
    #before: Promise<unknown> = Promise.resolve();

    /** @param url of the worker's source text, which webviews start from a blob only */
    constructor(private readonly url: string) {}

    /**
     * Undefined if a newer graph was asked for before this one's turn came. Rejects if ELK refuses, if the worker cannot
     * be had, or at the deadline.
     */
    layout(graph: ElkNode): Promise<ElkNode | undefined> {
        this.#newest += 1;
        const turn = this.#newest;
        const result = this.#before.then(() => (turn === this.#newest ? this.compute(graph) : undefined));
        this.#before = result.catch(() => undefined);
        return result;
    }

    private async compute(graph: ElkNode): Promise<ElkNode> {
        const { worker, elk } = await this.start();
        let timer = 0;
        const late = new Promise<never>((_, reject) => {
            timer = window.setTimeout(
                () => reject(new Error(`No layout within ${DEADLINE_MS / 1_000} seconds.`)),
                DEADLINE_MS,
            );
        });
        const broken = new Promise<never>((_, reject) => {
            worker.addEventListener('error', () => reject(new Error('The layout worker failed.')), { once: true });
        });
        try {
            return await Promise.race([elk.layout(graph), late, broken]);
        } catch (error) {
            this.stop();
            throw error;
        } finally {
            window.clearTimeout(timer);
        }
    }

    private async start(): Promise<Running> {
        this.#source ??= fetch(this.url).then((response) => {
            if (!response.ok) {
                throw new Error(`The layout worker could not be loaded: ${response.status}.`);
            }
            return response.blob();
        });
        if (this.#running === undefined) {
            const text = await this.#source;
            const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
            const worker = new Worker(address);
            URL.revokeObjectURL(address);
            this.#running = { worker, elk: new Elk({ workerFactory: () => worker }) };
        }
        return this.#running;
    }

    private stop(): void {
        this.#running?.worker.terminate();
        this.#running = undefined;
    }
}
