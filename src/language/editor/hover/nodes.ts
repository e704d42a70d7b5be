import {
    counted,
    figure,
    isLeaderless,
    type Cluster,
    type Member,
    type Node,
    type NodeId,
    type Topology,
} from '../../../topology/index.js';
import type * as ast from '../../generated/ast.js';
import { uriOf } from '../../resolve/source.js';
import { names, zoneName } from './places.js';
import { plain } from '../markdown.js';

/** @param name the one that was asked about; the range itself means all of its nodes */
export function nodeFacts(declaration: ast.Nodes, name: string, topology: Topology): string[] {
    const declared = declaredNodes(declaration, topology);
    const one = declared.find((node) => node.name === name) ?? (declared.length === 1 ? declared[0] : undefined);
    return one ? oneNode(one, topology) : rangeFacts(declaration, declared, topology);
}

/** The nodes that a statement declares. */
export function declaredNodes(declaration: ast.Nodes, topology: Topology): Node[] {
    const range = declaration.$cstNode?.range;
    const uri = uriOf(declaration);
    if (!range) return [];
    return topology.nodes.filter(({ source: { uri: from, start } }) => {
        const after =
            start.line > range.start.line ||
            (start.line === range.start.line && start.character >= range.start.character);
        const before =
            start.line < range.end.line || (start.line === range.end.line && start.character <= range.end.character);
        return from === uri && after && before;
    });
}

function rangeFacts(declaration: ast.Nodes, nodes: readonly Node[], topology: Topology): string[] {
    const head = `**nodes** ${plain(declaration.name)}`;
    if (nodes.length === 0) return [head];
    const spread = spreadText(nodes, topology);
    return [
        head,
        `${counted(nodes.length, 'node')}: ${names(nodes.map((node) => node.name))}.`,
        ...(spread === '' ? [] : [`${plain(spread)}.`]),
    ];
}

/** `2 in each of a, b and c`, or how many in which zone; nothing for nodes that stand in no zone. */
export function spreadText(nodes: readonly Node[], topology: Topology): string {
    const inside = new Map<string, number>();
    for (const { zone } of nodes) {
        const name = zone === undefined ? undefined : topology.zones[zone]?.name;
        if (name !== undefined) inside.set(name, (inside.get(name) ?? 0) + 1);
    }
    const counts = [...inside.values()];
    const [first] = counts;
    if (first === undefined) return '';
    if (counts.length > 1 && counts.every((count) => count === first)) {
        return `${String(first)} in each of ${[...inside.keys()].join(', ')}`;
    }
    return [...inside].map(([zone, count]) => `${String(count)} in ${zone}`).join(', ');
}

function oneNode(node: Node, topology: Topology): string[] {
    const zone = zoneName(node.zone, topology);
    const region = node.region === undefined ? undefined : topology.regions[node.region]?.name;
    const place = zone ?? region;
    const rack = node.rack === undefined ? '' : `, rack ${plain(node.rack)}`;
    return [
        `**node** ${plain(node.qualifiedName)}`,
        place === undefined ? `Stands in no zone${rack}.` : `Stands in ${plain(place)}${rack}.`,
        ...topology.clusters.flatMap((cluster) => {
            const member = cluster.members.find((each) => each.node === node.id);
            return member ? [memberText(cluster, member, topology)] : [];
        }),
    ];
}

function memberText(cluster: Cluster, { node, roles, capacity, tier, priority }: Member, topology: Topology): string {
    const facts = [
        ...(roles.length > 0 ? [`as ${names(roles)}`] : []),
        ...(capacity === undefined ? [] : [`capacity ${figure(capacity)}/s`]),
        ...(tier === undefined ? [] : [`tier ${String(tier)}`]),
        ...(priority === undefined ? [] : [`priority ${String(priority)}`]),
    ];
    const shards = cluster.shards.flatMap((id) => topology.shards[id] ?? []);
    const [led, copied, equal]: [string[], string[], string[]] = [[], [], []];
    for (const shard of shards) {
        const { copies, name } = shard;
        if (!copies.includes(node)) continue;
        if (isLeaderless(topology, shard)) equal.push(name);
        else (copies[0] === node ? led : copied).push(name);
    }
    const held = [
        ...(led.length > 0 ? [`leads ${counted(led.length, 'shard')}: ${names(led)}`] : []),
        ...(copied.length > 0
            ? [`holds ${counted(copied.length, 'further copy', 'further copies')}: ${names(copied)}`]
            : []),
        ...(equal.length > 0 ? [`holds ${counted(equal.length, 'copy', 'copies')}: ${names(equal)}`] : []),
    ];
    const leader = isControlLeader(cluster, node, topology) ? [`${controlText(cluster)} at the start`] : [];
    return [
        `- Member of ${plain(cluster.name)}${facts.length > 0 ? ` ${facts.join(', ')}` : ''}`,
        ...held,
        ...leader,
    ].join('; ');
}

function isControlLeader({ controlPlane }: Cluster, node: NodeId, topology: Topology): boolean {
    return controlPlane !== undefined && topology.shards[controlPlane.shard]?.copies[0] === node;
}

function controlText({ name }: Cluster): string {
    return `leads ${plain(name)} itself`;
}
