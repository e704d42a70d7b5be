import type { RandomStream } from '../../../simulator/index.js';
import type { Agreement } from './agreement.js';
import { CronClock } from './cron-clock.js';
import type { Bus, GossipSection } from './bus.js';
import { composeSection } from './gossip-section.js';
import { Links } from './links.js';
import { Flag, type ClusterState, type Peer } from './state.js';

/** Once a second a node pings one of five nodes drawn at random, the one that was heard of longest ago. */
const RANDOM_PING_SAMPLES = 5;
/** Times in gossip are whole seconds; a little into the future is believed. */
const GOSSIP_TIME_UNIT_MS = 1000;
const GOSSIP_TIME_TOLERANCE_MS = 500;
/**
 * Pings, pongs and gossip: who is silent towards whom since when.
 *
 * Follows clusterCron and clusterProcessGossipSection of Redis 7 (src/cluster.c). A node is
 * suspected when a ping stays unanswered for the node timeout. The ping in question is sent at random or when the last
 * news of the node is half a node timeout old, and news spreads by gossip: so each observer's clock starts at its own
 * moment within half a node timeout after the failure.
 */
export class Gossip {
    private readonly timeout: number;
    private readonly pong: Float64Array;
    /** When the ping was sent that is still unanswered, or -1. */
    private readonly pinged: Float64Array;
    private readonly heard: Float64Array;
    private readonly links: Links;
    private readonly clock: CronClock;
    private readonly asleep: Uint8Array;
    private readonly random: readonly RandomStream[];
    private readonly clockOffset: number;
    private lastChange = Number.NEGATIVE_INFINITY;

    constructor(
        private readonly state: ClusterState,
        private readonly bus: Bus,
        private readonly agreement: Agreement,
        /** Runs with every cron of a node, after the pings. Returns whether it wants the very next one as well. */
        private readonly afterPings: (peer: Peer) => boolean,
    ) {
        const { size, world } = state;
        this.timeout = state.config.nodeTimeoutMs;
        const pairs = size * size;
        this.pong = new Float64Array(pairs);
        this.pinged = new Float64Array(pairs).fill(-1);
        this.heard = new Float64Array(pairs);
        this.links = new Links(state, (observer, other) => this.ping(observer, other));
        this.asleep = new Uint8Array(size).fill(1);
        this.random = state.members.map(({ node }) => world.stream(this.qualified(node), 'gossip'));
        this.clock = new CronClock(world, this.random, (peer) => this.runCron(peer));
        this.clockOffset = world.stream(state.context.cluster.name, 'clock').below(GOSSIP_TIME_UNIT_MS);
        // While everyone is well nothing can come of the pings: they are followed from shortly before each fault.
        const wake = world.handler(() => this.wakeAll());
        for (const time of world.faultTimes) {
            world.schedule(Math.max(0, time - this.warmUp), wake);
        }
    }

    /** Long enough for every pair to have exchanged pings whose times no longer depend on how they began. */
    private get warmUp(): number {
        return this.timeout / 2 + 2 * GOSSIP_TIME_UNIT_MS;
    }

    // ── What befalls the nodes ─────────────────────────────────────────────────

    /** The process is gone and its host said so: everybody's link to it is closed. */
    closed(peer: Peer): void {
        this.links.closedBy(peer);
    }

    /** A new process knows the others from its file, and has heard of none yet. */
    started(peer: Peer): void {
        const { size, world } = this.state;
        this.links.dropAllOf(peer);
        for (let other = 0; other < size; other++) {
            const pair = peer * size + other;
            this.pong[pair] = world.now;
            this.heard[pair] = world.now;
            this.pinged[pair] = -1;
            this.agreement.forget(peer, other);
            this.retry(other, peer);
        }
        this.changed();
        this.wakeAll();
    }

    networkChanged(): void {
        this.changed();
        this.wakeAll();
        for (let observer = 0; observer < this.state.size; observer++) {
            for (let other = 0; other < this.state.size; other++) {
                this.retry(observer, other);
            }
        }
    }

    private retry(observer: Peer, other: Peer): void {
        if (observer !== other && this.state.connected(observer, other)) {
            this.links.retry(observer, other, this.pinged[observer * this.state.size + other]!);
        }
    }

    /** Something happened that makes the next minutes worth following. */
    changed(): void {
        this.lastChange = this.state.world.now;
    }

    /** Lets the node's cron run at its next turn. */
    wake(peer: Peer): void {
        this.clock.runNext(peer, this.state.world.now);
    }

    // ── The cron ───────────────────────────────────────────────────────────────

    private wakeAll(): void {
        const { size, world } = this.state;
        for (let peer = 0; peer < size; peer++) {
            if (!this.state.runs(peer)) {
                continue;
            }
            if (this.asleep[peer]) {
                this.asleep[peer] = 0;
                this.refresh(peer);
            }
            this.clock.runNext(peer, world.now);
        }
    }

    /** After sleep the last news of every healthy node is up to half a node timeout old. */
    private refresh(peer: Peer): void {
        const { size, world } = this.state;
        for (let other = 0; other < size; other++) {
            const pair = peer * size + other;
            if (other !== peer && this.state.flags[pair] === Flag.alive && this.pinged[pair]! < 0) {
                this.pong[pair] = world.now - this.random[peer]!.below(Math.max(1, Math.floor(this.timeout / 2)));
                this.heard[pair] = this.pong[pair]!;
            }
        }
    }

    private runCron(peer: Peer): void {
        if (!this.state.runs(peer)) {
            return;
        }
        const { size, world } = this.state;
        for (let other = 0; other < size; other++) {
            if (other !== peer && this.links.isClosed(peer, other)) {
                this.links.open(peer, other);
            }
        }
        if (this.clock.isTurn(peer)) {
            this.pingAtRandom(peer);
        }
        for (let other = 0; other < size; other++) {
            if (other !== peer) {
                this.watch(peer, other);
            }
        }
        const again = this.afterPings(peer);
        if (this.isCalm()) {
            this.asleep[peer] = 1;
            return;
        }
        this.clock.runNext(peer, again ? world.now : Math.max(this.nextDue(peer) - 1, world.now));
    }

    private isCalm(): boolean {
        const { now, faultTimes } = this.state.world;
        // A failed election is repeated after four node timeouts, so silence beyond that stays silence.
        const quiet = 4 * this.timeout + 10 * GOSSIP_TIME_UNIT_MS;
        return (
            now - this.lastChange > quiet && !faultTimes.some((time) => time > now - quiet && time - this.warmUp <= now)
        );
    }

    private watch(peer: Peer, other: Peer): void {
        const pair = peer * this.state.size + other;
        const { now } = this.state.world;
        const half = this.timeout / 2;
        if (this.pinged[pair]! < 0) {
            if (now - this.pong[pair]! > half) {
                this.ping(peer, other);
            }
            return;
        }
        const waiting = now - this.pinged[pair]!;
        const silence = Math.min(waiting, now - this.heard[pair]!);
        if (silence > half && now - this.links.begunAt(peer, other) > this.timeout) {
            this.links.open(peer, other);
        }
        if (silence > this.timeout && this.state.flags[pair] === Flag.alive) {
            this.agreement.suspect(peer, other, silence);
        }
    }

    /** The next moment at which a cron of this node would do anything. */
    private nextDue(peer: Peer): number {
        const { size, world } = this.state;
        const half = this.timeout / 2;
        let due = this.clock.nextTurn(peer);
        for (let other = 0; other < size; other++) {
            if (other === peer) {
                continue;
            }
            const pair = peer * size + other;
            const since = Math.max(this.pinged[pair]!, this.heard[pair]!);
            if (this.pinged[pair]! < 0) {
                due = Math.min(due, this.pong[pair]! + half + 1);
            } else if (this.state.flags[pair] === Flag.alive) {
                due = Math.min(due, since + this.timeout + 1);
            }
            if (this.pinged[pair]! >= 0) {
                const relink = Math.max(since + half, this.links.begunAt(peer, other) + this.timeout) + 1;
                due = relink > world.now ? Math.min(due, relink) : due;
            }
        }
        return due;
    }

    // ── Pings ────────────────────────────────────────────────────────

    private pingAtRandom(peer: Peer): void {
        const { size } = this.state;
        let oldest = -1;
        for (let sample = 0; sample < RANDOM_PING_SAMPLES; sample++) {
            const other = this.random[peer]!.below(size);
            const pair = peer * size + other;
            if (other === peer || this.pinged[pair]! >= 0) {
                continue;
            }
            if (oldest < 0 || this.pong[pair]! < this.pong[peer * size + oldest]!) {
                oldest = other;
            }
        }
        if (oldest >= 0) {
            this.ping(peer, oldest);
        }
    }

    /** A ping that repeats an unanswered one keeps its time. */
    private ping(peer: Peer, other: Peer): void {
        const pair = peer * this.state.size + other;
        if (this.pinged[pair]! < 0) {
            this.pinged[pair] = this.state.world.now;
        }
        if (this.links.isOpen(peer, other)) {
            this.bus.send(peer, other, { kind: 'ping', gossip: this.section(peer) });
        }
    }

    private section(peer: Peer): GossipSection {
        return composeSection(
            this.state,
            peer,
            this.random[peer]!,
            (other) => this.pong[peer * this.state.size + other]!,
        );
    }

    // ── What messages tell ─────────────────────────────────────────────────────

    /** Any message proves that its sender lives. */
    heardFrom(observer: Peer, other: Peer): void {
        this.heard[observer * this.state.size + other] = this.state.world.now;
    }

    onPing(observer: Peer, sender: Peer, gossip: GossipSection): void {
        this.bus.send(observer, sender, { kind: 'pong', gossip: this.section(observer) });
        this.learn(observer, sender, gossip);
    }

    onPong(observer: Peer, sender: Peer, gossip: GossipSection): void {
        const pair = observer * this.state.size + sender;
        this.pong[pair] = this.state.world.now;
        this.pinged[pair] = -1;
        this.agreement.answered(observer, sender);
        this.learn(observer, sender, gossip);
    }

    private learn(observer: Peer, sender: Peer, { peers, flags, pongsMs }: GossipSection): void {
        const counts = this.state.isPrimarySeenBy(observer, sender);
        for (let entry = 0; entry < peers.length; entry++) {
            const peer = peers[entry]!;
            if (peer === observer) {
                continue;
            }
            if (flags[entry] === Flag.alive) {
                if (counts) {
                    this.agreement.withdraw(observer, peer, sender);
                }
                this.believeTime(observer, peer, pongsMs[entry]!);
            } else if (counts) {
                this.agreement.report(observer, peer, sender);
            }
        }
    }

    /** Gossip carries whole seconds of the wall clock. */
    private believeTime(observer: Peer, other: Peer, pongMs: number): void {
        const pair = observer * this.state.size + other;
        const waits = this.pinged[pair]! >= 0;
        if (waits || this.state.flags[pair] !== Flag.alive || this.agreement.reporters(observer, other) > 0) {
            return;
        }
        const seconds = Math.floor((pongMs + this.clockOffset) / GOSSIP_TIME_UNIT_MS);
        const told = seconds * GOSSIP_TIME_UNIT_MS - this.clockOffset;
        if (told > this.pong[pair]! && told <= this.state.world.now + GOSSIP_TIME_TOLERANCE_MS) {
            this.pong[pair] = told;
        }
    }

    private qualified(node: number): string {
        return this.state.context.topology.nodes[node]!.qualifiedName;
    }
}
