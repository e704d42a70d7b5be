/** `Cluster: Run Scenario`, from the palette and from the code lens above a scenario. */
import { commands, Disposable, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { chooseQuestion, RUN } from '../../choose-question.js';
import { currentClusterEditor } from '../../language.js';
import { REPORT_SCHEME, ReportStore } from './reports.js';
import { runWithProgress } from './run.js';

/** Arguments: none, or the document's URI and the scenario's name. */
const RUN_COMMAND = 'faultline.runScenario';

export function activateScenarios(client: BaseLanguageClient): Disposable {
    const reports = new ReportStore();
    const runScenario = async (uri?: unknown, name?: unknown): Promise<void> => {
        const document = typeof uri === 'string' ? Uri.parse(uri, true) : currentClusterEditor()?.document.uri;
        if (!document) {
            void window.showInformationMessage('Open a .cluster file first: its scenarios can then be run.');
            return;
        }
        const scenario = typeof name === 'string' ? name : await chooseQuestion(client, document, RUN);
        if (scenario === undefined) return;
        const reply = await runWithProgress(client, document, scenario);
        if (reply?.kind === 'done') await reports.show(document, scenario, reply.report);
        if (reply?.kind === 'failed') void window.showErrorMessage(`${scenario} could not be run. ${reply.message}`);
    };
    return Disposable.from(
        reports,
        workspace.registerTextDocumentContentProvider(REPORT_SCHEME, reports),
        commands.registerCommand(RUN_COMMAND, runScenario),
    );
}
