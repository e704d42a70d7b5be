import { AstUtils, type CstNode, type LangiumDocument } from 'langium';
import type { DefinitionProvider, TypeDefinitionProvider } from 'langium/lsp';
import type { DefinitionParams, LocationLink, TypeDefinitionParams } from 'vscode-languageserver';
import * as ast from '../generated/ast.js';
import { ownerOf } from '../names/owner.js';
import { importedUri } from '../names/imports.js';
import { writtenProperty } from '../names/written.js';
import { leafAt, nameAt, type Declaration } from './naming/symbol.js';
import type { EditorServices } from './services.js';

/** From a name to its declarations, and from an import to its file. */
export class ClusterDefinition implements DefinitionProvider {
    constructor(private readonly services: EditorServices) {}

    getDefinition(document: LangiumDocument, { position }: DefinitionParams): LocationLink[] | undefined {
        const offset = document.textDocument.offsetAt(position);
        const found = nameAt(document, offset, this.services);
        if (!found) return importLink(document, offset, this.services);
        return found.symbol.declarations.flatMap((declaration) => link(found.cst, declaration));
    }
}

/** From a name to the declaration of what it is a part of: the cluster of a node or a shard, the zone of a node, the region of a zone. */
export class ClusterTypeDefinition implements TypeDefinitionProvider {
    constructor(private readonly services: EditorServices) {}

    getTypeDefinition(document: LangiumDocument, { position }: TypeDefinitionParams): LocationLink[] | undefined {
        const found = nameAt(document, document.textDocument.offsetAt(position), this.services);
        return found?.symbol.declarations.flatMap((declaration) => {
            const whole = wholeOf(declaration);
            return whole ? link(found.cst, whole) : [];
        });
    }
}

function wholeOf(part: Declaration): Declaration | undefined {
    if (ast.isShardGroup(part)) return ownerOf(part);
    return ast.isNodes(part) || ast.isZone(part) ? part.$container : undefined;
}

function link(origin: CstNode, declaration: Declaration): LocationLink[] {
    const name = writtenProperty(declaration, 'name');
    const whole = declaration.$cstNode;
    if (!name || !whole) return [];
    return [
        {
            originSelectionRange: origin.range,
            targetUri: AstUtils.getDocument(declaration).uri.toString(),
            targetRange: whole.range,
            targetSelectionRange: name.range,
        },
    ];
}

function importLink(document: LangiumDocument, offset: number, services: EditorServices): LocationLink[] | undefined {
    const leaf = leafAt(document, offset);
    if (!leaf || !ast.isImport(leaf.astNode)) return undefined;
    const target = importedUri(document.uri, leaf.astNode.path);
    if (!target || !services.shared.workspace.LangiumDocuments.hasDocument(target)) return undefined;
    const start = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const path = writtenProperty(leaf.astNode, 'path') ?? leaf;
    return [
        {
            originSelectionRange: path.range,
            targetUri: target.toString(),
            targetRange: start,
            targetSelectionRange: start,
        },
    ];
}
