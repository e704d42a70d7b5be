import type { LangiumDocument } from 'langium';
import type { DocumentHighlightProvider } from 'langium/lsp';
import { DocumentHighlightKind, type DocumentHighlight, type DocumentHighlightParams } from 'vscode-languageserver';
import { occurrencesOf } from './naming/occurrences.js';
import { nameAt } from './naming/symbol.js';
import type { EditorServices } from './services.js';

/** The same name elsewhere in the file. */
export class ClusterHighlights implements DocumentHighlightProvider {
    constructor(private readonly services: EditorServices) {}

    getDocumentHighlight(document: LangiumDocument, { position }: DocumentHighlightParams): DocumentHighlight[] {
        const found = nameAt(document, document.textDocument.offsetAt(position), this.services);
        if (!found) return [];
        return occurrencesOf(found.symbol, this.services, [document]).map(({ kind, cst: { range } }) => ({
            range,
            kind: kind === 'declaration' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
    }
}
