import type { LangiumDocument } from 'langium';
import type { DocumentLinkProvider } from 'langium/lsp';
import type { DocumentLink } from 'vscode-languageserver';
import * as ast from '../generated/ast.js';
import { importedUri } from '../names/imports.js';
import { writtenProperty } from '../names/written.js';
import type { EditorServices } from './services.js';

/** Paths of imports. One without a file is a link, too: the editor offers to create it. */
export class ClusterDocumentLinks implements DocumentLinkProvider {
    constructor(private readonly services: EditorServices) {}

    getDocumentLinks(document: LangiumDocument): DocumentLink[] {
        const root = document.parseResult.value;
        return ast.isDocument(root) ? root.imports.flatMap((each) => this.link(each, document)) : [];
    }

    private link(declaration: ast.Import, document: LangiumDocument): DocumentLink[] {
        const path = writtenProperty(declaration, 'path');
        const target = importedUri(document.uri, declaration.path);
        if (!path || !target) return [];
        const { start, end } = path.range;
        const quoted = path.text.length > 1 && path.text.endsWith('"') ? 1 : 0;
        const exists = this.services.shared.workspace.LangiumDocuments.hasDocument(target);
        return [
            {
                range: {
                    start: { line: start.line, character: start.character + 1 },
                    end: { line: end.line, character: end.character - quoted },
                },
                target: target.toString(),
                tooltip: exists
                    ? `Open ${declaration.path}`
                    : `There is no file ${declaration.path}: open it to create it`,
            },
        ];
    }
}
