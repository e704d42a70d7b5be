import { AstUtils, CstUtils, type CstNode } from 'langium';
import { CodeActionKind, type CodeAction } from 'vscode-languageserver';
import * as ast from '../../generated/ast.js';
import type { ClusterServices } from '../../services.js';
import { occurrencesOf } from '../naming/occurrences.js';
import { patchedText } from '../naming/patches.js';
import { TextChanges } from '../naming/text-changes.js';
import { beginningOf, documentationIn } from '../naming/documentation.js';
import { indentAt, reindent } from './layout.js';
import { movedNames } from './node-names.js';
import { offered, type Place } from './place.js';

/** `failover NAME` becomes what the policy says. The policy goes when nobody else names it and it stands in the same file. */
export function inlinePolicy({ document, node, services }: Place): CodeAction[] {
    const statement = AstUtils.getContainerOfType(node, ast.isFailover);
    const cst = statement?.$cstNode;
    const policy = statement?.policy?.ref;
    const policyCst = policy?.$cstNode;
    if (!statement || !cst || !policy || !policyCst) return [];
    const indent = indentAt(cst.root.fullText, cst.offset);
    const text = inlineText(policy, policyCst, statement.$container, indent, services);
    if (text === undefined) return [];
    const changes = new TextChanges();
    const references = occurrencesOf({ declarations: [policy] }, services).filter(({ kind }) => kind === 'reference');
    const isLast = AstUtils.getDocument(policy) === document && references.length === 1;
    const documentation = isLast ? documentationIn(policyCst) : undefined;
    const comment = documentation ? `${reindent(documentation.text, '', indent)}\n${indent}` : '';
    changes.replace(document, cst, `${comment}failover ${text}`);
    if (isLast) changes.replace(document, wholeOf(policyCst), '');
    return offered(`Inline failover policy '${policy.name}'`, CodeActionKind.RefactorInline, changes);
}

/** The kind and the block, as they are written inside of the cluster. */
function inlineText(
    policy: ast.FailoverPolicy,
    cst: CstNode,
    cluster: ast.Cluster,
    indent: string,
    services: ClusterServices,
): string | undefined {
    const nodes = policy.items.filter(ast.isOrder).flatMap((item) => item.nodes);
    const moved = movedNames(nodes, cluster, services.names.Visibility.fromNode(cluster), services);
    const kind = CstUtils.flattenCst(cst)
        .filter((leaf) => !leaf.hidden && leaf.text === policy.kind)
        .head();
    if (!moved || !kind) return undefined;
    const head = { offset: cst.offset, end: kind.offset, text: '' };
    return reindent(patchedText(cst, [head, ...moved]), indentAt(cst.root.fullText, cst.offset), indent);
}

/** A declaration with its documentation and the empty lines behind it. */
function wholeOf(cst: CstNode): { readonly offset: number; readonly end: number } {
    const behind = /^\s*/.exec(cst.root.fullText.slice(cst.end));
    return { offset: beginningOf(cst), end: cst.end + (behind?.[0].length ?? 0) };
}
