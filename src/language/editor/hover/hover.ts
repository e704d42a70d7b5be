import {
    AstUtils,
    CstUtils,
    GrammarAST,
    GrammarUtils,
    type AstNode,
    type CstNode,
    type LangiumDocument,
    type LeafCstNode,
} from 'langium';
import type { HoverProvider } from 'langium/lsp';
import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';
import * as ast from '../../generated/ast.js';
import { unquoted } from '../completion/request.js';
import { declarationMarkdown } from '../declaration-text.js';
import { figureMarkdown } from './figures.js';
import { settingHover } from './settings.js';
import { codeHover, engineHover, propertyHover, roleHover, versionHover, wordHover } from './vocabulary.js';
import { keywordMarkdown } from '../keyword-docs.js';
import type { EditorServices } from '../services.js';

interface Found {
    readonly text: string | undefined;
    readonly at: CstNode;
}

/** What is known about the word under the cursor: of the language, of an engine, or of what the file declares. */
export class ClusterHover implements HoverProvider {
    constructor(private readonly services: EditorServices) {}

    getHoverContent(document: LangiumDocument, { position }: HoverParams): Hover | undefined {
        const root = document.parseResult.value.$cstNode;
        const leaf = root && leafAt(root, document.textDocument.offsetAt(position));
        if (!leaf) return undefined;
        const { text, at } =
            this.wordOf(leaf, document) ?? this.settingOf(leaf, document) ?? this.otherwise(leaf, document);
        return text === undefined
            ? undefined
            : { contents: { kind: MarkupKind.Markdown, value: text }, range: at.range };
    }

    /** Words of an engine, and codes. */
    private wordOf(leaf: LeafCstNode, document: LangiumDocument): Found | undefined {
        const node = leaf.astNode;
        const engines = this.services.engines.Lookup;
        const found = (text: string | undefined): Found => ({ text, at: leaf });
        if (ast.isCluster(node) && isIn(leaf, node, 'engine')) return found(engineHover(leaf.text, engines));
        if (ast.isCluster(node) && isIn(leaf, node, 'version')) {
            return found(versionHover(node.version ?? '', node, engines));
        }
        if ((ast.isNodes(node) || ast.isMembers(node)) && isIn(leaf, node, 'roles')) {
            return found(roleHover(unquoted(leaf.text), node, engines));
        }
        if (ast.isShardGroup(node) && isIn(leaf, node, 'word')) return found(wordHover(leaf.text, node, engines));
        if (ast.isProperty(node) && isIn(leaf, node, 'key')) return found(propertyHover(leaf.text, node, engines));
        if (ast.isWaiver(node) && isIn(leaf, node, 'code')) {
            return found(codeHover(node.code, engines, this.services.editor.Results.of(document)?.findings ?? []));
        }
        return undefined;
    }

    /** Key and value of a setting are told of alike. */
    private settingOf(leaf: LeafCstNode, document: LangiumDocument): Found | undefined {
        const setting = AstUtils.getContainerOfType(leaf.astNode, ast.isSetting);
        const result = setting && this.services.editor.Results.of(document);
        if (!result || GrammarAST.isKeyword(leaf.grammarSource)) return undefined;
        const part = ['key', 'values'].flatMap((property) => partAround(leaf, setting, property));
        const text = settingHover(setting, result.topology, this.services.engines.Lookup);
        return text === undefined ? undefined : { text, at: part[0] ?? leaf };
    }

    private otherwise(leaf: LeafCstNode, document: LangiumDocument): Found {
        const result = this.services.editor.Results.of(document);
        if (leaf.tokenType.name === 'NUMBER' && result) {
            return { text: figureMarkdown(leaf.text, leaf.astNode, result.topology), at: leaf };
        }
        const [target] = isName(leaf) ? this.services.references.References.findDeclarations(leaf) : [];
        if (target && result) {
            const { topology } = result;
            const name = unquoted(leaf.text);
            return { text: declarationMarkdown(target, name, topology, this.services.engines.Lookup), at: leaf };
        }
        return { text: this.keyword(leaf), at: leaf };
    }

    private keyword(leaf: LeafCstNode): string | undefined {
        const source = leaf.grammarSource;
        if (!GrammarAST.isKeyword(source) && !ast.isPropertyValue(leaf.astNode)) return undefined;
        const rule = AstUtils.getContainerOfType(source, GrammarAST.isParserRule)?.name ?? '';
        const text = keywordMarkdown(leaf.text, rule);
        return text === undefined ? undefined : `**${leaf.text}**\n\n${text}`;
    }
}

/** The word at or right before an offset. */
function leafAt(root: CstNode, offset: number): LeafCstNode | undefined {
    const here = CstUtils.findLeafNodeAtOffset(root, offset);
    if (here && /[\w"]/.test(here.text)) return here;
    const before = offset > 0 ? CstUtils.findLeafNodeAtOffset(root, offset - 1) : undefined;
    return before && before.end === offset ? before : here;
}

/** A keyword is no name, and neither is what stands in the place of one. */
function isName(leaf: LeafCstNode): boolean {
    return !GrammarAST.isKeyword(leaf.grammarSource);
}

function isIn(leaf: CstNode, node: AstNode, property: string): boolean {
    return partAround(leaf, node, property).length > 0;
}

function partAround(leaf: CstNode, node: AstNode, property: string): CstNode[] {
    const parts = GrammarUtils.findNodesForProperty(node.$cstNode, property);
    return parts.filter(({ offset, end }) => offset <= leaf.offset && leaf.end <= end);
}
