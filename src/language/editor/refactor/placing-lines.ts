import type { GroupWord } from '../../../engines/index.js';
import type { NodeId, Shard, ShardGroup, Topology } from '../../../topology/index.js';
import * as ast from '../../generated/ast.js';
import { ownerOf } from '../../names/owner.js';
import type { VisibleNames } from '../../names/visible.js';
import type { ClusterServices } from '../../services.js';
import { writtenName } from '../naming/name-text.js';
import { nameOfNode } from './node-names.js';

/** `shard s-1 on cache-1, cache-5` for all that the engine has placed; none if one of them cannot be written. */
export function placingLines(
    statement: ast.ShardGroup,
    word: GroupWord,
    group: ShardGroup,
    topology: Topology,
    services: ClusterServices,
): readonly string[] {
    const visible = services.names.Visibility.fromNode(statement);
    const shards = group.shards
        .flatMap((id) => topology.shards[id] ?? [])
        .filter(({ placedBy }) => placedBy === 'engine');
    const named = (id: NodeId): string | undefined => nodeName(id, ownerOf(statement), topology, visible, services);
    const lines = shards.flatMap((shard) =>
        word.form === 'one-shard'
            ? copyLines(statement, word, shard, named)
            : [shardLine(labelOf(shard, group, word, services), word, shard, named)],
    );
    return lines.every((line) => line !== undefined) ? lines : [];
}

type Named = (id: NodeId) => string | undefined;

function shardLine(label: string | undefined, word: GroupWord, { copies }: Shard, named: Named): string | undefined {
    const nodes = copies.map(named);
    if (label === undefined || nodes.length === 0 || nodes.includes(undefined)) return undefined;
    return `${word.placedWord} ${label} on ${nodes.join(', ')}`;
}

/** A line for each copy that has none yet. */
function copyLines(
    statement: ast.ShardGroup,
    { placedWord }: GroupWord,
    { copies }: Shard,
    named: Named,
): (string | undefined)[] {
    const given = new Set(statement.items.filter(ast.isPlacedShard).map(({ shard }) => shard.value.value));
    return copies.flatMap((id, index) => {
        if (given.has(String(index))) return [];
        const node = named(id);
        return [node && `${placedWord} ${String(index)} on ${node}`];
    });
}

/** A shard's own name, or its number in the group. */
function labelOf(
    { name }: Shard,
    group: ShardGroup,
    { form }: GroupWord,
    services: ClusterServices,
): string | undefined {
    return form === 'numbered-shards' ? name.slice(group.name.length + 1) : writtenName(name, services);
}

function nodeName(
    id: NodeId,
    cluster: ast.Cluster,
    { nodes, clusters }: Topology,
    visible: VisibleNames,
    services: ClusterServices,
): string | undefined {
    const node = nodes[id];
    if (!node) return undefined;
    const owner = node.owner === undefined ? undefined : visible.target(clusters[node.owner]?.name ?? '');
    const declaration =
        owner && ast.isCluster(owner)
            ? visible.inCluster(owner)?.nodes.get(node.name)
            : visible.nodes(node.name).find(({ $container }) => ast.isZone($container));
    return declaration && nameOfNode({ declaration, name: node.name }, cluster, visible, services);
}
