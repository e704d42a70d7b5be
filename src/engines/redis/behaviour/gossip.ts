import type { Cause, HandlerId, RandomStream } from '../../../simulator/index.js';
import { CRON_MS, FAIL_REPORT_VALIDITY, FAIL_UNDO_TIMEOUTS } from '../config.js';
import type { Bus, GossipEntry } from './bus.js';
import { Flag, type ClusterState, type Peer } from './state.js';

/** Every tenth run of the cron pings one of five nodes drawn at random, the one that was heard of longest ago. */
const CRONS_PER_RANDOM_PING = 10;
const RANDOM_PING_SAMPLES = 5;
/** A gossip section tells about a tenth of the nodes, at least three. */
const GOSSIP_SHARE = 10;
const GOSSIP_MINIMUM = 3;
/** Times in gossip are whole seconds; a little into the future is believed. */
const GOSSIP_TIME_UNIT_MS = 1000;
const GOSSIP_TIME_TOLERANCE_MS = 500;
/** First retransmission of a lost segment, and of a lost connection request; each later one waits twice as long. */
const RETRANSMIT_MS = 200;
const RECONNECT_MS = 1000;

const enum Link {
    /** Closed: the next cron opens it. */
    none = 0,
    opening = 1,
    open = 2,
}

/** What the detector tells the rest of the node. */
export interface GossipListener {
    /** Runs with every cron of a node, after the pings. Returns whether it wants the very next one as well. */
    onCron(peer: Peer): boolean;
    /** The observer's opinion of the other changed. */
    onOpinion(observer: Peer, other: Peer, cause: Cause): void;
}

/**
 * Pings, pongs and gossip: who suspects whom since when, and when a majority agrees.
 *
 * Follows clusterCron, clusterProcessGossipSection and markNodeAsFailingIfNeeded of Redis 7 (src/cluster.c). A node is
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
    private readonly links: Uint8Array;
    private readonly linkedSince: Float64Array;
    /** Who reported whom to whom: `[observer * size + other]` → reporter → time. */
    private readonly reports = new Map<number, Map<Peer, number>>();
    /** The trace event that tells of the suspicion. */
    private readonly suspicions = new Map<number, Cause>();
    private readonly phase: Int32Array;
    private readonly turn: Int32Array;
    private readonly generation: Int32Array;
    private readonly asleep: Uint8Array;
    private readonly random: readonly RandomStream[];
    private readonly clockOffset: number;
    private readonly cron: HandlerId;
    private readonly reconnect: HandlerId;
    private lastChange = Number.NEGATIVE_INFINITY;

    constructor(
        private readonly state: ClusterState,
        private readonly bus: Bus,
        private readonly listener: GossipListener,
    ) {
        const { size, world } = state;
        this.timeout = state.config.nodeTimeoutMs;
        const pairs = size * size;
        this.pong = new Float64Array(pairs);
        this.pinged = new Float64Array(pairs).fill(-1);
        this.heard = new Float64Array(pairs);
        this.links = new Uint8Array(pairs).fill(Link.open);
        this.linkedSince = new Float64Array(pairs).fill(Number.NEGATIVE_INFINITY);
        this.generation = new Int32Array(size);
        this.asleep = new Uint8Array(size).fill(1);
        this.random = state.members.map(({ node }) => world.stream(this.qualified(node), 'gossip'));
        this.phase = Int32Array.from(this.random, (stream) => stream.below(CRON_MS));
        this.turn = Int32Array.from(this.random, (stream) => stream.below(CRONS_PER_RANDOM_PING));
        this.clockOffset = world.stream(state.context.cluster.name, 'clock').below(GOSSIP_TIME_UNIT_MS);
        this.cron = world.handler((peer, generation) => this.runCron(peer, generation));
        this.reconnect = world.handler((observer, other) => this.linkOpened(observer, other));
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
        for (let observer = 0; observer < this.state.size; observer++) {
            this.links[observer * this.state.size + peer] = Link.none;
        }
    }

    /** A new process knows the others from its file, and has heard of none yet. */
    started(peer: Peer): void {
        const { size, world } = this.state;
        for (let other = 0; other < size; other++) {
            const pair = peer * size + other;
            this.pong[pair] = world.now;
            this.heard[pair] = world.now;
            this.pinged[pair] = -1;
            this.links[pair] = Link.none;
            this.state.flags[pair] = Flag.alive;
            this.reports.delete(pair);
        }
        this.changed();
        this.wakeAll();
    }

    /** Links that were silent may carry again: both ends find out at their next retransmission. */
    networkChanged(): void {
        const { size, world } = this.state;
        this.changed();
        this.wakeAll();
        for (let observer = 0; observer < size; observer++) {
            for (let other = 0; other < size; other++) {
                const pair = observer * size + other;
                if (observer === other || !this.state.connected(observer, other)) {
                    continue;
                }
                if (this.links[pair] === Link.opening) {
                    world.schedule(
                        nextTry(this.linkedSince[pair]!, RECONNECT_MS, world.now),
                        this.reconnect,
                        observer,
                        other,
                    );
                } else if (this.pinged[pair]! >= 0) {
                    world.schedule(
                        nextTry(this.pinged[pair]!, RETRANSMIT_MS, world.now),
                        this.reconnect,
                        observer,
                        other,
                    );
                }
            }
        }
    }

    /** Something happened that makes the next minutes worth following. */
    changed(): void {
        this.lastChange = this.state.world.now;
    }

    /** The trace event that tells why the observer doubts the other, or -1. */
    suspicionOf(observer: Peer, other: Peer): Cause {
        return this.suspicions.get(observer * this.state.size + other) ?? -1;
    }

    /** Lets the node's cron run at its next turn. */
    wake(peer: Peer): void {
        this.scheduleCron(peer, this.tickAfter(peer, this.state.world.now));
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
            this.scheduleCron(peer, this.tickAfter(peer, world.now));
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

    private runCron(peer: Peer, generation: number): void {
        if (generation !== this.generation[peer] || !this.state.runs(peer)) {
            return;
        }
        const { size, world } = this.state;
        for (let other = 0; other < size; other++) {
            if (other !== peer && this.links[peer * size + other] === Link.none) {
                this.openLink(peer, other);
            }
        }
        if (Math.floor((world.now - this.phase[peer]!) / CRON_MS) % CRONS_PER_RANDOM_PING === this.turn[peer]) {
            this.pingAtRandom(peer);
        }
        for (let other = 0; other < size; other++) {
            if (other !== peer) {
                this.watch(peer, other);
            }
        }
        const again = this.listener.onCron(peer);
        if (this.isCalm()) {
            this.asleep[peer] = 1;
            return;
        }
        this.scheduleCron(peer, again ? this.tickAfter(peer, world.now) : this.nextDue(peer));
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
        if (silence > half && now - this.linkedSince[pair]! > this.timeout) {
            this.openLink(peer, other);
        }
        if (silence > this.timeout && this.state.flags[pair] === Flag.alive) {
            this.suspect(peer, other, silence);
        }
    }

    private suspect(peer: Peer, other: Peer, silence: number): void {
        const { state } = this;
        state.flags[peer * state.size + other] = Flag.suspected;
        this.changed();
        const cause = state.world.record({
            kind: 'suspicion',
            text: `${state.nameOf(peer)} suspects ${state.nameOf(other)}: no answer for ${(silence / 1000).toFixed(1)} s`,
            cause: state.world.lastFault(state.nodeOf(other)),
            node: state.nodeOf(peer),
            peer: state.nodeOf(other),
        });
        this.suspicions.set(peer * state.size + other, cause);
        if (state.shards.length === 1 && state.isPrimary(peer)) {
            this.markIfAgreed(peer, other);
        }
        this.listener.onOpinion(peer, other, cause);
    }

    /** The next moment at which a cron of this node would do anything. */
    private nextDue(peer: Peer): number {
        const { size, world } = this.state;
        const half = this.timeout / 2;
        const turn = this.phase[peer]! + this.turn[peer]! * CRON_MS;
        const second = CRON_MS * CRONS_PER_RANDOM_PING;
        let due = turn + Math.ceil((world.now + 1 - turn) / second) * second;
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
                const relink = Math.max(since + half, this.linkedSince[pair]! + this.timeout) + 1;
                due = relink > world.now ? Math.min(due, relink) : due;
            }
        }
        return this.tickAfter(peer, Math.max(due - 1, world.now));
    }

    /** The first run of the node's cron after `time`. */
    private tickAfter(peer: Peer, time: number): number {
        const phase = this.phase[peer]!;
        return phase + (Math.floor((time - phase) / CRON_MS) + 1) * CRON_MS;
    }

    private scheduleCron(peer: Peer, time: number): void {
        this.generation[peer]!++;
        this.state.world.schedule(time, this.cron, peer, this.generation[peer]);
    }

    // ── Links and pings ────────────────────────────────────────────────────────

    private openLink(peer: Peer, other: Peer): void {
        const pair = peer * this.state.size + other;
        const { world } = this.state;
        const reach = world.reach(this.state.nodeOf(peer), this.state.nodeOf(other));
        if (reach === 'refused') {
            this.links[pair] = Link.none;
            return;
        }
        this.linkedSince[pair] = world.now;
        this.links[pair] = Link.opening;
        // A frozen process does not answer, but its host completes the connection.
        if (this.state.connected(peer, other) && world.process(this.state.nodeOf(other)) !== 'off') {
            this.linkOpened(peer, other);
        }
    }

    private linkOpened(peer: Peer, other: Peer): void {
        if (this.state.runs(peer) && this.state.connected(peer, other)) {
            this.links[peer * this.state.size + other] = Link.open;
            this.ping(peer, other);
        }
    }

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
        if (this.links[pair] === Link.open) {
            this.bus.send(peer, other, { kind: 'ping', gossip: this.section(peer) });
        }
    }

    private section(peer: Peer): GossipEntry[] {
        const { size, flags } = this.state;
        const wanted = Math.min(Math.max(GOSSIP_MINIMUM, Math.floor(size / GOSSIP_SHARE)), size - 2);
        const entries: GossipEntry[] = [];
        const entry = (other: Peer): GossipEntry => ({
            peer: other,
            flag: flags[peer * size + other]!,
            pongMs: this.pong[peer * size + other]!,
        });
        for (let tries = 3 * wanted; tries > 0 && entries.length < wanted; tries--) {
            const other = this.random[peer]!.below(size);
            if (
                other !== peer &&
                this.state.flag(peer, other) !== Flag.suspected &&
                !entries.some((told) => told.peer === other)
            ) {
                entries.push(entry(other));
            }
        }
        for (let other = 0; other < size; other++) {
            if (other !== peer && this.state.flag(peer, other) === Flag.suspected) {
                entries.push(entry(other));
            }
        }
        return entries;
    }

    // ── What messages tell ─────────────────────────────────────────────────────

    /** Any message proves that its sender lives. */
    heardFrom(observer: Peer, other: Peer): void {
        this.heard[observer * this.state.size + other] = this.state.world.now;
    }

    onPing(observer: Peer, sender: Peer, gossip: readonly GossipEntry[]): void {
        this.bus.send(observer, sender, { kind: 'pong', gossip: this.section(observer) });
        this.learn(observer, sender, gossip);
    }

    onPong(observer: Peer, sender: Peer, gossip: readonly GossipEntry[]): void {
        const { state } = this;
        const pair = observer * state.size + sender;
        this.pong[pair] = state.world.now;
        this.pinged[pair] = -1;
        if (state.flags[pair] === Flag.suspected) {
            this.trust(observer, sender);
        } else if (state.flags[pair] === Flag.failed && this.mayUndo(observer, sender)) {
            this.trust(observer, sender);
        }
        this.learn(observer, sender, gossip);
    }

    /** A primary that owns slots stays marked for two node timeouts, so that a replica can take over in peace. */
    private mayUndo(observer: Peer, other: Peer): boolean {
        const since = this.state.failedSince[observer * this.state.size + other]!;
        return (
            !this.state.isPrimarySeenBy(observer, other) ||
            this.state.world.now - since > FAIL_UNDO_TIMEOUTS * this.timeout
        );
    }

    private trust(observer: Peer, other: Peer): void {
        const { state } = this;
        state.flags[observer * state.size + other] = Flag.alive;
        this.suspicions.delete(observer * state.size + other);
        this.changed();
        const cause = state.world.record({
            kind: 'suspicion',
            text: `${state.nameOf(observer)} hears from ${state.nameOf(other)} again`,
            cause: state.world.lastFault(state.nodeOf(other)),
            node: state.nodeOf(observer),
            peer: state.nodeOf(other),
        });
        this.listener.onOpinion(observer, other, cause);
    }

    private learn(observer: Peer, sender: Peer, gossip: readonly GossipEntry[]): void {
        const { state } = this;
        const counts = state.isPrimarySeenBy(observer, sender);
        for (const { peer, flag, pongMs } of gossip) {
            if (peer === observer) {
                continue;
            }
            const pair = observer * state.size + peer;
            if (flag !== Flag.alive) {
                if (counts) {
                    this.report(pair, sender);
                    this.markIfAgreed(observer, peer);
                }
                continue;
            }
            if (counts) {
                this.reports.get(pair)?.delete(sender);
            }
            if (state.flags[pair] === Flag.alive && this.pinged[pair]! < 0 && this.reporters(pair) === 0) {
                this.believeTime(pair, pongMs);
            }
        }
    }

    /** Gossip carries whole seconds of the wall clock. */
    private believeTime(pair: number, pongMs: number): void {
        const seconds = Math.floor((pongMs + this.clockOffset) / GOSSIP_TIME_UNIT_MS);
        const told = seconds * GOSSIP_TIME_UNIT_MS - this.clockOffset;
        if (told > this.pong[pair]! && told <= this.state.world.now + GOSSIP_TIME_TOLERANCE_MS) {
            this.pong[pair] = told;
        }
    }

    private report(pair: number, reporter: Peer): void {
        const reports = this.reports.get(pair) ?? new Map<Peer, number>();
        reports.set(reporter, this.state.world.now);
        this.reports.set(pair, reports);
    }

    private reporters(pair: number): number {
        const reports = this.reports.get(pair);
        if (!reports) {
            return 0;
        }
        for (const [reporter, time] of reports) {
            if (this.state.world.now - time > FAIL_REPORT_VALIDITY * this.timeout) {
                reports.delete(reporter);
            }
        }
        return reports.size;
    }

    /** Suspicion becomes a fact for a node that suspects by itself and knows that a majority of primaries does. */
    private markIfAgreed(observer: Peer, other: Peer): void {
        const { state } = this;
        const pair = observer * state.size + other;
        if (state.flags[pair] !== Flag.suspected) {
            return;
        }
        const agreed = this.reporters(pair) + (state.isPrimary(observer) ? 1 : 0);
        if (agreed < state.quorum) {
            return;
        }
        const cause = state.world.record({
            kind: 'detection',
            text: `${state.nameOf(observer)} marks ${state.nameOf(other)} as failed: ${agreed} of ${state.shards.length} primaries agree`,
            cause: this.suspicionOf(observer, other),
            node: state.nodeOf(observer),
            peer: state.nodeOf(other),
        });
        this.setFailed(observer, other, cause);
        this.bus.broadcast(observer, { kind: 'fail', about: other, cause });
    }

    /** A FAIL message forces the opinion of whoever receives it. */
    onFail(observer: Peer, about: Peer, cause: Cause): void {
        if (observer !== about && this.state.flag(observer, about) !== Flag.failed) {
            this.setFailed(observer, about, cause);
        }
    }

    private setFailed(observer: Peer, other: Peer, cause: Cause): void {
        const pair = observer * this.state.size + other;
        this.state.flags[pair] = Flag.failed;
        this.state.failedSince[pair] = this.state.world.now;
        this.suspicions.set(pair, cause);
        this.changed();
        this.listener.onOpinion(observer, other, cause);
        this.wake(observer);
    }

    private qualified(node: number): string {
        return this.state.context.topology.nodes[node]!.qualifiedName;
    }
}

/** The first of the moments `start + unit`, `start + 3 unit`, `start + 7 unit` … that is not before `now`. */
function nextTry(start: number, unit: number, now: number): number {
    let time = start;
    for (let wait = unit; time < now; wait *= 2) {
        time += wait;
    }
    return time;
}
