import { AstUtils, CstUtils, type AstNode, type CstNode } from 'langium';
import type { SourceRange } from '../../topology/index.js';
import { writtenProperty } from '../names/written.js';

/** Where a node of the syntax tree is written. */
export function sourceOf(node: AstNode): SourceRange {
    return cstSource(node, node.$cstNode);
}

/** Where one property of a node is written, such as its name; the whole node if it is not there. */
export function sourceOfProperty(node: AstNode, property: string, index?: number): SourceRange {
    return cstSource(node, writtenProperty(node, property, index) ?? node.$cstNode);
}

export function nameSource(node: AstNode): SourceRange {
    return sourceOfProperty(node, 'name');
}

export function uriOf(node: AstNode): string {
    return AstUtils.getDocument(node).uri.toString();
}

function cstSource(node: AstNode, cst: CstNode | undefined): SourceRange {
    const start = { line: 0, character: 0 };
    return { uri: uriOf(node), ...(cst?.range ?? { start, end: start }) };
}

/** What a node says, on one line and without comments. */
export function textOf(node: AstNode): string {
    let text = '';
    let end = -1;
    if (!node.$cstNode) return text;
    for (const leaf of CstUtils.flattenCst(node.$cstNode)) {
        if (leaf.hidden) continue;
        if (end >= 0 && leaf.offset > end) text += ' ';
        text += leaf.text;
        end = leaf.end;
    }
    return text;
}

// Markdown of the documentation comment in front of a declaration; undefined where there is none.
export function documentationOf(node: AstNode): string | undefined {
    const comment = CstUtils.findCommentNode(node.$cstNode, ['ML_COMMENT'])?.text;
    if (!comment?.startsWith('/**')) return undefined;
    const lines = comment
        .replace(/^\/\*\*/, '')
        .replace(/\*\/$/, '')
        .split(/\r?\n/)
        .map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
    return lines.join('\n').trim() || undefined;
}

/** The documentation as an optional property: present only where there is one. */
export function documented(node: AstNode): { documentation?: string } {
    const documentation = documentationOf(node);
    return documentation === undefined ? {} : { documentation };
}
