/** How nodes without a manager find the others (PeerFinder.java, HandshakingTransportAddressConnector.java). */
import type { HandlerId } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { nextRetry, RECONNECT_MS, roundTrip } from '../../shared/simulation/index.js';
import type { Peer, Peers } from './peers.js';

/** Until a node knows whom it has reached: TCP's handshake, that of the protocol, and the question who is there. */
const ROUND_TRIPS = 3;

/** A connection that is being made, or was. */
interface Dial {
    /** When it was begun, or will be. */
    readonly sinceMs: number;
    /** When it succeeds if nothing comes in its way; undefined: something is. */
    dueMs: number | undefined;
    /** The life of the process that it has reached. */
    life: number | undefined;
}

interface Search {
    readonly peer: Peer;
    /** Everything is tried at this instant and every `discovery.find_peers_interval` after it. */
    sinceMs: number;
    readonly dials: Map<NodeId, Dial>;
    /** Tells an event that counts from one that is outdated. */
    turn: number;
}

interface DiscoveryHooks {
    /** Which of the voters the node reaches. */
    readonly sees: (peer: Peer, found: readonly Peer[]) => void;
    /** One of them is the manager. */
    readonly foundManager: (peer: Peer, manager: Peer) => void;
}

/**
 * A node without a manager tries every voter that it has not reached, each time an interval has passed. A connection to a
 * silent host is tried as TCP does, after ever longer pauses, until `discovery.probe.connect_timeout` ends it and the next
 * interval begins another: so a way that is open again is found out after a while. Those that were reached are asked for the
 * manager once in every interval. While nothing can come of it none of this is simulated.
 */
export class Discovery {
    private readonly searches = new Map<NodeId, Search>();
    private readonly wake: HandlerId;
    private turns = 0;

    constructor(
        private readonly peers: Peers,
        private readonly hooks: DiscoveryHooks,
    ) {
        this.wake = peers.world.handler((node, turn) => this.onWake(node, turn));
    }

    /** The node has lost its manager, or has none yet. */
    begin(peer: Peer): void {
        const sinceMs = this.peers.world.now;
        this.searches.set(peer.node, { peer, sinceMs, dials: new Map(), turn: this.turns++ });
        this.look(this.searches.get(peer.node)!);
    }

    end({ node }: Peer): void {
        this.searches.delete(node);
    }

    /** Hosts, links or managers are others now. */
    review(): void {
        for (const search of [...this.searches.values()]) {
            this.look(search);
        }
    }

    /** A process that was frozen looks at once, and answers those that have reached it meanwhile. */
    resume(peer: Peer): void {
        const own = this.searches.get(peer.node);
        if (own !== undefined) {
            own.sinceMs = this.peers.world.now;
        }
        for (const search of this.searches.values()) {
            const dial = search.dials.get(peer.node);
            if (dial !== undefined && dial.life === undefined) {
                if (this.isWaited(dial)) {
                    dial.dueMs = this.peers.world.now;
                } else {
                    search.dials.delete(peer.node);
                }
            }
        }
    }

    /** Whether the dial has led to the frozen process and the one who dials still waits for its answer. */
    private isWaited({ sinceMs }: Dial): boolean {
        const { findPeersMs, probeHandshakeMs } = this.peers.config;
        const waitedMs = this.peers.world.now - sinceMs;
        return waitedMs >= 0 && waitedMs % wholeIntervals(probeHandshakeMs, findPeersMs) < probeHandshakeMs;
    }

    private onWake(node: NodeId, turn: number): void {
        const search = this.searches.get(node);
        if (search?.turn === turn) {
            this.look(search);
        }
    }

    private look(search: Search): void {
        const { peers } = this;
        const { peer } = search;
        if (!peers.runs(peer)) {
            return;
        }
        const others = peers.voters.filter((voter) => voter !== peer);
        const news = others.filter((other) => this.reachesAnew(search, other));
        const found = others.filter(({ node }) => this.hasReached(search, node));
        this.plan(search, found);
        this.hooks.sees(peer, peer.votes ? [peer, ...found] : found);
        const isTime = this.nextInterval(search, peers.world.now) === peers.world.now;
        const manager = (isTime ? found : news).find(({ mode }) => mode === 'leader');
        if (manager !== undefined && this.searches.get(peer.node) === search) {
            this.hooks.foundManager(peer, manager);
        }
        news.forEach((other) => this.isAskedBy(other, search));
    }

    /** Whether this instant completes the connection. */
    private reachesAnew(search: Search, other: Peer): boolean {
        const { now } = this.peers.world;
        const dial = this.dialOf(search, other);
        if (dial === undefined || dial.life !== undefined) {
            return false;
        }
        if (!this.answers(search.peer, other)) {
            dial.dueMs = undefined;
            return false;
        }
        dial.dueMs ??= this.successMs(dial, search.peer, other);
        if (dial.dueMs > now) {
            return false;
        }
        dial.life = other.life;
        return true;
    }

    /** The dial that goes on; a host that refuses ends it, and the next interval begins another. */
    private dialOf({ peer, sinceMs, dials }: Search, other: Peer): Dial | undefined {
        const known = dials.get(other.node);
        const isGone = known?.life !== undefined && known.life !== other.life;
        if (isGone || this.peers.world.reach(peer.node, other.node) === 'refused') {
            dials.delete(other.node);
        }
        if (this.peers.world.reach(peer.node, other.node) === 'refused') {
            return undefined;
        }
        const dial = dials.get(other.node) ?? {
            sinceMs: this.nextInterval({ sinceMs }, this.peers.world.now),
            dueMs: undefined,
            life: undefined,
        };
        dials.set(other.node, dial);
        return dial;
    }

    private answers({ node }: Peer, other: Peer): boolean {
        const { world, config } = this.peers;
        return (
            world.reach(node, other.node) === 'open' && roundTrip(world, node, other.node) <= config.probeHandshakeMs
        );
    }

    private hasReached({ peer, dials }: Search, other: NodeId): boolean {
        return dials.get(other)?.life !== undefined && this.peers.world.reach(peer.node, other) === 'open';
    }

    /** When a dial to a host that answers from now on succeeds. */
    private successMs({ sinceMs }: Dial, { node }: Peer, other: Peer): number {
        const { world, config } = this.peers;
        const cycleMs = wholeIntervals(config.probeConnectMs, config.findPeersMs);
        const lastMs = sinceMs + Math.max(0, Math.floor((world.now - sinceMs) / cycleMs)) * cycleMs;
        const answeredMs = nextRetry(lastMs, RECONNECT_MS, world.now);
        const isInTime = answeredMs < lastMs + config.probeConnectMs;
        return (isInTime ? answeredMs : lastMs + cycleMs) + ROUND_TRIPS * roundTrip(world, node, other.node);
    }

    private plan(search: Search, found: readonly Peer[]): void {
        const { world } = this.peers;
        const due = [...search.dials.values()].flatMap(({ dueMs, life }) =>
            dueMs === undefined || life !== undefined ? [] : [dueMs],
        );
        if (found.some(({ mode }) => mode === 'leader')) {
            due.push(this.nextInterval(search, world.now + 1));
        }
        search.turn = this.turns++;
        if (due.length > 0) {
            world.schedule(Math.min(...due), this.wake, search.peer.node, search.turn);
        }
    }

    /** A voter that is asked by another looks for that one at once, if it is not at it already. */
    private isAskedBy(other: Peer, { peer }: Search): void {
        const search = this.searches.get(other.node);
        if (search !== undefined && peer.votes && !search.dials.has(peer.node)) {
            search.dials.set(peer.node, { sinceMs: this.peers.world.now, dueMs: undefined, life: undefined });
            this.look(search);
        }
    }

    private nextInterval({ sinceMs }: Pick<Search, 'sinceMs'>, timeMs: number): number {
        const { findPeersMs } = this.peers.config;
        return sinceMs + Math.ceil((timeMs - sinceMs) / findPeersMs) * findPeersMs;
    }
}

/** A time is up, and an interval begins. */
function wholeIntervals(timeMs: number, intervalMs: number): number {
    return Math.max(1, Math.ceil(timeMs / intervalMs)) * intervalMs;
}
