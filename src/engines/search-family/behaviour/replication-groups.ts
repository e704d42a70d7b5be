/** Which copies get the writes of a shard's primary. */
import type { NodeId } from '../../../topology/index.js';
import type { ShardState } from './cluster-state.js';

/**
 * A new copy gets no writes, and delays none, until it has the primary's files: only then the primary tracks it
 * (RecoverySourceHandler.java, `initiateTracking` after phase 1). One that finds its own files is tracked at once.
 */
export class ReplicationGroups {
    /** Copies that are not active yet, by the position of the shard. */
    private readonly tracked = new Map<number, Set<NodeId>>();

    /** The copy on the node has the files. */
    track(position: number, node: NodeId): void {
        const nodes = this.tracked.get(position) ?? new Set();
        this.tracked.set(position, nodes.add(node));
    }

    /** The copy is made anew. */
    forget(position: number, node: NodeId): void {
        this.tracked.get(position)?.delete(node);
    }

    /** Nodes, other than its own, that a primary which acts by this state hands writes on to. */
    followers(position: number, { primary, copies }: ShardState): readonly NodeId[] {
        return copies
            .filter(({ node, state }) => node !== primary && (state === 'active' || this.isTracked(position, node)))
            .map(({ node }) => node);
    }

    private isTracked(position: number, node: NodeId): boolean {
        return this.tracked.get(position)?.has(node) === true;
    }
}
