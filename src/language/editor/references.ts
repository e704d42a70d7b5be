import {
    AstUtils,
    DefaultReferences,
    stream,
    UriUtils,
    type AstNode,
    type FindReferencesOptions,
    type LangiumDocument,
    type ReferenceDescription,
    type Stream,
} from 'langium';
import type { EditorServices } from './services.js';

/** Finds references in the documents themselves: each keeps the list of its own. */
export class ClusterReferences extends DefaultReferences {
    private readonly services: EditorServices;

    constructor(services: EditorServices) {
        super(services);
        this.services = services;
    }

    override findReferences(target: AstNode, options: FindReferencesOptions): Stream<ReferenceDescription> {
        const own = options.includeDeclaration ? this.getSelfReferences(target) : [];
        const documents = this.services.shared.workspace.LangiumDocuments.all
            .filter((document) => !options.documentUri || UriUtils.equals(document.uri, options.documentUri))
            .toArray();
        return stream([...own, ...documents.flatMap((document) => referencesIn(document, target))]);
    }
}

function referencesIn(document: LangiumDocument, target: AstNode): ReferenceDescription[] {
    const targetUri = AstUtils.getDocument(target).uri;
    return document.references.flatMap((reference) => {
        const segment = reference.$refNode;
        if (!('ref' in reference) || reference.ref !== target || !segment) return [];
        return [
            {
                sourceUri: document.uri,
                sourcePath: '',
                targetUri,
                targetPath: '',
                segment: { offset: segment.offset, end: segment.end, length: segment.length, range: segment.range },
                local: UriUtils.equals(document.uri, targetUri),
            },
        ];
    });
}
