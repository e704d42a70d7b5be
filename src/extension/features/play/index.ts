/** `Cluster: Play Scenario` and `Cluster: Show Counterexample`: runs in the preview's timeline. */
import { commands, Disposable, Uri, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { TestItem } from '../../../protocol/index.js';
import { currentClusterEditor } from '../../language.js';
import type { Preview } from '../preview/preview.js';
import type { Previews } from '../preview/previews.js';
import { chooseQuestion } from './choose.js';
import { PLAY_COMMAND, SHOW_COUNTEREXAMPLE_COMMAND, STOP_AT_FAILURE } from './commands.js';

export function activatePlay(client: BaseLanguageClient, previews: Previews): Disposable {
    const askAbout = async (
        kind: TestItem['kind'],
        uri: unknown,
        name: unknown,
        play: (preview: Preview, name: string) => void,
    ): Promise<void> => {
        const document = typeof uri === 'string' ? Uri.parse(uri, true) : currentClusterEditor()?.document.uri;
        if (!document) {
            void window.showInformationMessage('Open a .cluster file first: the preview plays what happens in it.');
            return;
        }
        const chosen = typeof name === 'string' ? name : await chooseQuestion(client, document, kind);
        if (chosen !== undefined) play(previews.open(document), chosen);
    };
    return Disposable.from(
        commands.registerCommand(PLAY_COMMAND, (uri?: unknown, name?: unknown, stop?: unknown) =>
            askAbout('scenario', uri, name, (preview, scenario) =>
                preview.play({ kind: 'scenario', name: scenario }, stop === STOP_AT_FAILURE),
            ),
        ),
        commands.registerCommand(SHOW_COUNTEREXAMPLE_COMMAND, (uri?: unknown, name?: unknown) =>
            askAbout('objective', uri, name, (preview, objective) =>
                preview.play({ kind: 'counterexample', objective }, false),
            ),
        ),
    );
}
