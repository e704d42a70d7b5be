import type { ClientCapabilities } from 'vscode-languageserver';

/** What the editor at the other end can do, as far as it matters here. */
export class ClientAbilities {
    /** Whether a change of the text may hold places to go on typing at. */
    takesSnippets = false;

    read(capabilities: ClientCapabilities): void {
        this.takesSnippets = capabilities.workspace?.workspaceEdit?.snippetEditSupport === true;
    }
}
