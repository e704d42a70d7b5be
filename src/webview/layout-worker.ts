/** ELK in a worker of its own: a call cannot be interrupted, so it has a deadline and is ended with its worker. */
import Elk, { type ElkNode } from 'elkjs/lib/elk-api.js';

const DEADLINE_MS = 5_000;

export class LayoutWorker {
    #source: Promise<Blob> | undefined;
    #worker: Worker | undefined;

    /** @param url of the worker's source text, which webviews start from a blob only */
    constructor(private readonly url: string) {}

    /** Rejects if ELK refuses, if the worker cannot be had, or at the deadline. */
    async layout(graph: ElkNode): Promise<ElkNode> {
        const worker = await this.start();
        const elk = new Elk({ workerFactory: () => worker });
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

    private async start(): Promise<Worker> {
        this.#source ??= fetch(this.url).then((response) => {
            if (!response.ok) {
                throw new Error(`The layout worker could not be loaded: ${response.status}.`);
            }
            return response.blob();
        });
        if (this.#worker === undefined) {
            const text = await this.#source;
            const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
            this.#worker = new Worker(address);
            URL.revokeObjectURL(address);
        }
        return this.#worker;
    }

    private stop(): void {
        this.#worker?.terminate();
        this.#worker = undefined;
    }
}
