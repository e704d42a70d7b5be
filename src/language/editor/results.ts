import { DocumentCache, type LangiumDocument } from 'langium';
import { readDocument, type DesignCheck, type DocumentResult } from '../document.js';
import { isDocument, type Document } from '../generated/ast.js';
import type { EditorServices } from './services.js';

/** What is known about each document, worked out once until it or something that it imports changes. */
export class Results {
    private readonly services: EditorServices;
    private readonly cache: DocumentCache<string, DocumentResult>;

    constructor(
        services: EditorServices,
        private readonly design: DesignCheck,
    ) {
        this.services = services;
        this.cache = new DocumentCache(services.shared);
    }

    /** Undefined for a document that has not been read yet. Ask for linked documents only. */
    of(document: LangiumDocument): DocumentResult | undefined {
        if (!isDocument(document.parseResult.value)) return undefined;
        return this.cache.get(document.uri, 'result', () =>
            readDocument(document as LangiumDocument<Document>, this.services, this.design),
        );
    }

    /** Called before a document is validated: what it imports may have changed while it did not. */
    refresh(document: LangiumDocument): DocumentResult | undefined {
        this.cache.clear(document.uri);
        return this.of(document);
    }
}
