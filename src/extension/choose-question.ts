import { window, type Uri } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { TESTS_REQUEST, type TestItem, type TestsParams } from '../protocol/index.js';

/** What is done with the scenario or objective that is chosen. */
export interface Purpose {
    readonly kind: TestItem['kind'];
    /** The command's title. */
    readonly title: string;
    readonly question: string;
    /** As in "There is no scenario to run". */
    readonly verb: string;
}

export const RUN: Purpose = {
    kind: 'scenario',
    title: 'Run Scenario',
    question: 'Which failure should be simulated?',
    verb: 'run',
};
export const PLAY: Purpose = {
    kind: 'scenario',
    title: 'Play Scenario',
    question: 'Which failure should be played?',
    verb: 'play',
};
export const SHOW_COUNTEREXAMPLE: Purpose = {
    kind: 'objective',
    title: 'Show Counterexample',
    question: 'What should be shown to break?',
    verb: 'play',
};

/** Lets the user choose among a document's scenarios or objectives; undefined when there is none or none was chosen. */
export async function chooseQuestion(
    client: BaseLanguageClient,
    document: Uri,
    { kind, title, question, verb }: Purpose,
): Promise<string | undefined> {
    const params: TestsParams = { uri: document.toString() };
    const listed = await client.sendRequest<readonly TestItem[]>(TESTS_REQUEST, params);
    const items = listed
        .filter((each) => each.kind === kind && each.problem === undefined)
        .map((each) => ({
            label: each.name,
            detail: each.title,
            description: `line ${each.source.start.line + 1}`,
        }));
    if (items.length === 0) {
        void window.showInformationMessage(
            `There is no ${kind} to ${verb}: the file has none, or an error in it stands in the way (see the Problems view).`,
        );
        return undefined;
    }
    return (await window.showQuickPick(items, { title, placeHolder: question, matchOnDetail: true }))?.label;
}
