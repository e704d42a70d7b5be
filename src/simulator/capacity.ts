import type { Cluster, ClusterId, GroupId, NodeId } from '../topology/index.js';
import type { CapacityChange } from './result.js';

/** What the meter asks about. */
export interface CapacitySource {
    serves(cluster: ClusterId, node: NodeId): boolean;
    /** undefined where groups have no members of their own. */
    groupShare(cluster: ClusterId, group: GroupId): number | undefined;
}

/** Follows which share of each cluster's and group's declared capacity is up. A member without a figure counts 1. */
export class CapacityMeter {
    readonly changes: CapacityChange[] = [];
    /** Index in `changes` of the last entry about each cluster and group. */
    private readonly last = new Map<string, number>();

    constructor(
        private readonly clusters: readonly Cluster[],
        private readonly source: CapacitySource,
    ) {}

    measure(atMs: number): void {
        for (const { id, members, groups } of this.clusters) {
            let [total, up] = [0, 0];
            const idle: NodeId[] = [];
            for (const { node, capacity = 1 } of members) {
                total += capacity;
                if (this.source.serves(id, node)) {
                    up += capacity;
                } else {
                    idle.push(node);
                }
            }
            this.note({ cluster: id, atMs, share: total > 0 ? up / total : 1, idle });
            for (const group of groups) {
                const share = this.source.groupShare(id, group);
                if (share !== undefined) {
                    this.note({ cluster: id, group, atMs, share });
                }
            }
        }
    }

    private note(change: CapacityChange): void {
        const key = `${change.cluster}/${change.group ?? ''}`;
        const index = this.last.get(key);
        const previous = index === undefined ? undefined : this.changes[index];
        if (previous?.share === change.share) {
            return;
        }
        if (index !== undefined && previous?.atMs === change.atMs) {
            this.changes[index] = change;
            return;
        }
        this.last.set(key, this.changes.length);
        this.changes.push(change);
    }
}
