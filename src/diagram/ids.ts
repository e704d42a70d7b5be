/** Ids of drawn elements: a kind and a qualified name, so that they outlive edits elsewhere in the text. */
import type { Cluster, Node, Region, Shard, Workload, Zone } from '../topology/index.js';

export function regionId(region: Region): string {
    return `region:${region.name}`;
}

export function zoneId(zone: Zone): string {
    return `zone:${zone.qualifiedName}`;
}

export function nodeId(node: Node): string {
    return `node:${node.qualifiedName}`;
}

export function clusterId(cluster: Cluster): string {
    return `cluster:${cluster.name}`;
}

export function clientId(workload: Workload): string {
    return `client:${workload.name}`;
}

export function addressId(cluster: Cluster, index: number): string {
    return `address:${cluster.name}.${index}`;
}

export function sharedAddressId(cluster: Cluster, address: string): string {
    return `address:${cluster.name}.by.${address}`;
}

/** A shard's name is a path under its cluster and may equal the cluster's. */
export function shardPath(cluster: Cluster, shard: Shard): string {
    return shard.name === cluster.name ? cluster.name : `${cluster.name}.${shard.name}`;
}

/** A shard's row of the timeline; its copies name it. */
export function laneId(cluster: Cluster, shard: Shard): string {
    return `shard:${shardPath(cluster, shard)}`;
}

export function copyId(cluster: Cluster, shard: Shard, node: Node): string {
    return `copy:${shardPath(cluster, shard)}@${node.qualifiedName}`;
}
