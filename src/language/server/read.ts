import { DocumentState, URI, type LangiumDocument } from 'langium';
import type { DocumentResult } from '../document.js';
import type { EditorServices } from '../editor/services.js';

export interface ReadText {
    readonly document: LangiumDocument;
    readonly result: DocumentResult;
}

/** Waits until the text that the server has now is read; undefined for a document that it does not know. */
export async function read(uri: string, services: EditorServices): Promise<ReadText | undefined> {
    const parsed = URI.parse(uri);
    const { LangiumDocuments, DocumentBuilder } = services.shared.workspace;
    if (!LangiumDocuments.hasDocument(parsed)) return undefined;
    await DocumentBuilder.waitUntil(DocumentState.Validated, parsed);
    const document = LangiumDocuments.getDocument(parsed);
    const result = document && services.editor.Results.of(document);
    return document && result && { document, result };
}
