import type { Cause } from '../../../simulator/index.js';
import { Mailbox } from '../../shared/simulation/index.js';
import type { ClusterState, Flag, Peer } from './state.js';

/**
 * The gossip section of a ping or pong: what the sender believes about third nodes. Entry `i` is the node `peers[i]`, its
 * flag `flags[i]`, and the time of the sender's last news of it, `pongsMs[i]`, in milliseconds of simulated time.
 */
export interface GossipSection {
    readonly peers: readonly Peer[];
    readonly flags: readonly Flag[];
    readonly pongsMs: readonly number[];
}

/** What nodes say to each other on the cluster bus. Every message carries the sender's claim on its slots besides. */
export type Message =
    | { readonly kind: 'ping' | 'pong'; readonly gossip: GossipSection }
    /** `cause`: the trace event of the agreement. */
    | { readonly kind: 'fail'; readonly about: Peer; readonly cause: Cause }
    | {
          readonly kind: 'vote-request';
          readonly epoch: number;
          readonly shard: number;
          readonly ownerEpoch: number;
          readonly cause: Cause;
      }
    | { readonly kind: 'vote'; readonly epoch: number }
    /** Corrects a node that claims slots which it has lost. */
    | { readonly kind: 'update'; readonly shard: number; readonly owner: Peer; readonly ownerEpoch: number };

interface Envelope {
    readonly from: Peer;
    readonly to: Peer;
    readonly message: Message;
    /** The sender's epoch and its claim when it sent. */
    readonly currentEpoch: number;
    readonly claim: { readonly shard: number; readonly epoch: number } | undefined;
}

/** Carries messages between the nodes, each with the sender's epoch and its claim when it sent. */
export class Bus {
    private readonly mailbox: Mailbox<Envelope>;

    constructor(
        private readonly state: ClusterState,
        receive: (envelope: Envelope) => void,
    ) {
        this.mailbox = new Mailbox(state.world, ({ message }) => receive(message));
    }

    send(from: Peer, to: Peer, message: Message): void {
        const { state } = this;
        const shard = state.shardOf[from]!;
        const claim = state.isPrimary(from) ? { shard, epoch: state.epochSeenBy(from, shard) } : undefined;
        const envelope = { from, to, message, currentEpoch: state.currentEpoch[from]!, claim };
        this.mailbox.send(state.nodeOf(from), state.nodeOf(to), envelope);
    }

    broadcast(from: Peer, message: Message): void {
        for (let to = 0; to < this.state.size; to++) {
            if (to !== from) {
                this.send(from, to, message);
            }
        }
    }

    /** The node reads what reached it while it was frozen. */
    readBacklog(peer: Peer): void {
        this.mailbox.readBacklog(this.state.nodeOf(peer));
    }

    /** What the node had not read died with its process. */
    dropBacklog(peer: Peer): void {
        this.mailbox.dropBacklog(this.state.nodeOf(peer));
    }
}

export type { Envelope };
