import { AstUtils, type AstNode } from 'langium';
import type { Range } from 'vscode-languageserver';
import * as ast from '../../generated/ast.js';
import { writtenProperty } from '../../names/written.js';
import type { ClusterServices } from '../../services.js';
import { occurrencesOf } from '../naming/occurrences.js';
import { partOfTarget, type Outgoing, type Part } from './part.js';

/** What the text says that a part needs, wants, uses, routes to or is replicated to; for a cluster also its groups. */
export function leansOn({ declaration, member }: Part, services: ClusterServices): Outgoing[] {
    if (member !== undefined) return [];
    if (ast.isWorkload(declaration)) {
        return targets(
            declaration.items.filter(ast.isDemand).map(({ target, operation }) => ({ target, detail: operation })),
        );
    }
    if (ast.isSharedEndpoint(declaration)) return targets(declaration.targets.map((target) => ({ target })));
    if (!ast.isCluster(declaration)) return [];
    const needs = declaration.items
        .filter(ast.isNeeds)
        .flatMap(({ kind, needs }) =>
            needs.map(({ operation, target }) => ({ target, detail: `${kind} ${operation}` })),
        );
    return [...targets(needs), ...replicas(declaration, services), ...groups(declaration)];
}

interface Use {
    readonly target: ast.TargetRef | undefined;
    readonly detail?: string;
}

/** One call for each target, however often and for whatever it is used. */
function targets(uses: readonly Use[]): Outgoing[] {
    const calls = new Map<string, { to: Part; ranges: Range[]; details: string[] }>();
    for (const { target, detail } of uses) {
        const to = target && partOfTarget(target);
        const range = target?.$cstNode?.range;
        if (!to || !range) continue;
        const key = [keyOf(to.declaration), to.member ?? ''].join('\n');
        const call = calls.get(key) ?? { to, ranges: [], details: [] };
        calls.set(key, call);
        call.ranges.push(range);
        if (detail && !call.details.includes(detail)) call.details.push(detail);
    }
    return [...calls.values()].map(({ to, ranges, details }) => ({
        to: details.length > 0 ? { ...to, detail: details.join(', ') } : to,
        ranges,
    }));
}

function keyOf(node: AstNode): string {
    return `${AstUtils.getDocument(node).uri.toString()} ${String(node.$cstNode?.offset)}`;
}

/** `replicate ledger to ledger-eu`, wherever it is written. */
function replicas(cluster: ast.Cluster, services: ClusterServices): Outgoing[] {
    return occurrencesOf({ declarations: [cluster] }, services).flatMap(({ cst, document }) => {
        const reference = cst.astNode;
        const replication = reference.$container;
        if (!replication || !ast.isReplication(replication) || replication.source !== reference) return [];
        const to = partOfTarget((replication as Partial<ast.Replication>).target ?? {});
        const here = document === AstUtils.getDocument(cluster);
        return to ? [{ to: { ...to, detail: 'replicated to' }, ranges: here ? [cst.range] : [] }] : [];
    });
}

function groups({ items }: ast.Cluster): Outgoing[] {
    return items.filter(ast.isShardGroup).flatMap((group) => {
        const name = writtenProperty(group, 'name');
        return name ? [{ to: { declaration: group }, ranges: [name.range] }] : [];
    });
}
