/** How figures and names are written in sentences. */
import {
    clock,
    type NodeId,
    type Operation,
    type ShardId,
    type SourceRange,
    type Topology,
} from '../topology/index.js';

/** An instant as the story has it, less exactly: `30.0 s`, `7:30.0` from a minute on. */
export function instant(ms: number): string {
    return clock(ms, 1);
}

export function plural(operation: Operation): 'reads' | 'writes' {
    return operation === 'read' ? 'reads' : 'writes';
}

/** `sessions.s-1`; the cluster's name alone for its one service, and for what its elected leader does. */
export function shardPath(topology: Topology, shard: ShardId): string {
    const found = topology.shards[shard];
    const cluster = found === undefined ? undefined : topology.clusters[found.cluster];
    if (found === undefined || cluster === undefined) {
        return `shard ${String(shard)}`;
    }
    const isControlPlane = cluster.controlPlane?.shard === shard;
    const isOnlyService = cluster.groups.length === 0 && found.name === cluster.name;
    return isControlPlane || isOnlyService ? cluster.name : `${cluster.name}.${found.name}`;
}

export function nodeName(topology: Topology, node: NodeId | null): string {
    return node === null ? 'nobody' : (topology.nodes[node]?.name ?? `node ${String(node)}`);
}

/** Counted from 1, as people and machine-readable reports do. */
export function lineOf(source: SourceRange): number {
    return source.start.line + 1;
}
