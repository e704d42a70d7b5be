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
        for (const cluster of this.clusters) {
            const share = this.shareOf(cluster);
            const last = this.last.get(`${cluster.id}/`);
            // Whom it names is only asked where something has changed: clusters are large, and measured often.
            if (last === undefined || this.changes[last]!.share !== share) {
                this.note({ cluster: cluster.id, atMs, share, idle: this.idleIn(cluster) });
            }
            for (const group of cluster.groups) {
                const groupShare = this.source.groupShare(cluster.id, group);
                if (groupShare !== undefined) {
                    this.note({ cluster: cluster.id, group, atMs, share: groupShare });
                }
            }
        }
    }

    private shareOf({ id, members }: Cluster): number {
        let [total, up] = [0, 0];
        for (const { node, capacity } of members) {
            const own = capacity ?? 1;
            total += own;
            up += this.source.serves(id, node) ? own : 0;
        }
        return total > 0 ? up / total : 1;
    }

    private idleIn({ id, members }: Cluster): readonly NodeId[] {
        return members.map(({ node }) => node).filter((node) => !this.source.serves(id, node));
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
