/** What a name in a text stands for. */
import { CstUtils, isReference, type AstNode, type CstNode, type LangiumDocument, type Reference } from 'langium';
import * as ast from '../../generated/ast.js';
import { isRange } from '../../names/ranges.js';
import { writtenProperty } from '../../names/written.js';
import type { ClusterServices } from '../../services.js';
import { allDeclarations } from './merged.js';
import { placedName } from './placed-names.js';

export type Declaration =
    | ast.Region
    | ast.Zone
    | ast.Nodes
    | ast.Cluster
    | ast.ShardGroup
    | ast.Workload
    | ast.FailoverPolicy
    | ast.SharedEndpoint
    | ast.Objective
    | ast.Scenario;

export interface NamedSymbol {
    /** The one that the name leads to comes first. Regions and zones may be declared in several places. */
    readonly declarations: readonly [Declaration, ...Declaration[]];
    /** One name out of a range, such as `cache-3`; undefined when all that is declared is meant. */
    readonly member?: string;
}

/** A symbol and where its name stands. */
export interface NameAt {
    readonly symbol: NamedSymbol;
    readonly cst: CstNode;
}

const KINDS: readonly ((node: unknown) => boolean)[] = [
    ast.isRegion,
    ast.isZone,
    ast.isNodes,
    ast.isCluster,
    ast.isShardGroup,
    ast.isWorkload,
    ast.isFailoverPolicy,
    ast.isSharedEndpoint,
    ast.isObjective,
    ast.isScenario,
];

function isDeclaration(node: AstNode): node is Declaration {
    return KINDS.some((is) => is(node));
}

/** The name at an offset, or the one that ends there; undefined where nothing is named, or a name leads nowhere. */
export function nameAt(document: LangiumDocument, offset: number, services: ClusterServices): NameAt | undefined {
    return [offset, offset - 1].reduce<NameAt | undefined>((found, at) => {
        const leaf = found ? undefined : leafAt(document, at);
        return found ?? (leaf && nameOfLeaf(leaf, services));
    }, undefined);
}

/** The word at an offset, comments left out. */
export function leafAt(document: LangiumDocument, offset: number): CstNode | undefined {
    const root = document.parseResult.value.$cstNode;
    const leaf = root && offset >= 0 ? CstUtils.findLeafNodeAtOffset(root, offset) : undefined;
    return leaf && !leaf.hidden && leaf.offset <= offset && offset < leaf.end ? leaf : undefined;
}

function nameOfLeaf(leaf: CstNode, services: ClusterServices): NameAt | undefined {
    const node = leaf.astNode;
    const reference = referenceAt(leaf);
    if (reference?.$refNode) {
        const symbol = reference.ref && symbolOf(reference.ref, reference.$refText, services);
        return symbol && { symbol, cst: reference.$refNode };
    }
    if (isDeclaration(node)) {
        const cst = writtenProperty(node, 'name');
        const symbol = cst && covers(cst, leaf) ? symbolOf(node, node.name, services) : undefined;
        return symbol && cst && { symbol, cst };
    }
    const placed = placedName(node, services);
    if (!placed) return undefined;
    const symbol = symbolOf(placed.group, placed.name, services);
    return symbol && { symbol, cst: placed.cst };
}

function symbolOf(node: AstNode, name: string, services: ClusterServices): NamedSymbol | undefined {
    if (!isDeclaration(node)) return undefined;
    const declarations = allDeclarations(node, services);
    return isRange(node) && name !== node.name ? { declarations, member: name } : { declarations };
}

function referenceAt(leaf: CstNode): Reference | undefined {
    for (const value of Object.values(leaf.astNode) as unknown[]) {
        if (isReference(value) && value.$refNode && covers(value.$refNode, leaf)) return value;
    }
    return undefined;
}

function covers(outer: CstNode, inner: CstNode): boolean {
    return outer.offset <= inner.offset && inner.end <= outer.end;
}
