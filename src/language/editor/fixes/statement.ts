import { AstUtils, CstUtils, GrammarUtils, URI, type AstNode, type CstNode, type LangiumDocument } from 'langium';
import type { SourceRange } from '../../../topology/index.js';
import * as ast from '../../generated/ast.js';
import { sourceOf, sourceOfProperty } from '../../resolve/source.js';
import type { EditorServices } from '../services.js';

/** A statement of a document, with its text. */
export interface Statement {
    readonly document: LangiumDocument;
    readonly node: AstNode;
    readonly cst: CstNode;
}

/** The properties by which an element of the model may be found: its name, or the key of a setting or a property. */
const NAMING = ['name', 'key'];

/** The statement that a source of the model stands for: it is written there, or its name is. */
export function statementAt(source: SourceRange, services: EditorServices): Statement | undefined {
    const document = services.shared.workspace.LangiumDocuments.getDocument(URI.parse(source.uri));
    const root = document?.parseResult.value.$cstNode;
    if (!document || !root) return undefined;
    const leaf = CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(source.start));
    for (let node = leaf?.astNode; node; node = node.$container) {
        const isMeant =
            sameRange(sourceOf(node), source) ||
            NAMING.some(
                (property) => property in (node as object) && sameRange(sourceOfProperty(node, property), source),
            );
        if (isMeant && node.$cstNode) return { document, node, cst: node.$cstNode };
    }
    return undefined;
}

/** The statement that declares an element: of a member that is named with `members`, the one of its host. */
export function declarationAt(source: SourceRange, services: EditorServices): Statement | undefined {
    const statement = statementAt(source, services);
    const host = statement && ast.isNodeRef(statement.node) ? statement.node.node?.ref : undefined;
    if (!host?.$cstNode) return statement;
    return { document: AstUtils.getDocument(host), node: host, cst: host.$cstNode };
}

/** The braces of a statement's own block; undefined where there is none or it is not closed. */
export function blockOf({ node, cst }: Statement): { readonly open: CstNode; readonly close: CstNode } | undefined {
    const open = GrammarUtils.findNodeForKeyword(cst, '{');
    const close = GrammarUtils.findNodeForKeyword(cst, '}');
    return open && close && open.astNode === node && close.offset >= open.end ? { open, close } : undefined;
}

/** The statements inside a statement's block, in order. */
export function statementsIn(statement: Statement): Statement[] {
    const block = blockOf(statement);
    if (!block) return [];
    return AstUtils.streamContents(statement.node)
        .flatMap((node) => (node.$cstNode ? [{ document: statement.document, node, cst: node.$cstNode }] : []))
        .filter(({ cst }) => cst.offset >= block.open.end && cst.end <= block.close.offset)
        .toArray();
}

/** The word that a statement begins with. */
export function firstWord({ cst }: Statement): CstNode | undefined {
    return CstUtils.flattenCst(cst).find((leaf) => !leaf.hidden);
}

function sameRange(left: SourceRange, right: SourceRange): boolean {
    return (
        left.uri === right.uri &&
        left.start.line === right.start.line &&
        left.start.character === right.start.character &&
        left.end.line === right.end.line &&
        left.end.character === right.end.character
    );
}
