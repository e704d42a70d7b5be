import type { ClusterId, Topology } from '../topology/index.js';
import type { ClusterBehaviour } from './behaviour.js';
import type { Network } from './network.js';

/** A cluster whose own messages are slower than its behaviour follows. */
export interface LateCluster {
    readonly cluster: ClusterId;
    /** When they first were. */
    readonly fromMs: number;
}

/** Notes whose messages come later than what their behaviours follow. */
export class LateMessages {
    readonly clusters: LateCluster[] = [];

    constructor(
        private readonly topology: Topology,
        private readonly network: Network,
    ) {}

    /** To be called when links have changed. */
    review(atMs: number, behaviours: readonly ClusterBehaviour[]): void {
        if (!this.network.isSlowed) {
            return;
        }
        for (const { id } of this.topology.clusters) {
            const behaviour = behaviours[id]!;
            if (!this.clusters.some(({ cluster }) => cluster === id) && this.isLate(id, behaviour)) {
                this.clusters.push({ cluster: id, fromMs: atMs });
            }
        }
    }

    private isLate(cluster: ClusterId, behaviour: ClusterBehaviour): boolean {
        const nodes = this.topology.clusters[cluster]!.members.map(({ node }) => node);
        return nodes
            .filter((node) => this.network.isSlow(node))
            .some((one) =>
                nodes.some((other) => {
                    const mostMs = one === other ? undefined : behaviour.slowestLink?.(one, other);
                    return mostMs !== undefined && this.network.delay(one, other) > mostMs;
                }),
            );
    }
}
