import { AstUtils, type CstNode } from 'langium';
import { CodeActionKind, type CodeAction } from 'vscode-languageserver';
import * as ast from '../../generated/ast.js';
import type { ClusterServices } from '../../services.js';
import { viewsOf } from '../naming/merged.js';
import { writtenName } from '../naming/name-text.js';
import { patchedText } from '../naming/patches.js';
import { TextChanges } from '../naming/text-changes.js';
import { beginningOf } from '../naming/documentation.js';
import { indentAt, reindent } from './layout.js';
import { movedNames } from './node-names.js';
import { offered, type Place } from './place.js';

/** `failover active-passive { … }` becomes `failover NAME` and a `failover-policy` in front of the cluster. */
export function extractPolicy({ document, node, services }: Place): CodeAction[] {
    const statement = AstUtils.getContainerOfType(node, ast.isFailover);
    const cst = statement?.$cstNode;
    if (!statement?.kind || !cst?.text.endsWith('}')) return [];
    const cluster = statement.$container;
    const text = policyText(statement, cst, services);
    const name = freeName(cluster, services);
    const start = cluster.$cstNode && beginningOf(cluster.$cstNode);
    if (text === undefined || name === undefined || start === undefined) return [];
    const changes = new TextChanges();
    const indent = indentAt(cst.root.fullText, start);
    changes.replace(document, { offset: start, end: start }, `failover-policy ${name}: ${text}\n\n${indent}`);
    changes.replace(document, cst, `failover ${name}`);
    return offered(`Extract failover policy '${name}'`, CodeActionKind.RefactorExtract, changes);
}

/** The kind and the block, as they are written at top level. */
function policyText(statement: ast.Failover, cst: CstNode, services: ClusterServices): string | undefined {
    const nodes = statement.items.filter(ast.isOrder).flatMap((item) => item.nodes);
    const visible = services.names.Visibility.fromNode(statement);
    const moved = movedNames(nodes, undefined, visible, services);
    const indent = indentAt(cst.root.fullText, cst.offset);
    return moved && reindent(patchedText(cst, moved).replace(/^failover\s+/, ''), indent, '');
}

function freeName(cluster: ast.Cluster, services: ClusterServices): string | undefined {
    const views = viewsOf([cluster], services).map(({ root }) => services.names.Visibility.from(root));
    const isTaken = (name: string): boolean => views.some((view) => view.policy(name) !== undefined);
    let name = `${cluster.name}-failover`;
    for (let number = 2; isTaken(name); number++) name = `${cluster.name}-failover-${String(number)}`;
    return writtenName(name, services);
}
