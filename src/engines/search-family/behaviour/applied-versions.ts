/** What a manager knows of which changes the nodes have applied: whoever stays behind one for long is removed. */
import type { NodeId } from '../../../topology/index.js';
import type { ClusterState } from './cluster-state.js';

interface Tracker {
    readonly node: NodeId;
    /** Which life of the node: a process that starts anew is another member. */
    readonly life: number;
    /** The latest version that the node has said it applied; it stays, whether the node still answers or not. */
    version: number;
}

/**
 * A check of one change looks only at the members that had not applied it when it was done with, and only as long as they stay
 * members. Source: Elasticsearch, `LagDetector` (setTrackedNodes, setAppliedVersion, startLagDetector, checkForLag).
 */
export class AppliedVersions {
    private readonly trackers = new Map<NodeId, Tracker>();
    private readonly behind = new Map<number, readonly Tracker[]>();

    /** The members from now on. */
    track(nodes: ClusterState['nodes']): void {
        for (const { node, life } of [...this.trackers.values()]) {
            if (nodes.get(node) !== life) {
                this.trackers.delete(node);
            }
        }
        for (const [node, life] of nodes) {
            if (!this.trackers.has(node)) {
                this.trackers.set(node, { node, life, version: 0 });
            }
        }
    }

    applied(node: NodeId, version: number): void {
        const tracker = this.trackers.get(node);
        if (tracker !== undefined) {
            tracker.version = Math.max(tracker.version, version);
        }
    }

    /** Whether a member other than the manager has yet to apply the version; {@link lagging} tells later who still has. */
    watch(version: number, manager: NodeId): boolean {
        const behind = [...this.trackers.values()].filter((each) => each.node !== manager && each.version < version);
        if (behind.length > 0) {
            this.behind.set(version, behind);
        }
        return behind.length > 0;
    }

    lagging(version: number): readonly NodeId[] {
        const behind = this.behind.get(version) ?? [];
        this.behind.delete(version);
        return behind
            .filter((tracker) => this.trackers.get(tracker.node) === tracker && tracker.version < version)
            .map(({ node }) => node);
    }
}
