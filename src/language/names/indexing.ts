import {
    AstUtils,
    DefaultIndexManager,
    DocumentState,
    stream,
    type AstNodeDescription,
    type LangiumDocument,
    type LangiumDocuments,
    type LangiumSharedCoreServices,
    type LocalSymbols,
    type ReferenceDescription,
    type ReferenceDescriptionProvider,
    type ScopeComputation,
} from 'langium';
import { isDocument } from '../generated/ast.js';
import { importedUri, visibleDocuments } from './imports.js';

/** Names are looked up in the tables of {@link namesOf}, so no symbols are computed ahead. */
export class NoPrecomputedScopes implements ScopeComputation {
    collectExportedSymbols(): Promise<AstNodeDescription[]> {
        return Promise.resolve([]);
    }

    collectLocalSymbols(): Promise<LocalSymbols> {
        return Promise.resolve({ has: () => false, getStream: () => stream([]) });
    }
}

/** References are found through `LangiumDocument.references`, so none are described a second time. */
export class NoReferenceDescriptions implements ReferenceDescriptionProvider {
    createDescriptions(): Promise<ReferenceDescription[]> {
        return Promise.resolve([]);
    }
}

/** A document is affected by a change in whatever it imports, also by a file that only now appears or disappears. */
export class ImportIndex extends DefaultIndexManager {
    private readonly allDocuments: LangiumDocuments;

    constructor(services: LangiumSharedCoreServices) {
        super(services);
        this.allDocuments = services.workspace.LangiumDocuments;
    }

    override isAffected(document: LangiumDocument, changedUris: Set<string>): boolean {
        const root = document.parseResult.value;
        if (document.state < DocumentState.Parsed || !isDocument(root) || root.imports.length === 0) return false;
        return visibleDocuments(root, this.allDocuments).some((visible) =>
            visible.imports.some(({ path }) => {
                const target = importedUri(AstUtils.getDocument(visible).uri, path);
                return target !== undefined && changedUris.has(target.toString());
            }),
        );
    }
}
