/** From groups to their shards, and from shards to the nodes of their copies. */
import { AstUtils } from 'langium';
import { isLeaderless, type Cluster, type NodeId, type Shard, type Topology } from '../../../topology/index.js';
import * as ast from '../../generated/ast.js';
import { ownerOf } from '../../names/owner.js';
import { nameSource } from '../../resolve/source.js';
import type { EditorServices } from '../services.js';
import type { Outgoing, Part } from './part.js';

/** More calls than these of one item help nobody. */
export const MOST_CALLS = 200;

/** The shards of a group, or the nodes of what is one shard, the first of them leading. */
export function copiesOf(part: Part, services: EditorServices): Outgoing[] {
    const { declaration } = part;
    const topology = services.editor.Results.of(AstUtils.getDocument(declaration))?.topology;
    if (!topology) return [];
    const shards = shardsOf(part, topology);
    const [only, ...more] = shards;
    if (!only) return [];
    if (
        ast.isShardGroup(declaration) &&
        (more.length > 0 || only.name.startsWith(`${declaration.name}.`)) &&
        part.member === undefined
    ) {
        return shards.slice(0, MOST_CALLS).map(({ name }) => ({ to: { declaration, member: name }, ranges: [] }));
    }
    return only.copies.slice(0, MOST_CALLS).flatMap((id, index) => {
        const to = nodePart(id, topology, services);
        return to ? [{ to: { ...to, detail: order(index, only, topology) }, ranges: [] }] : [];
    });
}

/** Shards that a part is or holds: none for a cluster with groups, which lead to theirs. */
function shardsOf({ declaration, member }: Part, topology: Topology): Shard[] {
    if (ast.isCluster(declaration)) {
        const cluster = clusterOf(declaration, topology);
        if (!cluster || cluster.groups.length > 0 || declaration.items.some(ast.isShardGroup)) return [];
        return cluster.shards.flatMap((id) => topology.shards[id] ?? []);
    }
    if (!ast.isShardGroup(declaration)) return [];
    const shards = clusterOf(ownerOf(declaration), topology)?.shards.flatMap((id) => topology.shards[id] ?? []) ?? [];
    if (member !== undefined) return shards.filter(({ name }) => name === member);
    const source = nameSource(declaration);
    const group = topology.groups.find((each) => sameStart(each.source, source));
    if (group) return group.shards.flatMap((id) => topology.shards[id] ?? []);
    return shards.filter(({ name }) => name === declaration.name);
}

function clusterOf(declaration: ast.Cluster, { clusters }: Topology): Cluster | undefined {
    const source = nameSource(declaration);
    return clusters.find((each) => sameStart(each.source, source));
}

export function sameStart(left: Shard['source'], right: Shard['source']): boolean {
    return (
        left.uri === right.uri && left.start.line === right.start.line && left.start.character === right.start.character
    );
}

/** The statement that declares a node, and its name if that statement declares several. */
function nodePart(id: NodeId, { nodes, clusters }: Topology, services: EditorServices): Part | undefined {
    const node = nodes[id];
    const document = services.shared.workspace.LangiumDocuments.all.find(
        ({ uri }) => uri.toString() === node?.source.uri,
    );
    const root = document?.parseResult.value;
    if (!node || !root || !ast.isDocument(root)) return undefined;
    const visible = services.names.Visibility.from(root);
    const owner = node.owner === undefined ? undefined : visible.target(clusters[node.owner]?.name ?? '');
    const declaration = ast.isCluster(owner)
        ? visible.inCluster(owner)?.nodes.get(node.name)
        : visible.nodes(node.name).find(({ $container }) => ast.isZone($container));
    if (!declaration) return undefined;
    return declaration.name === node.name ? { declaration } : { declaration, member: node.name };
}

function order(index: number, shard: Shard, topology: Topology): string {
    if (index === 0 && isLed(shard, topology)) return 'leads';
    return `copy ${String(index + 1)} of ${String(shard.copies.length)}`;
}

/** Pods and blocks are equals, and so are the members of an active-active service. */
export function isLed(shard: Shard, topology: Topology): boolean {
    const cluster = topology.clusters[shard.cluster];
    const takesTurns = shard.name !== cluster?.name || cluster.failover?.kind !== 'active-active';
    return takesTurns && !isLeaderless(topology, shard);
}
