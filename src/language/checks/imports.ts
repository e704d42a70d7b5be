import type { LangiumDocuments, URI } from 'langium';
import type * as ast from '../generated/ast.js';
import { importedUri } from '../names/imports.js';
import type { Report } from '../resolve/report.js';
import { sourceOf, sourceOfProperty } from '../resolve/source.js';

export function checkImports(document: ast.Document, uri: URI, documents: LangiumDocuments, report: Report): void {
    const seen = new Map<string, ast.Import>();
    for (const statement of document.imports) {
        // A half-typed import has no path yet; the parser says so.
        const path = (statement as Partial<ast.Import>).path;
        if (path === undefined) continue;
        const at = sourceOfProperty(statement, 'path');
        const target = importedUri(uri, path);
        const first = target && seen.get(target.toString());
        if (!target) {
            report.error(
                'language/import',
                at,
                `'${path.slice(0, 80)}' is no relative path, and only files beside this one can be imported.`,
                'Write a path such as "shared/places.cluster".',
            );
        } else if (!documents.getDocument(target)) {
            report.error(
                'language/import',
                at,
                `There is no file '${path.slice(0, 80)}' in the workspace.`,
                'Correct the path; it is relative to this file.',
            );
        } else if (first) {
            report.warning('language/import', at, 'This file is imported twice.', 'Remove one of the two lines.', [
                { source: sourceOf(first), message: 'It is imported here first.' },
            ]);
        } else seen.set(target.toString(), statement);
    }
}
