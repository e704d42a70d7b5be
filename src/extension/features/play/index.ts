/** `Cluster: Play Scenario` and `Cluster: Show Counterexample`: runs in the preview's timeline. */
import { commands, Disposable, Uri, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { chooseQuestion, PLAY, SHOW_COUNTEREXAMPLE, type Purpose } from '../../choose-question.js';
import { currentClusterEditor } from '../../language.js';
import type { Preview } from '../preview/preview.js';
import type { Previews } from '../preview/previews.js';
import { PLAY_COMMAND, SHOW_COUNTEREXAMPLE_COMMAND, STOP_AT_FAILURE } from './commands.js';

export function activatePlay(client: BaseLanguageClient, previews: Previews): Disposable {
    const askAbout = async (
        purpose: Purpose,
        uri: unknown,
        name: unknown,
        play: (preview: Preview, name: string) => void,
    ): Promise<void> => {
        const document = typeof uri === 'string' ? Uri.parse(uri, true) : currentClusterEditor()?.document.uri;
        if (!document) {
            void window.showInformationMessage('Open a .cluster file first: the preview plays what happens in it.');
            return;
        }
        const chosen = typeof name === 'string' ? name : await chooseQuestion(client, document, purpose);
        if (chosen !== undefined) play(previews.open(document), chosen);
    };
    return Disposable.from(
        commands.registerCommand(PLAY_COMMAND, (uri?: unknown, name?: unknown, stop?: unknown) =>
            askAbout(PLAY, uri, name, (preview, scenario) =>
                preview.play({ kind: 'scenario', name: scenario }, stop === STOP_AT_FAILURE),
            ),
        ),
        commands.registerCommand(SHOW_COUNTEREXAMPLE_COMMAND, (uri?: unknown, name?: unknown) =>
            askAbout(SHOW_COUNTEREXAMPLE, uri, name, (preview, objective) =>
                preview.play({ kind: 'counterexample', objective }, false),
            ),
        ),
    );
}
