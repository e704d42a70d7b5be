import { GrammarUtils, type AstNode, type LangiumDocument } from 'langium';
import type { DocumentSymbolProvider } from 'langium/lsp';
import type { DocumentSymbol } from 'vscode-languageserver';
import * as ast from '../generated/ast.js';
import { ClusterKinds } from './kinds.js';

type Named = AstNode & { readonly name?: string };

/** The outline: declarations, and inside of them what has a name. */
export class ClusterSymbols implements DocumentSymbolProvider {
    private readonly kinds = new ClusterKinds();

    getSymbols(document: LangiumDocument): DocumentSymbol[] {
        const root = document.parseResult.value;
        return ast.isDocument(root) ? root.declarations.flatMap((declaration) => this.symbol(declaration)) : [];
    }

    private symbol(node: Named): DocumentSymbol[] {
        const cst = node.$cstNode;
        const name = node.name;
        if (!cst || !name) return [];
        return [
            {
                name,
                kind: this.kinds.getSymbolKind(node),
                detail: detailOf(node),
                range: cst.range,
                selectionRange: GrammarUtils.findNodeForProperty(cst, 'name')?.range ?? cst.range,
                children: partsOf(node).flatMap((part) => this.symbol(part)),
            },
        ];
    }
}

function detailOf(node: Named): string {
    if (ast.isCluster(node)) return node.engine;
    if (ast.isShardGroup(node)) return node.word;
    if (ast.isScenario(node) || ast.isObjective(node)) return node.title ?? '';
    return '';
}

function partsOf(node: Named): Named[] {
    if (ast.isRegion(node)) return node.zones;
    if (ast.isZone(node)) return node.nodes;
    if (ast.isCluster(node)) return node.items.filter((item) => ast.isNodes(item) || ast.isShardGroup(item));
    return [];
}
