/** How a node is named, so that the name means that node where it is moved to. */
import * as ast from '../../generated/ast.js';
import type { VisibleNames } from '../../names/visible.js';
import type { ClusterServices } from '../../services.js';
import { writtenName } from '../naming/name-text.js';

export interface NodeName {
    /** Where the node is declared. */
    readonly declaration: ast.Nodes;
    readonly name: string;
}

/**
 * @param cluster the cluster in whose block the name is to stand; undefined at top level
 * @returns undefined where no name would mean the node
 */
export function nameOfNode(
    { declaration, name }: NodeName,
    cluster: ast.Cluster | undefined,
    visible: VisibleNames,
    services: ClusterServices,
): string | undefined {
    const own = cluster && visible.inCluster(cluster)?.nodes.get(name);
    const everywhere = visible.nodes(name);
    const meant = own ?? (everywhere.length === 1 ? everywhere[0] : undefined);
    if (meant === declaration) return writtenName(name, services);
    const owner = declaration.$container;
    if (!ast.isCluster(owner) || visible.target(owner.name) !== owner) return undefined;
    const [qualifier, bare] = [writtenName(owner.name, services), writtenName(name, services)];
    return qualifier && bare && `${qualifier}.${bare}`;
}

/**
 * For each name of a node in a list: its text where it is moved to; undefined if one of them cannot be said there.
 */
export function movedNames(
    references: readonly ast.NodeRef[],
    cluster: ast.Cluster | undefined,
    visible: VisibleNames,
    services: ClusterServices,
): { readonly offset: number; readonly end: number; readonly text: string }[] | undefined {
    const moved = references.map((reference) => {
        const cst = reference.$cstNode;
        const declaration = reference.node?.ref;
        if (!cst || !declaration || !reference.node) return undefined;
        const named = reference.cluster
            ? cst.text
            : nameOfNode({ declaration, name: reference.node.$refText }, cluster, visible, services);
        return named === undefined ? undefined : { offset: cst.offset, end: cst.end, text: named };
    });
    return moved.every((each) => each !== undefined) ? moved : undefined;
}
