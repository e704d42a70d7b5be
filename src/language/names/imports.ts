import { AstUtils, UriUtils, type LangiumDocuments, type URI } from 'langium';
import type * as ast from '../generated/ast.js';
import { isDocument } from '../generated/ast.js';

/** Where an import's path leads from the document that writes it; undefined for what is no relative path. */
export function importedUri(from: URI, path: string | undefined): URI | undefined {
    if (
        !path ||
        /^[a-z][a-z0-9+.-]*:/i.test(path) ||
        path.startsWith('/') ||
        path.includes('\\') ||
        path.includes('\0')
    ) {
        return undefined;
    }
    return UriUtils.resolvePath(UriUtils.dirname(from), path);
}

/** A document and everything that it imports, itself first, each once. Files that are not there are left out. */
export function visibleDocuments(document: ast.Document, documents: LangiumDocuments): readonly ast.Document[] {
    const found = new Set<ast.Document>([document]);
    for (const current of found) {
        const uri = AstUtils.getDocument(current).uri;
        for (const { path } of current.imports) {
            const target = importedUri(uri, path);
            const imported = target && documents.getDocument(target)?.parseResult.value;
            if (imported && isDocument(imported)) found.add(imported);
        }
    }
    return [...found];
}
