import { UriUtils, type LangiumDocuments, type URI } from 'langium';
import { closest } from '../../topology/index.js';
import type * as ast from '../generated/ast.js';
import { importedUri } from '../names/imports.js';
import { quoted } from '../names/quoting.js';
import { removal, replacements, type Report } from '../resolve/report.js';
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
                undefined,
                replacements(at, similarPath(path, uri, documents)),
            );
        } else if (first) {
            report.warning(
                'language/import',
                at,
                'This file is imported twice.',
                'Remove one of the two lines.',
                [{ source: sourceOf(first), message: 'It is imported here first.' }],
                removal(sourceOf(statement)).map((fix) => ({ ...fix, safe: true })),
            );
        } else seen.set(target.toString(), statement);
    }
}

/** The file of the workspace that was likely meant, in quotes. */
function similarPath(path: string, from: URI, documents: LangiumDocuments): string | undefined {
    const folder = UriUtils.dirname(from);
    const paths = documents.all
        .map(({ uri }) => uri)
        .filter((uri) => !UriUtils.equals(uri, from) && uri.scheme === from.scheme && uri.authority === from.authority)
        .map((uri) => UriUtils.relative(folder, uri))
        .toArray();
    const similar = closest(path, paths);
    return similar === undefined ? undefined : quoted(similar);
}
