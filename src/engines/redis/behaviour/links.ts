import type { HandlerId } from '../../../simulator/index.js';
import { nextRetry, RECONNECT_MS, RETRANSMIT_MS } from '../../shared/simulation/index.js';
import type { ClusterState, Peer } from './state.js';

const enum Link {
    open = 0,
    opening = 1,
    /** Closed: the next cron opens it. */
    none = 2,
}

/** Each node's own connections to all others on the cluster bus. */
export class Links {
    private readonly links: Uint8Array;
    /** When each link was last begun, and a millisecond; 0: it always was. */
    private readonly since: Float64Array;
    /** How many links each node has to open, and when it last tried: nothing answers differently until something changes. */
    private readonly closed: Int32Array;
    private readonly triedIn: Int32Array;
    private readonly reconnect: HandlerId;

    constructor(
        private readonly state: ClusterState,
        /** The link carries (again). */
        private readonly opened: (observer: Peer, other: Peer) => void,
    ) {
        const pairs = state.size * state.size;
        this.links = new Uint8Array(pairs);
        this.since = new Float64Array(pairs);
        this.closed = new Int32Array(state.size);
        this.triedIn = new Int32Array(state.size).fill(-1);
        this.reconnect = state.world.handler((observer, other) => this.establish(observer, other));
    }

    isOpen(observer: Peer, other: Peer): boolean {
        return this.links[this.pair(observer, other)] === Link.open;
    }

    /** When the link was last begun, in milliseconds; -Infinity: it always was. */
    begunAt(observer: Peer, other: Peer): number {
        const since = this.since[this.pair(observer, other)]!;
        return since === 0 ? Number.NEGATIVE_INFINITY : since - 1;
    }

    /** The process is gone and its host said so: everybody's link to it is closed. */
    closedBy(peer: Peer): void {
        for (let observer = 0; observer < this.state.size; observer++) {
            this.set(observer, peer, Link.none);
        }
    }

    /** The observer has no use for the link any more. */
    close(observer: Peer, other: Peer): void {
        this.set(observer, other, Link.none);
    }

    /** A new process has no links. */
    dropAllOf(observer: Peer): void {
        for (let other = 0; other < this.state.size; other++) {
            this.set(observer, other, Link.none);
        }
    }

    /** Opens what is closed. */
    openAll(observer: Peer): void {
        if (this.closed[observer] === 0 || this.triedIn[observer] === this.state.era) {
            return;
        }
        for (let other = 0; other < this.state.size; other++) {
            const isClosed = this.links[this.pair(observer, other)] === Link.none;
            if (isClosed && other !== observer && this.state.knowsAddress(observer, other)) {
                this.open(observer, other);
            }
        }
        this.triedIn[observer] = this.state.era;
    }

    /** Begins the link anew. A refusal closes it at once. */
    open(observer: Peer, other: Peer): void {
        const { world } = this.state;
        if (world.reach(this.state.nodeOf(observer), this.state.nodeOf(other)) === 'refused') {
            this.set(observer, other, Link.none);
            return;
        }
        this.since[this.pair(observer, other)] = world.now + 1;
        this.set(observer, other, Link.opening);
        this.establish(observer, other);
    }

    /**
     * What was silent may carry again: the end that waits finds out at its next retransmission. `waitingSince`: when the
     * message was sent that is still unanswered, or -1.
     */
    retry(observer: Peer, other: Peer, waitingSince: number): void {
        const { now } = this.state.world;
        if (this.links[this.pair(observer, other)] === Link.opening) {
            const time = nextRetry(this.begunAt(observer, other), RECONNECT_MS, now);
            this.state.world.schedule(time, this.reconnect, observer, other);
        } else if (this.isOpen(observer, other) && waitingSince >= 0) {
            const time = nextRetry(waitingSince, RETRANSMIT_MS, now);
            this.state.world.schedule(time, this.reconnect, observer, other);
        }
    }

    private establish(observer: Peer, other: Peer): void {
        // A frozen process does not answer, but its host completes the connection.
        if (!this.state.knowsAddress(observer, other)) {
            return;
        }
        const hostAnswers = this.state.world.process(this.state.nodeOf(other)) !== 'off';
        if (hostAnswers && this.state.runs(observer) && this.state.connected(observer, other)) {
            this.set(observer, other, Link.open);
            this.opened(observer, other);
        }
    }

    private set(observer: Peer, other: Peer, link: Link): void {
        const pair = this.pair(observer, other);
        if (observer !== other) {
            this.closed[observer]! += (link === Link.none ? 1 : 0) - (this.links[pair] === Link.none ? 1 : 0);
            this.links[pair] = link;
        }
    }

    private pair(observer: Peer, other: Peer): number {
        return observer * this.state.size + other;
    }
}
