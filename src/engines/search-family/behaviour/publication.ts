/** One change of the cluster state on its way to the nodes. */
import type { NodeId } from '../../../topology/index.js';
import type { ClusterState, Identity } from './cluster-state.js';
import type { Peer, Peers } from './peers.js';

type Progress = 'sent' | 'accepted' | 'applied' | 'failed';

/**
 * A change is committed when a majority of the voters has accepted it, and done when every node has applied it or has
 * failed; the next one waits for that, or for `cluster.publish.timeout`.
 */
export class Publication {
    isCommitted = false;
    private readonly progress = new Map<NodeId, Progress>();
    private readonly votes = new Set<Identity>();

    constructor(
        private readonly peers: Peers,
        readonly state: ClusterState,
        manager: Peer,
        private readonly startedMs: number,
    ) {
        for (const node of state.nodes.keys()) {
            if (node !== manager.node) {
                this.progress.set(node, 'sent');
            }
        }
        this.votes.add(peers.identityOf(manager));
    }

    get targets(): readonly NodeId[] {
        return [...this.progress.keys()];
    }

    get endsMs(): number {
        return this.startedMs + this.peers.config.publishTimeoutMs;
    }

    accepted(peer: Peer): void {
        if (this.progress.get(peer.node) === 'sent') {
            this.progress.set(peer.node, 'accepted');
            this.votes.add(this.peers.identityOf(peer));
        }
    }

    applied(node: NodeId): void {
        if (this.progress.get(node) === 'accepted') {
            this.progress.set(node, 'applied');
        }
    }

    failed(node: NodeId): void {
        if (this.progress.has(node) && this.progress.get(node) !== 'applied') {
            this.progress.set(node, 'failed');
        }
    }

    get hasMajority(): boolean {
        return this.peers.decide(this.state, this.votes);
    }

    /** Whether those that have not failed could still be a majority. */
    get mayCommit(): boolean {
        const possible = new Set(this.votes);
        for (const node of this.nodesIn('sent')) {
            possible.add(this.peers.identityOf(this.peers.at(node)));
        }
        return this.isCommitted || this.peers.decide(this.state, possible);
    }

    get isDone(): boolean {
        return [...this.progress.values()].every((progress) => progress === 'applied' || progress === 'failed');
    }

    /** Nodes that have accepted the change and wait for its commitment. */
    get waiting(): readonly NodeId[] {
        return this.nodesIn('accepted');
    }

    /** Nodes that have not applied the change when it is done with. */
    get lagging(): readonly NodeId[] {
        return this.targets.filter((node) => this.progress.get(node) !== 'applied');
    }

    private nodesIn(wanted: Progress): readonly NodeId[] {
        return this.targets.filter((node) => this.progress.get(node) === wanted);
    }
}
