import type { ClusterId, NodeId, Topology } from '../topology/index.js';
import type { ProcessState } from './behaviour.js';

/** Power of the hosts, and the processes that run on them: one per cluster that a node is a member of. */
export class Hosts {
    private readonly power: Uint8Array;
    private readonly clusters: ClusterId[][];
    /** State of the process of the first cluster on each node: most nodes have no other, and it is asked for all the time. */
    private readonly states: ProcessState[];
    private readonly first: Int32Array;
    /** States of the others, by cluster. */
    private readonly others: Map<NodeId, ProcessState>[];

    constructor(topology: Topology) {
        this.power = new Uint8Array(topology.nodes.length).fill(1);
        this.clusters = topology.nodes.map(() => []);
        this.states = topology.nodes.map(() => 'running');
        this.first = new Int32Array(topology.nodes.length).fill(-1);
        this.others = topology.clusters.map(() => new Map<NodeId, ProcessState>());
        for (const cluster of topology.clusters) {
            for (const { node } of cluster.members) {
                this.clusters[node]!.push(cluster.id);
                if (this.first[node] === -1) {
                    this.first[node] = cluster.id;
                } else {
                    this.others[cluster.id]!.set(node, 'running');
                }
            }
        }
    }

    /** Clusters that run a process on the node. */
    clustersOn(node: NodeId): readonly ClusterId[] {
        return this.clusters[node]!;
    }

    process(cluster: ClusterId, node: NodeId): ProcessState {
        if (this.power[node] === 0) {
            return 'off';
        }
        return this.first[node] === cluster ? this.states[node]! : this.others[cluster]!.get(node)!;
    }

    setProcess(cluster: ClusterId, node: NodeId, state: ProcessState): void {
        if (this.first[node] === cluster) {
            this.states[node] = state;
        } else {
            this.others[cluster]!.set(node, state);
        }
    }

    hasPower(node: NodeId): boolean {
        return this.power[node] === 1;
    }

    setPower(node: NodeId, on: boolean): void {
        this.power[node] = on ? 1 : 0;
    }
}
