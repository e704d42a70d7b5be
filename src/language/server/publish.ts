import { DocumentState, type LangiumDocument } from 'langium';
import type { Connection } from 'vscode-languageserver';
import { diagnosticsOf } from '../editor/document-diagnostics.js';
import type { EditorServices } from '../editor/services.js';

/** Sends a document's diagnostics again, with what has been found since it was read; false while it is being read anew. */
export function publishAgain(document: LangiumDocument, services: EditorServices, connection: Connection): boolean {
    if (document.state !== DocumentState.Validated) return false;
    document.diagnostics = diagnosticsOf(document, services);
    void connection.sendDiagnostics({ uri: document.uri.toString(), diagnostics: document.diagnostics });
    return true;
}
