import type { Cluster, ClusterId, NodeId } from '../topology/index.js';
import type { Run } from './result.js';

/** Follows which share of each cluster's declared capacity is up. A member without a figure counts 1. */
export class CapacityMeter {
    readonly changes: Run['capacity'][number][] = [];
    /** Index in `changes` of each cluster's last entry. */
    private readonly last = new Map<ClusterId, number>();

    constructor(private readonly clusters: readonly Cluster[]) {}

    measure(atMs: number, serves: (cluster: ClusterId, node: NodeId) => boolean): void {
        for (const { id, members } of this.clusters) {
            const total = members.reduce((sum, { capacity }) => sum + (capacity ?? 1), 0);
            const up = members.reduce((sum, { node, capacity }) => sum + (serves(id, node) ? (capacity ?? 1) : 0), 0);
            this.note(id, atMs, total > 0 ? up / total : 1);
        }
    }

    private note(cluster: ClusterId, atMs: number, share: number): void {
        const index = this.last.get(cluster);
        const previous = index === undefined ? undefined : this.changes[index];
        if (previous?.share === share) {
            return;
        }
        if (index !== undefined && previous?.atMs === atMs) {
            this.changes[index] = { cluster, atMs, share };
            return;
        }
        this.last.set(cluster, this.changes.length);
        this.changes.push({ cluster, atMs, share });
    }
}
