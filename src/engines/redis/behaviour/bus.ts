import type { Cause, HandlerId } from '../../../simulator/index.js';
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

/** Carries messages between the nodes. What is sent to a node that cannot be reached is lost; a frozen one reads it later. */
export class Bus {
    private readonly inFlight: (Envelope | undefined)[] = [];
    private readonly free: number[] = [];
    private readonly unread = new Map<Peer, Envelope[]>();
    private readonly deliver: HandlerId;

    constructor(
        private readonly state: ClusterState,
        private readonly receive: (envelope: Envelope) => void,
    ) {
        this.deliver = state.world.handler((slot) => this.arrived(slot));
    }

    send(from: Peer, to: Peer, message: Message): void {
        const { state } = this;
        if (!state.connected(from, to)) {
            return;
        }
        const shard = state.shardOf[from]!;
        const claim = state.isPrimary(from) ? { shard, epoch: state.epochSeenBy(from, shard) } : undefined;
        const slot = this.free.pop() ?? this.inFlight.length;
        this.inFlight[slot] = { from, to, message, currentEpoch: state.currentEpoch[from]!, claim };
        const delay = state.world.delay(state.nodeOf(from), state.nodeOf(to));
        state.world.schedule(state.world.now + delay, this.deliver, slot);
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
        const waiting = this.unread.get(peer) ?? [];
        this.unread.delete(peer);
        waiting.forEach(this.receive);
    }

    /** What the node had not read died with its process. */
    dropBacklog(peer: Peer): void {
        this.unread.delete(peer);
    }

    private arrived(slot: number): void {
        const envelope = this.inFlight[slot]!;
        this.inFlight[slot] = undefined;
        this.free.push(slot);
        const process = this.state.world.process(this.state.nodeOf(envelope.to));
        if (process === 'running') {
            this.receive(envelope);
        } else if (process === 'frozen') {
            const waiting = this.unread.get(envelope.to) ?? [];
            waiting.push(envelope);
            this.unread.set(envelope.to, waiting);
        }
    }
}

export type { Envelope };
