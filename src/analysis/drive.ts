/** Long work in short slices, so that whoever waits for something else is never kept waiting. */

/** Called between slices: lets other work through, and throws {@link CancelledError} once nobody wants the result. */
export type Interrupt = () => Promise<void>;

/** The work was given up because it is not wanted any more. */
export class CancelledError extends Error {
    constructor() {
        super('The work was cancelled.');
        this.name = 'CancelledError';
    }
}

const SLICE_MS = 20;

/** Runs the steps to their end, with a pause after each slice of about 20 ms. Without an interrupt, in one go. */
export async function drive<Result>(steps: Generator<void, Result>, interrupt?: Interrupt): Promise<Result> {
    let sliceEnd = performance.now() + SLICE_MS;
    for (;;) {
        const step = steps.next();
        if (step.done === true) {
            return step.value;
        }
        if (interrupt !== undefined && performance.now() >= sliceEnd) {
            await interrupt();
            sliceEnd = performance.now() + SLICE_MS;
        }
    }
}
