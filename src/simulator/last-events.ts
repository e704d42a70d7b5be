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
import { mayMend } from './menders.js';
import type { TraceEvent } from './trace.js';

/**
 * The last events about nodes and shards. What a cluster tells about one shard says nothing about another that its node serves as
 * well, nor does another cluster on the same host; what it tells of its control plane concerns all of its shards.
 */
export class LastEvents {
    private readonly ofHost: Int32Array;
    private readonly all: Told;
    /** Those that may have ended a failure. */
    private readonly mending: Told;

    constructor(private readonly topology: Topology) {
        this.ofHost = new Int32Array(topology.nodes.length).fill(-1);
        this.all = told(topology);
        this.mending = told(topology);
    }

    /** Takes an event that a cluster has told. */
    note(cluster: ClusterId, { kind, node, shard }: Pick<TraceEvent, 'kind' | 'node' | 'shard'>, event: Cause): void {
        const found = shard === undefined ? undefined : this.topology.shards[shard];
        for (const { ofCluster, ofShard } of mayMend(kind) ? [this.all, this.mending] : [this.all]) {
            if (found === undefined || isControlPlane(this.topology, found)) {
                ofCluster.note(cluster, node, event);
            } else {
                ofShard.note(found.id, node, event);
            }
        }
    }

    /** Takes a fault that struck the host. What clients see before anybody in its clusters has acted is due to their first one. */
    struck(node: NodeId, clusters: readonly ClusterId[], fault: Cause): void {
        this.ofHost[node] = fault;
        for (const cluster of clusters) {
            for (const { ofCluster } of [this.all, this.mending].filter((told) => told.ofCluster.about(cluster) < 0)) {
                ofCluster.note(cluster, undefined, fault);
            }
        }
    }

    /**
     * The last one about the node that concerns the shard, else about the shard or its cluster as such; -1 if there is none.
     * Where nobody answers, that is due to what became of the copies' hosts, too.
     */
    about(shard: ShardId, node: NodeOrNone): Cause {
        return this.lastOf(this.all, shard, node);
    }

    /**
     * What a success may be due to: the last that can mend, about the node or, if it is later, about what the cluster needs. Of a
     * request that an address sent on also about the address. `behind`: the shard that answered it.
     */
    behind(shard: ShardId, node: NodeId, behind?: ShardId): Cause {
        if (behind !== undefined) {
            return Math.max(this.lastOf(this.mending, shard, -1), this.behind(behind, node));
        }
        const { needs } = this.topology.clusters[this.topology.shards[shard]!.cluster]!;
        const lastOf = (about: ShardId, by: NodeOrNone): Cause => this.lastOf(this.mending, about, by);
        return needs
            .filter(({ kind }) => kind === 'needs')
            .flatMap(({ target }) => shardsOf(this.topology, target))
            .reduce((latest, needed) => Math.max(latest, lastOf(needed, -1)), lastOf(shard, node));
    }

    private lastOf({ ofCluster, ofShard }: Told, shard: ShardId, node: NodeOrNone): Cause {
        const { cluster, copies } = this.topology.shards[shard]!;
        if (node < 0) {
            const hosts = copies.map((copy) => this.ofHost[copy]!);
            return Math.max(ofCluster.about(cluster), ofShard.about(shard), ...hosts);
        }
        const own = Math.max(this.ofHost[node]!, ofCluster.about(cluster, node), ofShard.about(shard, node));
        return own >= 0 ? own : Math.max(ofCluster.about(cluster), ofShard.about(shard));
    }
}

/** What clusters have told of themselves and of their shards. */
interface Told {
    readonly ofCluster: Scope;
    readonly ofShard: Scope;
}

function told({ clusters, shards, nodes }: Topology): Told {
    return {
        ofCluster: new Scope(clusters.length, nodes.length),
        ofShard: new Scope(shards.length, nodes.length),
    };
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
