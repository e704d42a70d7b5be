import type { RandomStream } from '../../../simulator/index.js';
import type { Agreement } from './agreement.js';
import type { Bus } from './bus.js';
import { Calm } from './calm.js';
import { CronClock } from './cron-clock.js';
import { GossipSections, type GossipSection } from './gossip-section.js';
import { Hearsay } from './hearsay.js';
import { Links } from './links.js';
import { newsAges } from './news-ages.js';
import { News } from './news.js';
import { Pings } from './pings.js';
import type { Reports } from './reports.js';
import { Flag, type ClusterState, type Peer } from './state.js';
import { WatchList } from './watch-list.js';

/** Once a second a node pings one of five nodes drawn at random, the one that was heard of longest ago. */
const RANDOM_PING_SAMPLES = 5;
const SECOND_MS = 1000;
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
    private readonly news: News;
    private readonly pings: Pings;
    private readonly heard: Float64Array;
    private readonly links: Links;
    private readonly clock: CronClock;
    private readonly watched: WatchList;
    private readonly sections: GossipSections;
    private readonly hearsay: Hearsay;
    private readonly calm: Calm;
    private readonly ages: Int32Array;
    private readonly asleep: Uint8Array;
    private readonly random: readonly RandomStream[];

    constructor(
        private readonly state: ClusterState,
        private readonly bus: Bus,
        private readonly agreement: Agreement,
        private readonly reports: Reports,
        /** Runs with every cron of a node, after the pings. Returns when it wants the next one, or Infinity. */
        private readonly afterPings: (peer: Peer) => number,
    ) {
        const { size, world } = state;
        this.timeout = state.config.nodeTimeoutMs;
        const pairs = size * size;
        const clock = world.stream(state.context.cluster.name, 'clock');
        this.news = new News(pairs, clock.below(SECOND_MS));
        this.pings = new Pings(pairs);
        this.heard = new Float64Array(pairs);
        this.links = new Links(state, (observer, other) => this.ping(observer, other));
        this.watched = new WatchList(
            size,
            (observer, other) => this.dueAt(observer, other),
            () => world.now + this.timeout / 2,
        );
        this.sections = new GossipSections(state, this.news);
        this.hearsay = new Hearsay(state, reports, this.news, this.pings, this.sections.wanted);
        this.ages = newsAges(this.sections.wanted, this.timeout / 2);
        this.calm = new Calm(state);
        this.asleep = new Uint8Array(size).fill(1);
        this.random = state.members.map(({ node }) => world.stream(this.qualified(node), 'gossip'));
        this.clock = new CronClock(world, this.random, (peer) => this.runCron(peer));
        // While everyone is well nothing can come of the pings: they are followed from shortly before each fault.
        const wake = world.handler(() => this.wakeAll());
        for (const time of world.faultTimes) {
            world.schedule(Math.max(0, time - this.calm.warmUpMs), wake);
        }
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
        this.agreement.forgetAll(peer);
        for (let other = 0; other < size; other++) {
            const pair = peer * size + other;
            this.news.set(pair, world.now);
            this.heard[pair] = world.now;
            this.pings.end(pair);
            this.retry(other, peer);
        }
        this.watched.forget(peer);
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
        const pinged = this.pings.sentAt(observer * this.state.size + other);
        const waits = pinged >= 0 || !this.links.isOpen(observer, other);
        if (waits && observer !== other && this.state.connected(observer, other)) {
            this.links.retry(observer, other, pinged);
        }
    }

    /** Something happened that makes the next minutes worth following. */
    changed(): void {
        this.calm.disturb();
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
            if (other !== peer && this.state.flags[pair] === Flag.alive && !this.pings.isAwaited(pair)) {
                const age = this.drawAge(this.random[peer]!);
                this.news.set(pair, world.now - age);
                this.heard[pair] = world.now - age;
            }
        }
        this.watched.forget(peer);
    }

    private drawAge(random: RandomStream): number {
        return this.state.isLarge
            ? this.ages[random.below(this.ages.length)]!
            : random.below(Math.max(1, Math.floor(this.timeout / 2)));
    }

    private silentSince(pair: number): number {
        return Math.max(this.pings.sentAt(pair), this.heard[pair]!);
    }

    private runCron(peer: Peer): void {
        const { now } = this.state.world;
        if (!this.state.runs(peer)) {
            return;
        }
        if (this.asleep[peer] && this.state.isLarge) {
            this.clock.runNext(peer, Math.max(this.afterPings(peer) - 1, now));
            return;
        }
        this.links.openAll(peer);
        if (this.clock.isTurn(peer)) {
            this.pingAtRandom(peer);
        }
        this.watched.look(peer, now, this.watch);
        const wanted = this.afterPings(peer);
        if (this.calm.holds()) {
            this.asleep[peer] = 1;
            if (this.state.isLarge) {
                this.clock.runNext(peer, Math.max(wanted - 1, now));
            }
            return;
        }
        const due = this.watched.next(peer, Math.min(this.clock.nextTurn(peer), wanted));
        this.clock.runNext(peer, Math.max(due - 1, now));
    }

    private readonly watch = (peer: Peer, other: Peer): number => {
        if (other === peer) {
            return Number.POSITIVE_INFINITY;
        }
        const pair = peer * this.state.size + other;
        const { now } = this.state.world;
        const half = this.timeout / 2;
        if (!this.pings.isAwaited(pair)) {
            const newsMs = this.news.of(pair);
            if (now - newsMs <= half) {
                return newsMs + half + 1;
            }
            this.ping(peer, other);
            return this.dueAt(peer, other);
        }
        const waiting = now - this.pings.sentAt(pair);
        const silence = Math.min(waiting, now - this.heard[pair]!);
        if (silence > half && now - this.links.begunAt(peer, other) > this.timeout) {
            this.links.open(peer, other);
        }
        if (silence > this.timeout && this.state.flags[pair] === Flag.alive) {
            this.agreement.suspect(peer, other, silence);
        }
        return this.dueAt(peer, other);
    };

    /** When a cron of this node next does anything about the other, as things stand. */
    private dueAt(peer: Peer, other: Peer): number {
        const pair = peer * this.state.size + other;
        const half = this.timeout / 2;
        if (!this.pings.isAwaited(pair)) {
            return this.news.of(pair) + half + 1;
        }
        const since = this.silentSince(pair);
        const relink = Math.max(since + half, this.links.begunAt(peer, other) + this.timeout) + 1;
        return Math.min(
            this.state.flags[pair] === Flag.alive ? since + this.timeout + 1 : Number.POSITIVE_INFINITY,
            relink > this.state.world.now ? relink : Number.POSITIVE_INFINITY,
        );
    }

    // ── Pings ────────────────────────────────────────────────────────

    private pingAtRandom(peer: Peer): void {
        const { size } = this.state;
        let oldest = -1;
        for (let sample = 0; sample < RANDOM_PING_SAMPLES; sample++) {
            const other = this.random[peer]!.below(size);
            const pair = peer * size + other;
            if (other === peer || this.pings.isAwaited(pair)) {
                continue;
            }
            if (oldest < 0 || this.news.of(pair) < this.news.of(peer * size + oldest)) {
                oldest = other;
            }
        }
        if (oldest >= 0) {
            this.ping(peer, oldest);
        }
    }

    private ping(peer: Peer, other: Peer): void {
        const pair = peer * this.state.size + other;
        this.pings.send(pair, this.state.world.now);
        if (this.links.isOpen(peer, other)) {
            const gossip = this.section(peer);
            // What is sent to a process that is gone reaches nobody.
            const process = this.state.world.process(this.state.nodeOf(other));
            if (process === 'running' || process === 'frozen') {
                this.bus.send(peer, other, { kind: 'ping', gossip });
            }
        }
    }

    private section(peer: Peer): GossipSection {
        return this.sections.compose(peer, this.random[peer]!, this.reports.lengthOf(peer));
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
        this.news.set(pair, this.state.world.now);
        this.pings.end(pair);
        this.agreement.answered(observer, sender);
        this.learn(observer, sender, gossip);
    }

    private learn(observer: Peer, sender: Peer, gossip: GossipSection): void {
        if (this.state.isPrimarySeenBy(observer, sender)) {
            this.agreement.hear(observer, sender, gossip.doubts);
        }
        this.hearsay.learn(observer, sender, gossip);
    }

    private qualified(node: number): string {
        return this.state.context.topology.nodes[node]!.qualifiedName;
    }
}
