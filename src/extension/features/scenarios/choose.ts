import { window, type Uri } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { SCENARIOS_REQUEST, type ScenarioItem, type ScenariosParams } from '../../../protocol/index.js';

/** Lets the user choose among a document's scenarios; undefined when there is none or none was chosen. */
export async function chooseScenario(client: BaseLanguageClient, document: Uri): Promise<string | undefined> {
    const params: ScenariosParams = { uri: document.toString() };
    const scenarios = await client.sendRequest<readonly ScenarioItem[]>(SCENARIOS_REQUEST, params);
    if (scenarios.length === 0) {
        void window.showInformationMessage(
            'There is no scenario to run: the file has none, or an error in it stands in the way (see the Problems view).',
        );
        return undefined;
    }
    const items = scenarios.map((scenario) => ({
        label: scenario.name,
        detail: scenario.title,
        description: `line ${scenario.line + 1}`,
    }));
    const chosen = await window.showQuickPick(items, {
        title: 'Run Scenario',
        placeHolder: 'Which failure should be simulated?',
        matchOnDetail: true,
    });
    return chosen?.label;
}
