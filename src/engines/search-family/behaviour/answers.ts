/** What all answers of a cluster have in common. */
import { BASE_DELAY_MS, type Attempt, type Cause, type StreamContext } from '../../../simulator/index.js';
import { shardTitle, type NodeId } from '../../../topology/index.js';
import { askServer, roundTrip } from '../../shared/simulation/index.js';
import type { ShardState } from './cluster-state.js';
import type { Peer, Peers } from './peers.js';

export class Answers {
    constructor(private readonly peers: Peers) {}

    /** What the client meets at the node itself: how long it takes there and back, in ms, or how its request ends there. */
    met({ client }: StreamContext, entry: NodeId): number | Attempt {
        const { world } = this.peers;
        if (world.cluster.needs.length === 0 && world.reach(client, entry) === 'open') {
            return roundTrip(world, client, entry);
        }
        const answer = askServer(world, client, entry, 0, world.lastFault(entry));
        return answer.outcome === 'ok' ? answer.afterMs : answer;
    }

    /** What the node knows of the shard; undefined: it has not joined a cluster since it began. */
    shardSeenBy({ applied }: Peer, { shard }: StreamContext): ShardState | undefined {
        return applied.shards[this.peers.positionOf(shard)];
    }

    /** Handing over to another node takes as long everywhere that nothing is slow, on the same node, too. */
    hop(from: NodeId, to: NodeId): number {
        return Math.max(2 * BASE_DELAY_MS, roundTrip(this.peers.world, from, to));
    }

    hang(node: NodeId, reason: string, cause: Cause): Attempt {
        return { outcome: 'hang', node, reason, ...(cause >= 0 && { cause }) };
    }

    nameOf({ shard }: StreamContext): string {
        return shardTitle(this.peers.context.topology, shard);
    }

    /** The last fault that struck a node of the shard, else what the node knows. */
    causeOf({ shard }: StreamContext, peer: Peer): Cause {
        const { copies } = this.peers.context.topology.shards[shard]!;
        return Math.max(peer.cause, ...copies.map((node) => this.peers.world.lastFault(node)));
    }
}
