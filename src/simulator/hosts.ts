import type { ClusterId, NodeId, Topology } from '../topology/index.js';
import type { ProcessState } from './behaviour.js';

/** Power of the hosts, and the processes that run on them: one per cluster that a node is a member of. */
export class Hosts {
    private readonly power: Uint8Array;
    private readonly processes: Map<NodeId, ProcessState>[];
    private readonly clusters: ClusterId[][];

    constructor(topology: Topology) {
        this.power = new Uint8Array(topology.nodes.length).fill(1);
        this.processes = topology.clusters.map(
            (cluster) => new Map(cluster.members.map(({ node }) => [node, 'running'])),
        );
        this.clusters = topology.nodes.map(() => []);
        for (const cluster of topology.clusters) {
            for (const { node } of cluster.members) {
                this.clusters[node]!.push(cluster.id);
            }
        }
    }

    /** Clusters that run a process on the node. */
    clustersOn(node: NodeId): readonly ClusterId[] {
        return this.clusters[node]!;
    }

    process(cluster: ClusterId, node: NodeId): ProcessState {
        return this.power[node] ? this.processes[cluster]!.get(node)! : 'off';
    }

    setProcess(cluster: ClusterId, node: NodeId, state: ProcessState): void {
        this.processes[cluster]!.set(node, state);
    }

    hasPower(node: NodeId): boolean {
        return this.power[node] === 1;
    }

    setPower(node: NodeId, on: boolean): void {
        this.power[node] = on ? 1 : 0;
    }
}
