import { CstUtils, GrammarUtils, type AstNode, type CstNode, type LangiumDocument } from 'langium';
import type { HoverProvider } from 'langium/lsp';
import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';
import * as ast from '../generated/ast.js';
import { declarationMarkdown } from './declaration-text.js';
import type { EditorServices } from './services.js';
import { engineMarkdown, settingMarkdown } from './settings-text.js';

/** What is known about the name, the engine or the setting under the cursor. */
export class ClusterHover implements HoverProvider {
    constructor(private readonly services: EditorServices) {}

    getHoverContent(document: LangiumDocument, { position }: HoverParams): Hover | undefined {
        const root = document.parseResult.value.$cstNode;
        if (!root) return undefined;
        const offset = document.textDocument.offsetAt(position);
        const leaf = CstUtils.findLeafNodeAtOffset(root, offset);
        const value = leaf && this.markdownAt(leaf, document);
        return leaf && value ? { contents: { kind: MarkupKind.Markdown, value }, range: leaf.range } : undefined;
    }

    private markdownAt(leaf: CstNode, document: LangiumDocument): string | undefined {
        const node = leaf.astNode;
        if (ast.isCluster(node) && isProperty(node, 'engine', leaf)) {
            const engine = this.services.engines.Lookup.find(node.engine);
            return engine && engineMarkdown(engine);
        }
        if (ast.isSetting(node) && isProperty(node, 'key', leaf)) return this.settingMarkdown(node);
        const [target] = this.services.references.References.findDeclarations(leaf);
        const result = target && this.services.editor.Results.of(document);
        return target && result && declarationMarkdown(target, leaf.text, result.topology);
    }

    private settingMarkdown(setting: ast.Setting): string | undefined {
        const cluster = clusterAround(setting);
        const engine = cluster && this.services.engines.Lookup.find(cluster.engine);
        const spec = engine?.settings.find((each) => each.key === setting.key);
        return engine && spec && settingMarkdown(spec, engine, cluster.version ?? engine.versions.at(-1) ?? '');
    }
}

function isProperty(node: AstNode, property: string, leaf: CstNode): boolean {
    const found = GrammarUtils.findNodeForProperty(node.$cstNode, property);
    return found !== undefined && found.offset <= leaf.offset && leaf.end <= found.end;
}

export function clusterAround(node: AstNode | undefined): ast.Cluster | undefined {
    for (let current = node; current; current = current.$container) if (ast.isCluster(current)) return current;
    return undefined;
}
