/** The worker's side: does what it is asked, in slices, so that a cancellation is heard. */
import { CancelledError, type Interrupt } from '../drive.js';
import { proveObjective } from '../objective/prove.js';
import { runScenario } from '../scenario/run.js';
import type { ScenarioResult, Verdict } from '../verdict.js';
import type { AnalysisJob, FromWorker, ToWorker } from './messages.js';

/** Well before the service gives the request up: what was decided until then is told. */
const PROOF_MS = 30_000;

/** Returns what is to be called with each message from the service. */
export function serveAnalysis(reply: (message: FromWorker) => void): (message: ToWorker) => void {
    const wanted = new Set<number>();
    const interruptOf =
        (id: number): Interrupt =>
        async () => {
            await breath();
            if (!wanted.has(id)) {
                throw new CancelledError();
            }
        };
    const run = async (id: number, job: AnalysisJob): Promise<void> => {
        try {
            reply({ type: 'done', id, result: await resultOf(job, interruptOf(id)) });
        } catch (error) {
            reply(
                error instanceof CancelledError
                    ? { type: 'cancelled', id }
                    : { type: 'failed', id, message: text(error) },
            );
        } finally {
            wanted.delete(id);
        }
    };
    return (message) => {
        if (message.type === 'cancel') {
            wanted.delete(message.id);
            return;
        }
        wanted.add(message.id);
        void run(message.id, message.job);
    };
}

async function resultOf(job: AnalysisJob, interrupt: Interrupt): Promise<Verdict | ScenarioResult> {
    // What was cancelled before its turn came is not begun.
    await interrupt();
    return job.kind === 'objective'
        ? proveObjective(job.topology, job.index, { interrupt, timeoutMs: PROOF_MS })
        : runScenario(job.topology, job.index, { interrupt, ...(job.seed === undefined ? {} : { seed: job.seed }) });
}

/** Lets the messages through that have arrived meanwhile. */
function breath(): Promise<void> {
    return new Promise((resolve) => {
        setTimeout(resolve, 0);
    });
}

function text(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
