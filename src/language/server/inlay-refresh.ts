import { DocumentState } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';

/**
 * An editor asks for the hints of a text that changes by itself. What it cannot know is that another file has changed what a
 * text means; such texts are built together with the one that they import.
 */
export function refreshInlayHints(connection: Connection, { workspace }: LangiumSharedServices): void {
    workspace.DocumentBuilder.onBuildPhase(DocumentState.Validated, async (documents) => {
        if (documents.length > 1) await connection.languages.inlayHint.refresh();
    });
}
