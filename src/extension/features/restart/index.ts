/** `Cluster: Restart Language Server` */
import { commands, window, type Disposable } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

export const RESTART_COMMAND = 'faultline.restartServer';

export function activateRestart(client: BaseLanguageClient): Disposable {
    return commands.registerCommand(RESTART_COMMAND, async () => {
        try {
            if (client.needsStop()) await client.stop();
        } catch (error) {
            client.warn('The language server did not stop in an orderly way.', error, false);
        }
        try {
            await client.start();
        } catch (error) {
            client.error('The language server could not be started.', error, false);
            void window.showErrorMessage(
                'The Faultline language server could not be started. Its output channel tells why.',
            );
        }
    });
}
