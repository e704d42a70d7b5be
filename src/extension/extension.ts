/** What the extension consists of. Hosts differ only in how they start the language server. */
import type { ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { activateExplain } from './features/explain/index.js';
import { activatePreview } from './features/preview/index.js';
import { activateRestart } from './features/restart/index.js';
import { activateScenarios } from './features/scenarios/index.js';
import { activateStatus } from './features/status/index.js';

export async function activateExtension(context: ExtensionContext, client: BaseLanguageClient): Promise<void> {
    context.subscriptions.push(
        activateStatus(client),
        activateRestart(client),
        activateScenarios(client),
        activateExplain(client),
        activatePreview(context, client),
        { dispose: () => void client.stop() },
    );
    await client.start();
}
