import { ProgressLocation, window, type Uri } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { RUN_SCENARIO_REQUEST, type RunScenarioParams, type RunScenarioReply } from '../../../protocol/index.js';

/** Undefined when the user cancelled or the server was gone; the latter is said to the user. */
export function runWithProgress(
    client: BaseLanguageClient,
    document: Uri,
    name: string,
): Thenable<RunScenarioReply | undefined> {
    const progress = { location: ProgressLocation.Notification, title: `Running scenario ${name}`, cancellable: true };
    return window.withProgress(progress, async (_report, cancellation) => {
        const params: RunScenarioParams = { uri: document.toString(), name };
        try {
            return await client.sendRequest<RunScenarioReply>(RUN_SCENARIO_REQUEST, params, cancellation);
        } catch (error) {
            if (!cancellation.isCancellationRequested)
                void window.showErrorMessage(`${name} could not be run. ${messageOf(error)}`);
            return undefined;
        }
    });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
