import { WorkspaceCache, type LangiumDocument } from 'langium';
import { tryReadDocument, type DesignCheck, type DocumentResult } from '../document.js';
import { isDocument, type Document } from '../generated/ast.js';
import type { EditorServices } from './services.js';

/** What is known about each document, worked out once until any document changes: it may be one that it imports. */
export class Results {
    private readonly services: EditorServices;
    private readonly cache: WorkspaceCache<string, DocumentResult>;

    constructor(
        services: EditorServices,
        private readonly design: DesignCheck,
    ) {
        this.services = services;
        this.cache = new WorkspaceCache(services.shared);
    }

    /** Undefined for a document that has not been read yet. Ask for linked documents only. */
    of(document: LangiumDocument): DocumentResult | undefined {
        if (!isDocument(document.parseResult.value)) return undefined;
        return this.cache.get(document.uri.toString(), () =>
            tryReadDocument(document as LangiumDocument<Document>, this.services, this.design),
        );
    }
}
