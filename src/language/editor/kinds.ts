import { DefaultNodeKindProvider } from 'langium/lsp';
import { isAstNode, type AstNode, type AstNodeDescription } from 'langium';
import { CompletionItemKind, SymbolKind } from 'vscode-languageserver';

const SYMBOLS: Readonly<Record<string, SymbolKind>> = {
    Region: SymbolKind.Namespace,
    Zone: SymbolKind.Package,
    Nodes: SymbolKind.Object,
    Cluster: SymbolKind.Class,
    ShardGroup: SymbolKind.Array,
    Workload: SymbolKind.Interface,
    FailoverPolicy: SymbolKind.Struct,
    SharedEndpoint: SymbolKind.Key,
    Objective: SymbolKind.Boolean,
    Scenario: SymbolKind.Event,
};

const ITEMS: Readonly<Record<string, CompletionItemKind>> = {
    Region: CompletionItemKind.Module,
    Zone: CompletionItemKind.Module,
    Cluster: CompletionItemKind.Class,
    ShardGroup: CompletionItemKind.Field,
    Workload: CompletionItemKind.Interface,
    FailoverPolicy: CompletionItemKind.Struct,
};

/** The icons that outline and completion show. */
export class ClusterKinds extends DefaultNodeKindProvider {
    override getSymbolKind(node: AstNode | AstNodeDescription): SymbolKind {
        const type = isAstNode(node) ? node.$type : node.type;
        return SYMBOLS[type] ?? super.getSymbolKind(node);
    }

    override getCompletionItemKind(node: AstNode | AstNodeDescription): CompletionItemKind {
        const type = isAstNode(node) ? node.$type : node.type;
        return ITEMS[type] ?? CompletionItemKind.Value;
    }
}
