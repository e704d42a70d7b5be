import { CancellationTokenSource, TestRunRequest, type CancellationToken } from 'vscode';
import type { Reads } from '../language-client/reads.js';
import type { TestRunner } from './runner.js';

/** A file that is being typed in is left alone until it has rested so long. */
const REST_MS = 600;

/** Runs again what is asked for in a file whenever that has changed, until the user turns it off. */
export function runContinuously(
    request: TestRunRequest,
    runner: TestRunner,
    reads: Reads,
    token: CancellationToken,
): void {
    const running = new Map<string, CancellationTokenSource>();
    const resting = new Map<string, ReturnType<typeof setTimeout>>();
    const rerun = async (uri: string): Promise<void> => {
        resting.delete(uri);
        const items = await runner.wanted(request, uri);
        if (items.length === 0 || token.isCancellationRequested) return;
        // What was found out about the older text is not wanted any more.
        running.get(uri)?.cancel();
        const current = new CancellationTokenSource();
        running.set(uri, current);
        await runner.run(new TestRunRequest(items, request.exclude, request.profile, true), current.token);
        if (running.get(uri) === current) running.delete(uri);
        current.dispose();
    };
    const listening = reads.onDidRead((uri) => {
        clearTimeout(resting.get(uri));
        resting.set(
            uri,
            setTimeout(() => void rerun(uri), REST_MS),
        );
    });
    token.onCancellationRequested(() => {
        listening.dispose();
        resting.forEach((timer) => clearTimeout(timer));
        running.forEach((each) => each.cancel());
    });
}
