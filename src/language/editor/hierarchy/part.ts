/** What stands in a hierarchy of calls: a declaration, or one shard or node out of it. */
import { AstUtils, type LangiumDocument } from 'langium';
import type { CallHierarchyItem, Range } from 'vscode-languageserver';
import * as ast from '../../generated/ast.js';
import { ownerOf } from '../../names/owner.js';
import { isRange, parseRange } from '../../names/ranges.js';
import { writtenProperty } from '../../names/written.js';
import type { ClusterServices } from '../../services.js';
import { ClusterKinds } from '../kinds.js';
import { memberIndex } from '../naming/members.js';
import { leafAt, nameAt } from '../naming/symbol.js';

type PartDeclaration = ast.Cluster | ast.Workload | ast.SharedEndpoint | ast.ShardGroup | ast.Nodes;

export interface Part {
    readonly declaration: PartDeclaration;
    /** A node or a shard out of a range, or a shard by its path under the cluster: `cache-3`, `s-1`, `payments.7`. */
    readonly member?: string;
    /** Said beside the name instead of what it is a part of. */
    readonly detail?: string;
}

/** One part leans on another; `ranges` are the places that say so in the first one's file. */
export interface Outgoing {
    readonly to: Part;
    readonly ranges: readonly Range[];
}

export interface Incoming {
    readonly from: Part;
    readonly ranges: readonly Range[];
}

/** @param member what was chosen before, when the name is that of a declaration with several members */
export function partAt(
    document: LangiumDocument,
    offset: number,
    member: string | undefined,
    services: ClusterServices,
): Part | undefined {
    const found = nameAt(document, offset, services);
    if (!found) return numberedShardAt(document, offset);
    const [declaration] = found.symbol.declarations;
    if (!isPartDeclaration(declaration)) return undefined;
    const chosen = member ?? found.symbol.member;
    return chosen === undefined || !hasMember(declaration, chosen) ? { declaration } : { declaration, member: chosen };
}

/** The 7 of `orders.payments.7`. */
function numberedShardAt(document: LangiumDocument, offset: number): Part | undefined {
    const node = [offset, offset - 1].map((at) => leafAt(document, at)?.astNode).find(ast.isTargetRef);
    return node && partOfTarget(node);
}

/** The cluster, group, shard or workload that a reference leads to. */
export function partOfTarget({ cluster, group, index }: Partial<ast.TargetRef>): Part | undefined {
    const declaration = group ? group.ref : cluster?.ref;
    if (!declaration) return undefined;
    if (!group || !ast.isShardGroup(declaration)) return { declaration };
    if (index !== undefined) return { declaration, member: `${declaration.name}.${index}` };
    return isRange(declaration) && group.$refText !== declaration.name
        ? { declaration, member: group.$refText }
        : { declaration };
}

function isPartDeclaration(node: { readonly $type: string }): node is PartDeclaration {
    return [ast.isCluster, ast.isWorkload, ast.isSharedEndpoint, ast.isShardGroup, ast.isNodes].some((is) => is(node));
}

function hasMember(declaration: PartDeclaration, member: string): boolean {
    if (ast.isShardGroup(declaration) && member.startsWith(`${declaration.name}.`)) return true;
    const range = isRange(declaration) ? parseRange(declaration.name) : undefined;
    return range !== undefined && memberIndex(range, member) !== undefined;
}

const KINDS = new ClusterKinds();

export function itemOf({ declaration, member, detail }: Part): CallHierarchyItem | undefined {
    const whole = declaration.$cstNode;
    const name = writtenProperty(declaration, 'name');
    if (!whole || !name) return undefined;
    return {
        name: member ?? declaration.name,
        kind: KINDS.getSymbolKind(declaration),
        detail: detail ?? contextOf(declaration),
        uri: AstUtils.getDocument(declaration).uri.toString(),
        range: whole.range,
        selectionRange: name.range,
        ...(member === undefined ? {} : { data: member }),
    };
}

/** What it is, or what it is a part of. */
function contextOf(declaration: PartDeclaration): string {
    if (ast.isCluster(declaration)) return declaration.engine;
    if (ast.isWorkload(declaration)) return 'workload';
    if (ast.isSharedEndpoint(declaration)) return declaration.kind;
    const container = ast.isShardGroup(declaration) ? ownerOf(declaration) : declaration.$container;
    return ast.isZone(container) ? `${container.$container.name}.${container.name}` : container.name;
}
