/** What the extension consists of. Hosts differ only in how they start the language server. */
import type { ExtensionContext } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { activateExplain } from './features/explain/index.js';
import { Reads } from './features/language-client/reads.js';
import { activatePlay } from './features/play/index.js';
import { activatePreview } from './features/preview/index.js';
import { Previews } from './features/preview/previews.js';
import { activateRestart } from './features/restart/index.js';
import { activateScenarios } from './features/scenarios/index.js';
import { activateStatus } from './features/status/index.js';
import { activateTests } from './features/tests/index.js';
import { activateView } from './features/view/index.js';

export async function activateExtension(context: ExtensionContext, client: BaseLanguageClient): Promise<void> {
    const reads = new Reads(client);
    const previews = new Previews(context.extensionUri, client);
    context.subscriptions.push(
        reads,
        activateStatus(client),
        activateRestart(client),
        activateScenarios(client),
        activateExplain(client),
        activatePreview(client, reads, previews),
        activatePlay(client, previews),
        activateView(previews),
        activateTests(client, reads),
        { dispose: () => void client.stop() },
    );
    await client.start();
}
