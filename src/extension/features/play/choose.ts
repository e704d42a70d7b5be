import { window, type Uri } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { TESTS_REQUEST, type TestItem, type TestsParams } from '../../../protocol/index.js';

const WORDS: Readonly<Record<TestItem['kind'], { readonly title: string; readonly question: string }>> = {
    scenario: { title: 'Play Scenario', question: 'Which failure should be played?' },
    objective: { title: 'Show Counterexample', question: 'What should be shown to break?' },
};

/** Lets the user choose among a document's scenarios or objectives; undefined when none was chosen. */
export async function chooseQuestion(
    client: BaseLanguageClient,
    document: Uri,
    kind: TestItem['kind'],
): Promise<string | undefined> {
    const params: TestsParams = { uri: document.toString() };
    const listed = await client.sendRequest<readonly TestItem[]>(TESTS_REQUEST, params);
    const items = listed
        .filter((each) => each.kind === kind && each.problem === undefined)
        .map(({ name, title, source }) => ({
            label: name,
            detail: title,
            description: `line ${source.start.line + 1}`,
        }));
    if (items.length === 0) {
        void window.showInformationMessage(
            `There is no ${kind} to play: the file has none, or an error in it stands in the way (see the Problems view).`,
        );
        return undefined;
    }
    const { title, question } = WORDS[kind];
    return (await window.showQuickPick(items, { title, placeHolder: question, matchOnDetail: true }))?.label;
}
