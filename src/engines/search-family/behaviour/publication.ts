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
    /** Voters that have yet to answer. */
    private readonly asked = new Map<NodeId, Identity>();
    private open: number;
    /** Nodes that have accepted the change and have yet to be told that it is committed. */
    private untold: NodeId[] = [];

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
        this.open = this.progress.size;
        for (const voter of peers.voters.filter(({ node }) => this.progress.has(node))) {
            this.asked.set(voter.node, peers.identityOf(voter));
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
            this.untold.push(peer.node);
            this.asked.delete(peer.node);
            this.votes.add(this.peers.identityOf(peer));
        }
    }

    applied(node: NodeId): void {
        if (this.progress.get(node) === 'accepted') {
            this.progress.set(node, 'applied');
            this.open--;
        }
    }

    failed(node: NodeId): void {
        const progress = this.progress.get(node);
        if (progress === 'sent' || progress === 'accepted') {
            this.progress.set(node, 'failed');
            this.asked.delete(node);
            this.open--;
        }
    }

    get hasMajority(): boolean {
        return this.peers.decide(this.state, this.votes);
    }

    /** Whether those that have not failed could still be a majority. */
    get mayCommit(): boolean {
        return this.isCommitted || this.peers.decide(this.state, new Set([...this.votes, ...this.asked.values()]));
    }

    /** Voters that have not accepted it. */
    get missing(): readonly NodeId[] {
        return this.peers.voters
            .filter((voter) => this.progress.has(voter.node) && !this.votes.has(this.peers.identityOf(voter)))
            .map(({ node }) => node);
    }

    /** Every node has applied the change, or has failed. */
    get isDone(): boolean {
        return this.open === 0;
    }

    /** Nodes that have accepted the change and are to be told now that it is committed; each is given out once. */
    takeUntold(): readonly NodeId[] {
        const nodes = this.untold.filter((node) => this.progress.get(node) === 'accepted');
        this.untold = [];
        return nodes;
    }
}
