import type { LangiumDocument } from 'langium';
import type { ReferencesProvider } from 'langium/lsp';
import type { Location, ReferenceParams } from 'vscode-languageserver';
import { occurrencesOf } from './naming/occurrences.js';
import { nameAt } from './naming/symbol.js';
import type { EditorServices } from './services.js';

/** Everything that names what stands under the cursor, in all files. From a member of a range: what names just that member. */
export class ClusterReferences implements ReferencesProvider {
    constructor(private readonly services: EditorServices) {}

    findReferences(document: LangiumDocument, { position, context }: ReferenceParams): Location[] {
        const found = nameAt(document, document.textDocument.offsetAt(position), this.services);
        if (!found) return [];
        return occurrencesOf(found.symbol, this.services)
            .filter(({ kind }) => context.includeDeclaration || kind === 'reference')
            .map(({ document: { uri }, cst: { range } }) => ({ uri: uri.toString(), range }));
    }
}
