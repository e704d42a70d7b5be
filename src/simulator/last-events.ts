/** Which event of the trace a client's answer is due to, where the one who answers does not say. */
import {
    isControlPlane,
    shardsOf,
    type ClusterId,
    type NodeId,
    type ShardId,
    type Topology,
} from '../topology/index.js';
import type { Cause, NodeOrNone } from './behaviour.js';
import type { TraceEvent } from './trace.js';

/**
 * The last events about nodes and shards. What a cluster tells about one shard says nothing about another that its node serves as
 * well, nor does another cluster on the same host; what it tells of its control plane concerns all of its shards.
 */
export class LastEvents {
    private readonly ofHost: Int32Array;
    private readonly ofCluster: Scope;
    private readonly ofShard: Scope;

    constructor(private readonly topology: Topology) {
        const nodes = topology.nodes.length;
        this.ofHost = new Int32Array(nodes).fill(-1);
        this.ofCluster = new Scope(topology.clusters.length, nodes);
        this.ofShard = new Scope(topology.shards.length, nodes);
    }

    /** Takes an event that a cluster has told. */
    note(cluster: ClusterId, { node, shard }: Pick<TraceEvent, 'node' | 'shard'>, event: Cause): void {
        const found = shard === undefined ? undefined : this.topology.shards[shard];
        if (found === undefined || isControlPlane(this.topology, found)) {
            this.ofCluster.note(cluster, node, event);
        } else {
            this.ofShard.note(found.id, node, event);
        }
    }

    /** Takes a fault that struck the host. What clients see before anybody in its clusters has acted is due to their first one. */
    struck(node: NodeId, clusters: readonly ClusterId[], fault: Cause): void {
        this.ofHost[node] = fault;
        for (const cluster of clusters) {
            if (this.ofCluster.about(cluster) < 0) {
                this.ofCluster.note(cluster, undefined, fault);
            }
        }
    }

    /**
     * The last one about the node that concerns the shard, else about the shard or its cluster as such; -1 if there is none.
     * Where nobody answers, that is due to what became of the copies' hosts, too.
     */
    about(shard: ShardId, node: NodeOrNone): Cause {
        const { cluster, copies } = this.topology.shards[shard]!;
        if (node < 0) {
            const hosts = copies.map((copy) => this.ofHost[copy]!);
            return Math.max(this.ofCluster.about(cluster), this.ofShard.about(shard), ...hosts);
        }
        const own = Math.max(this.ofHost[node]!, this.ofCluster.about(cluster, node), this.ofShard.about(shard, node));
        return own >= 0 ? own : Math.max(this.ofCluster.about(cluster), this.ofShard.about(shard));
    }

    /** The last one about the node or, if it is later, about what the cluster needs: what a success may be due to. */
    behind(shard: ShardId, node: NodeId): Cause {
        const { needs } = this.topology.clusters[this.topology.shards[shard]!.cluster]!;
        return needs
            .filter(({ kind }) => kind === 'needs')
            .flatMap(({ target }) => shardsOf(this.topology, target))
            .reduce((latest, needed) => Math.max(latest, this.about(needed, -1)), this.about(shard, node));
    }
}

/** Events about clusters, or about shards: the last of each, and the last of each about each node. */
class Scope {
    private readonly last: Int32Array;
    private readonly byNode = new Map<number, Cause>();

    constructor(
        size: number,
        private readonly nodes: number,
    ) {
        this.last = new Int32Array(size).fill(-1);
    }

    note(id: number, node: NodeId | undefined, event: Cause): void {
        this.last[id] = event;
        if (node !== undefined) {
            this.byNode.set(id * this.nodes + node, event);
        }
    }

    about(id: number, node?: NodeId): Cause {
        return node === undefined ? this.last[id]! : (this.byNode.get(id * this.nodes + node) ?? -1);
    }
}
