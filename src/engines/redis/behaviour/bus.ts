import type { Cause } from '../../../simulator/index.js';
import { Mailbox } from '../../shared/simulation/index.js';
import type { GossipSection } from './gossip-section.js';
import type { ClusterState, Peer } from './state.js';

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
          /** The primary itself hands over, so it need not have failed. */
          readonly isManual: boolean;
      }
    /** A replica wants its primary's shard; the primary answers when it has stopped its writes. */
    | { readonly kind: 'hand-over' | 'offset' }
    | { readonly kind: 'vote'; readonly epoch: number }
    /** A process answers a ping by a name that the sender does not know. */
    | { readonly kind: 'stranger' }
    /** Corrects a node that claims slots which it has lost. */
    | { readonly kind: 'update'; readonly shard: number; readonly owner: Peer; readonly ownerEpoch: number };

interface Envelope {
    readonly from: Peer;
    readonly message: Message;
    /** The sender's epoch and its claim when it sent. */
    readonly currentEpoch: number;
    /** The shard that it claims, or -1, and since which epoch. */
    readonly shard: number;
    readonly epoch: number;
}

/** Carries messages between the nodes, each with the sender's epoch and its claim when it sent. */
export class Bus {
    private readonly mailbox: Mailbox<Envelope>;

    constructor(
        private readonly state: ClusterState,
        receive: (to: Peer, envelope: Envelope) => void,
        /** They are about to read that a node has failed; `cause` is the trace event of the agreement. */
        tellFail: (to: readonly Peer[], about: Peer, cause: Cause) => void,
    ) {
        this.mailbox = new Mailbox(
            state.world,
            ({ to, message }) => receive(state.peerOf(to), message),
            ({ to, message: { message } }) => {
                if (message.kind === 'fail') {
                    tellFail(
                        to.map((node) => state.peerOf(node)),
                        message.about,
                        message.cause,
                    );
                }
            },
        );
    }

    send(from: Peer, to: Peer, message: Message): void {
        this.mailbox.send(this.state.nodeOf(from), this.state.nodeOf(to), this.envelope(from, message));
    }

    broadcast(from: Peer, message: Message): void {
        const sender = this.state.nodeOf(from);
        const others = this.state.nodes.filter((node) => node !== sender);
        this.mailbox.sendAll(sender, others, this.envelope(from, message));
    }

    private envelope(from: Peer, message: Message): Envelope {
        const { state } = this;
        const shard = state.shardClaimedBy(from);
        const epoch = shard >= 0 ? state.epochSeenBy(from, shard) : 0;
        return { from, message, currentEpoch: state.currentEpoch[from]!, shard, epoch };
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
