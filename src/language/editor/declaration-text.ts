import type { AstNode } from 'langium';
import type { Cluster, Node, Topology } from '../../topology/index.js';
import * as ast from '../generated/ast.js';
import { documentationOf } from '../resolve/source.js';

/** Markdown: the declaration's own documentation, then what it came to be. */
export function declarationMarkdown(declaration: AstNode, name: string, topology: Topology): string | undefined {
    const facts = factsOf(declaration, name, topology);
    const documentation = documentationOf(declaration);
    return (
        [...facts.slice(0, 1), ...(documentation ? [documentation] : []), ...facts.slice(1)].join('\n\n') || undefined
    );
}

function factsOf(declaration: AstNode, name: string, topology: Topology): string[] {
    if (ast.isRegion(declaration)) return regionFacts(declaration, topology);
    if (ast.isZone(declaration)) return zoneFacts(declaration, topology);
    if (ast.isNodes(declaration)) return nodeFacts(declaration, name, topology);
    if (ast.isCluster(declaration)) return clusterFacts(declaration, topology);
    if (ast.isShardGroup(declaration)) return shardFacts(declaration, name, topology);
    if (ast.isWorkload(declaration)) return [`**workload ${declaration.name}**`];
    if (ast.isFailoverPolicy(declaration)) return [`**failover-policy ${declaration.name}**: ${declaration.kind}`];
    if (ast.isObjective(declaration))
        return [`**objective ${declaration.name}**`, ...(declaration.title ? [declaration.title] : [])];
    if (ast.isScenario(declaration))
        return [`**scenario ${declaration.name}**`, ...(declaration.title ? [declaration.title] : [])];
    return [];
}

function regionFacts(declaration: ast.Region, topology: Topology): string[] {
    const region = topology.regions.find((each) => each.name === declaration.name);
    const zones = region?.zones.map((id) => topology.zones[id]?.name ?? '') ?? [];
    return [`**region ${declaration.name}**`, `Zones: ${zones.join(', ') || 'none'}`];
}

function zoneFacts(declaration: ast.Zone, topology: Topology): string[] {
    const qualified = `${declaration.$container.name}.${declaration.name}`;
    const zone = topology.zones.find((each) => each.qualifiedName === qualified);
    const nodes = topology.nodes.filter((node) => node.zone === zone?.id);
    return [`**zone ${qualified}**`, `${String(nodes.length)} nodes: ${listed(nodes.map((node) => node.name))}`];
}

function nodeFacts(declaration: ast.Nodes, name: string, topology: Topology): string[] {
    const owner = ast.isCluster(declaration.$container) ? declaration.$container.name : undefined;
    const named = topology.nodes.filter((node) => isDeclaredBy(node, declaration, owner, topology));
    const one = named.find((node) => node.name === name) ?? (named.length === 1 ? named[0] : undefined);
    if (!one)
        return [
            `**nodes ${declaration.name}**`,
            `${String(named.length)} nodes: ${listed(named.map((node) => node.name))}`,
        ];
    const zone = one.zone === undefined ? undefined : topology.zones[one.zone]?.qualifiedName;
    const shards = topology.shards.filter((shard) => shard.copies.includes(one.id));
    const copies = shards.map((shard) => `${shard.name}${shard.copies[0] === one.id ? ' (leads)' : ''}`);
    return [
        `**node ${one.qualifiedName}**`,
        zone ? `Stands in ${zone}.` : 'Stands in no zone.',
        ...(copies.length > 0 ? [`Holds ${listed(copies)}.`] : []),
    ];
}

function isDeclaredBy(node: Node, declaration: ast.Nodes, owner: string | undefined, topology: Topology): boolean {
    const ownerName = node.owner === undefined ? undefined : topology.clusters[node.owner]?.name;
    const start = declaration.$cstNode?.range.start;
    const end = declaration.$cstNode?.range.end;
    if (ownerName !== owner || !start || !end) return false;
    return (
        node.source.start.line >= start.line &&
        node.source.start.line <= end.line &&
        node.source.uri === declarationUri(declaration)
    );
}

function declarationUri(declaration: AstNode): string | undefined {
    let root: AstNode = declaration;
    while (root.$container) root = root.$container;
    return root.$document?.uri.toString();
}

function clusterFacts(declaration: ast.Cluster, topology: Topology): string[] {
    const cluster: Cluster | undefined = topology.clusters.find((each) => each.name === declaration.name);
    const head = `**cluster ${declaration.name}**: ${declaration.engine}${declaration.version ? ` ${declaration.version}` : ''}`;
    if (!cluster) return [head];
    return [head, `${String(cluster.members.length)} members, ${String(cluster.shards.length)} shards`];
}

function shardFacts(declaration: ast.ShardGroup, name: string, topology: Topology): string[] {
    const cluster = topology.clusters.find((each) => each.name === declaration.$container.name);
    const shards = (cluster?.shards ?? []).flatMap((id) => topology.shards[id] ?? []);
    const group = topology.groups.find((each) => each.cluster === cluster?.id && each.name === declaration.name);
    const mine = shards.filter((shard) => shard.name === name || (group && shard.group === group.id));
    const lines = mine.slice(0, 12).map((shard) => {
        const copies = shard.copies.map((id) => topology.nodes[id]?.name ?? '').join(', ');
        return `- ${shard.name} on ${copies || 'no node'}${shard.placedBy === 'engine' ? ' (placed by the engine)' : ''}`;
    });
    return [`**${declaration.word} ${declaration.name}**`, lines.join('\n')];
}

function listed(names: readonly string[]): string {
    return names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ') || 'none';
}
