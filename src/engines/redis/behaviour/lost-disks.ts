import type { Cause } from '../../../simulator/index.js';
import type { Replication } from './replication.js';
import type { ClusterState, Peer } from './state.js';

/**
 * Nodes whose disk was lost, and `nodes.conf` with it, which says who a node is and whom it knows. A process that runs goes on
 * by what it has in memory. The next one makes up a new name, and the others leave alone who answers by another name than
 * they know (clusterProcessPacket of Redis 7, src/cluster.c).
 */
export class LostDisks {
    private readonly wiped = new Set<Peer>();

    constructor(
        private readonly state: ClusterState,
        private readonly replication: Replication,
    ) {}

    wipe(peer: Peer, cause: Cause): void {
        const { world } = this.state;
        const node = this.state.nodeOf(peer);
        this.wiped.add(peer);
        if (world.process(node) === 'running' || world.process(node) === 'frozen') {
            const text = `${this.state.nameOf(peer)} goes on with what it has in memory until its process ends`;
            world.record({ kind: 'state', text, cause, node });
        }
    }

    /** To be called after every change of a node: without a process nothing is left of what it held. */
    review(peer: Peer, cause: Cause): void {
        const process = this.state.world.process(this.state.nodeOf(peer));
        if (this.wiped.has(peer) && process !== 'running' && process !== 'frozen') {
            this.replication.diskLost(peer, cause);
        }
    }

    /** Whether the new process is not the member that it stands for. */
    startsAsStranger(peer: Peer, cause: Cause): boolean {
        if (!this.wiped.has(peer)) {
            return false;
        }
        const { state } = this;
        state.estrange(peer);
        state.world.record({
            kind: 'state',
            text: `${state.nameOf(peer)} starts with an empty disk: it has a new name and knows no cluster, so to all others the node is gone for good`,
            cause,
            node: state.nodeOf(peer),
        });
        return true;
    }
}
