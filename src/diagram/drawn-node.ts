import {
    counts,
    distinct,
    groupedBy,
    isControlPlane,
    isLeaderless,
    counted,
    figure,
    listed,
    type Cluster,
    type Member,
    type Node,
    type NodeId,
    type Shard,
    type Topology,
} from '../topology/index.js';
import type { DrawnControl, DrawnCopy, DrawnNode } from './drawing.js';
import { holdings } from './copy-state.js';
import { clusterId, copyId, laneId, nodeId, shardPath } from './ids.js';
import { FACT_LIMIT } from './facts.js';

/** What stands on each node, looked up once for all of them. */
export interface NodeContents {
    readonly memberships: ReadonlyMap<NodeId, readonly Membership[]>;
    readonly copies: ReadonlyMap<NodeId, readonly DrawnCopy[]>;
    readonly control: ReadonlyMap<NodeId, readonly DrawnControl[]>;
}

interface Membership {
    readonly cluster: Cluster;
    readonly member: Member;
}

export function nodeContents(topology: Topology): NodeContents {
    const memberships = topology.clusters.flatMap((cluster) => cluster.members.map((member) => ({ cluster, member })));
    return {
        memberships: groupedBy(memberships, ({ member }) => member.node),
        copies: copiesByNode(topology),
        control: controlByNode(topology),
    };
}

/** Those who take part in control: one alone decides alone. */
function controlByNode(topology: Topology): NodeContents['control'] {
    const control = new Map<NodeId, readonly DrawnControl[]>();
    for (const cluster of topology.clusters) {
        const shard = topology.shards[cluster.controlPlane?.shard ?? -1];
        const members = distinct(shard?.copies ?? []);
        if (shard !== undefined && members.length > 1) {
            for (const node of members) {
                const part = { shard: laneId(cluster, shard), cluster: cluster.name, leads: node === members[0] };
                control.set(node, [...(control.get(node) ?? []), part]);
            }
        }
    }
    return control;
}

/** Every node's rows: what it leads first, each part in order of declaration. */
function copiesByNode(topology: Topology): NodeContents['copies'] {
    const leading = new Map<NodeId, DrawnCopy[]>();
    const following = new Map<NodeId, DrawnCopy[]>();
    for (const shard of topology.shards.filter((each) => !isControlPlane(topology, each))) {
        const cluster = topology.clusters[shard.cluster];
        if (cluster === undefined || everyMemberServes(cluster, shard)) {
            continue;
        }
        const leader = isLeaderless(topology, shard) ? undefined : shard.copies[0];
        for (const [id, count] of counts(shard.copies)) {
            const node = topology.nodes[id];
            if (node !== undefined) {
                const rows = id === leader ? leading : following;
                const known = rows.get(id) ?? [];
                known.push(
                    leader === undefined
                        ? equalCopy(cluster, shard, node, count)
                        : drawnCopy(cluster, shard, node, id === leader),
                );
                rows.set(id, known);
            }
        }
    }
    const nodes = distinct([...leading.keys(), ...following.keys()]);
    return new Map(nodes.map((id) => [id, [...(leading.get(id) ?? []), ...(following.get(id) ?? [])]]));
}

/** An active-active service has neither leader nor followers: a row would only repeat the cluster's name. */
function everyMemberServes(cluster: Cluster, shard: Shard): boolean {
    return shard.name === cluster.name && cluster.failover?.kind === 'active-active';
}

/** One of several copies of which none leads; a node may hold more than one, such as pods. */
function equalCopy(cluster: Cluster, shard: Shard, node: Node, count: number): DrawnCopy {
    const path = shardPath(cluster, shard);
    return {
        id: copyId(cluster, shard, node),
        label: count === 1 ? shard.name : `${shard.name} ×${String(count)}`,
        source: shard.source,
        facts: [`${node.name} holds ${counted(count, 'copy', 'copies')} of ${path}.${chosenBy(cluster, shard)}`],
        shard: laneId(cluster, shard),
        role: 'replica',
        leaderless: true,
    };
}

function chosenBy(cluster: Cluster, shard: Shard): string {
    return shard.placedBy === 'engine' ? ` The placement rule of ${cluster.engine} put it here.` : '';
}

function drawnCopy(cluster: Cluster, shard: Shard, node: Node, leader: boolean): DrawnCopy {
    const path = shardPath(cluster, shard);
    const takesTurns = shard.name === cluster.name && cluster.failover?.kind === 'active-passive';
    return {
        id: copyId(cluster, shard, node),
        label: takesTurns ? (leader ? 'active' : 'standby') : shard.name,
        source: shard.source,
        facts: [
            takesTurns
                ? `${node.name} ${leader ? 'is the active member' : 'stands by'} in ${cluster.name}.`
                : `${node.name} ${leader ? 'leads' : 'holds a replica of'} ${path}.${chosenBy(cluster, shard)}`,
        ],
        shard: laneId(cluster, shard),
        role: leader ? 'leader' : 'replica',
        ...(takesTurns ? { takesTurns: true as const } : {}),
    };
}

export function drawnNode(topology: Topology, node: Node, contents: NodeContents): DrawnNode {
    const memberships = contents.memberships.get(node.id) ?? [];
    const rows = contents.copies.get(node.id) ?? [];
    const control = contents.control.get(node.id) ?? [];
    const roles = distinct(memberships.flatMap(({ member }) => member.roles));
    const capacities = memberships.flatMap(({ cluster, member }) =>
        member.capacity === undefined ? [] : [`Carries ${figure(member.capacity)} requests/s of ${cluster.name}.`],
    );
    return {
        id: nodeId(node),
        label: node.name,
        source: node.source,
        facts: [
            `Node ${node.qualifiedName}${standing(topology, node)}.`,
            ...(memberships.length === 0
                ? ['Belongs to no cluster.']
                : [
                      `Member of ${listed(
                          memberships.map(({ cluster }) => cluster.name),
                          { limit: FACT_LIMIT },
                      )}.`,
                  ]),
            ...(roles.length === 0 ? [] : [`Roles: ${listed(roles, { limit: FACT_LIMIT })}.`]),
            ...capacities,
            ...holdings({ id: nodeId(node), copies: rows, controls: control }, undefined),
        ],
        clusters: memberships.map(({ cluster }) => clusterId(cluster)),
        roles,
        ...(control.length === 0 ? {} : { controls: control }),
        ...(rows.length > 0 && memberships.every(({ cluster }) => cluster.drains) ? { drains: true as const } : {}),
        copies: rows,
    };
}

function standing(topology: Topology, node: Node): string {
    const zone = node.zone === undefined ? undefined : topology.zones[node.zone];
    const region = node.region === undefined ? undefined : topology.regions[node.region];
    const rack = node.rack === undefined ? '' : `, rack ${node.rack}`;
    if (zone !== undefined) {
        return ` in zone ${zone.qualifiedName}${rack}`;
    }
    return region === undefined ? ` in no declared place${rack}` : ` in region ${region.name}, in no zone${rack}`;
}
