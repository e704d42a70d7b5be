import type { RandomStream } from '../../../simulator/index.js';
import type { Agreement } from './agreement.js';
import type { Bus } from './bus.js';
import { Calm } from './calm.js';
import { CronClock } from './cron-clock.js';
import { GossipSections, type GossipSection } from './gossip-section.js';
import { Hearsay } from './hearsay.js';
import { Links } from './links.js';
import { Lookout } from './lookout.js';
import { NewsAges } from './news-ages.js';
import { News } from './news.js';
import { Pings } from './pings.js';
import type { Reports } from './reports.js';
import { Flag, type ClusterState, type Peer } from './state.js';

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
    private readonly links: Links;
    private readonly clock: CronClock;
    private readonly lookout: Lookout;
    private readonly sections: GossipSections;
    private readonly hearsay: Hearsay;
    private readonly calm: Calm;
    private readonly ages: NewsAges;
    private readonly asleep: Uint8Array;
    private readonly random: readonly RandomStream[];

    constructor(
        private readonly state: ClusterState,
        private readonly bus: Bus,
        private readonly agreement: Agreement,
        private readonly reports: Reports,
        /** Runs with every cron of a node, after the pings. Returns when it wants the next one, or Infinity. */
        private readonly afterPings: (peer: Peer) => number,
        /** A node has heard from another: its epoch, and what it claims. */
        private readonly meet: (observer: Peer, sender: Peer) => void,
    ) {
        const { size, world } = state;
        this.timeout = state.config.nodeTimeoutMs;
        const pairs = size * size;
        const clock = world.stream(state.context.cluster.name, 'clock');
        this.news = new News(size, clock.below(SECOND_MS), this.timeout / 2);
        this.pings = new Pings(pairs);
        this.links = new Links(state, (observer, other) => this.ping(observer, other));
        this.sections = new GossipSections(state, this.news);
        this.hearsay = new Hearsay(state, reports, this.news, this.sections.wanted);
        this.calm = new Calm(state);
        this.asleep = new Uint8Array(size).fill(1);
        this.random = state.members.map(({ node }) => world.stream(this.qualified(node), 'gossip'));
        this.ages = new NewsAges(state, this.random);
        this.clock = new CronClock(world, this.random, (peer) => this.runCron(peer));
        this.lookout = new Lookout(state, this.news, this.pings, this.links, reports, this.clock);
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

    /** A process that nobody knows runs where the node was: whoever waits for the node finds that one. */
    replaced(peer: Peer): void {
        for (let observer = 0; observer < this.state.size; observer++) {
            this.retry(observer, peer);
        }
        this.changed();
        this.wakeAll();
    }

    /** The observer knows no address of the other any more: it neither pings nor suspects it (NOADDR). */
    addressForgotten(observer: Peer, other: Peer): void {
        this.links.close(observer, other);
        this.pings.end(observer * this.state.size + other);
        this.lookout.sort(observer, other);
        this.changed();
    }

    /** A new process knows the others from its file, and has heard of none yet. */
    started(peer: Peer): void {
        const { size, world } = this.state;
        this.links.dropAllOf(peer);
        this.agreement.forgetAll(peer);
        for (let other = 0; other < size; other++) {
            this.news.set(peer, other, world.now);
            this.pings.end(peer * size + other);
            this.lookout.sort(peer, other);
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
        const ageOf = this.ages.drawn();
        for (let peer = 0; peer < size; peer++) {
            if (!this.state.runs(peer)) {
                continue;
            }
            if (this.asleep[peer]) {
                this.asleep[peer] = 0;
                this.refresh(peer, ageOf);
            }
            this.clock.runNext(peer, world.now);
        }
    }

    /** After sleep. */
    private refresh(peer: Peer, ageOf: ReturnType<NewsAges['drawn']>): void {
        const { size, world } = this.state;
        for (let other = 0; other < size; other++) {
            const pair = peer * size + other;
            if (other !== peer && this.state.flags[pair] === Flag.alive && !this.pings.isAwaited(pair)) {
                this.news.set(peer, other, world.now - ageOf(peer, other));
            }
        }
        this.lookout.refreshed(peer);
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
        this.look(peer);
        const wanted = this.afterPings(peer);
        if (this.calm.holds()) {
            this.asleep[peer] = 1;
            if (this.state.isLarge) {
                this.clock.runNext(peer, Math.max(wanted - 1, now));
            }
            return;
        }
        const due = Math.min(this.clock.nextTurn(peer), wanted, this.lookout.next(peer));
        this.clock.runNext(peer, Math.max(due - 1, now));
    }

    private look(peer: Peer): void {
        const { now } = this.state.world;
        this.pingAll(peer, this.lookout.outOfSight(peer));
        for (const other of this.lookout.takeDoubtful(peer)) {
            if (this.pings.isAwaited(peer * this.state.size + other)) {
                this.wait(peer, other);
            } else if (now - this.news.of(peer, other) > this.timeout / 2) {
                this.ping(peer, other);
            }
            this.lookout.lookAgain(peer, other);
        }
    }

    private wait(peer: Peer, other: Peer): void {
        const pair = peer * this.state.size + other;
        const { now } = this.state.world;
        const silence = now - this.pings.quietSince(pair);
        if (silence > this.timeout / 2 && now - this.links.begunAt(peer, other) > this.timeout) {
            this.links.open(peer, other);
        }
        if (silence > this.timeout && this.state.flags[pair] === Flag.alive) {
            this.agreement.suspect(peer, other, silence);
        }
    }

    /** The observer thinks differently of the other from now on. */
    opinionChanged(observer: Peer, other: Peer): void {
        this.lookout.sort(observer, other);
    }

    // ── Pings ────────────────────────────────────────────────────────

    private pingAtRandom(peer: Peer): void {
        const { size } = this.state;
        let oldest = -1;
        for (let sample = 0; sample < RANDOM_PING_SAMPLES; sample++) {
            const other = this.random[peer]!.below(size);
            const pair = peer * size + other;
            if (other === peer || this.pings.isAwaited(pair) || !this.state.knowsAddress(peer, other)) {
                continue;
            }
            if (oldest < 0 || this.news.of(peer, other) < this.news.of(peer, oldest)) {
                oldest = other;
            }
        }
        if (oldest >= 0) {
            this.ping(peer, oldest);
        }
    }

    private ping(peer: Peer, other: Peer): void {
        this.pingAll(peer, [other]);
    }

    /** All pings are sent before the first pong comes back. */
    private pingAll(peer: Peer, others: readonly Peer[]): void {
        for (const other of others) {
            if (this.isNear(peer, other)) {
                this.hearFrom(other, peer);
            } else {
                this.sendPing(peer, other);
            }
        }
        for (const other of others) {
            if (this.isNear(peer, other)) {
                this.ponged(peer, other);
                this.hearFrom(peer, other);
            }
        }
    }

    /** What a ping or pong tells that arrives in the moment in which it is sent. */
    private hearFrom(observer: Peer, sender: Peer): void {
        this.heardFrom(observer, sender);
        this.meet(observer, sender);
        this.hearDoubts(observer, sender, this.reports.lengthOf(sender));
        this.hearsay.learnFrom(observer, sender, this.sections.drawStart(this.random[sender]!));
    }

    /** In a large cluster a ping and its pong are one step where nothing can come between them. */
    private isNear(peer: Peer, other: Peer): boolean {
        const { state } = this;
        return state.isLarge && this.links.isOpen(peer, other) && state.runs(other) && state.areNear(peer, other);
    }

    private sendPing(peer: Peer, other: Peer): void {
        const { world, size } = this.state;
        if (!this.state.knowsAddress(peer, other)) {
            return;
        }
        this.pings.send(peer * size + other, world.now);
        this.lookout.sort(peer, other);
        const process = world.process(this.state.nodeOf(other));
        // What is sent to a process that is gone reaches nobody.
        if (this.links.isOpen(peer, other) && (process === 'running' || process === 'frozen')) {
            this.bus.send(peer, other, { kind: 'ping', gossip: this.section(peer) });
        }
    }

    private ponged(observer: Peer, sender: Peer): void {
        this.news.set(observer, sender, this.state.world.now);
        if (!this.news.isAside(observer, sender)) {
            return;
        }
        this.pings.end(observer * this.state.size + sender);
        this.agreement.answered(observer, sender);
        this.lookout.sort(observer, sender);
    }

    private section(peer: Peer): GossipSection {
        return this.sections.compose(peer, this.random[peer]!, this.reports.lengthOf(peer));
    }

    // ── What messages tell ─────────────────────────────────────────────────────

    /** Any message proves that its sender lives. */
    heardFrom(observer: Peer, other: Peer): void {
        this.pings.heard(observer * this.state.size + other, this.state.world.now);
    }

    onPing(observer: Peer, sender: Peer, gossip: GossipSection): void {
        this.bus.send(observer, sender, { kind: 'pong', gossip: this.section(observer) });
        this.learn(observer, sender, gossip);
    }

    onPong(observer: Peer, sender: Peer, gossip: GossipSection): void {
        this.ponged(observer, sender);
        this.learn(observer, sender, gossip);
    }

    private learn(observer: Peer, sender: Peer, gossip: GossipSection): void {
        this.hearDoubts(observer, sender, gossip.doubts);
        this.hearsay.learn(observer, sender, gossip);
    }

    private hearDoubts(observer: Peer, sender: Peer, doubts: number): void {
        if (doubts > 0 && this.state.isPrimarySeenBy(observer, sender)) {
            this.agreement.hear(observer, sender, doubts);
        }
    }

    private qualified(node: number): string {
        return this.state.context.topology.nodes[node]!.qualifiedName;
    }
}
