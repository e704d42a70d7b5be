import type { CronClock } from './cron-clock.js';
import type { Links } from './links.js';
import type { News } from './news.js';
import type { Pings } from './pings.js';
import type { Reports } from './reports.js';
import { Flag, type ClusterState, type Peer } from './state.js';
import { WatchList } from './watch-list.js';

/**
 * Whom each node has to look at when. Those that it waits for, and those about whom it has its doubts or has heard of any,
 * are looked at one by one, and gossip about them is not believed. Of all others nothing counts but the age of their news.
 */
export class Lookout {
    private readonly doubtful: WatchList;
    /** No news of any other are too old before this. */
    private readonly freshUntil: Float64Array;
    /** News older than this call for a ping. */
    private readonly halfMs: number;

    constructor(
        private readonly state: ClusterState,
        private readonly news: News,
        private readonly pings: Pings,
        private readonly links: Links,
        private readonly reports: Reports,
        clock: CronClock,
    ) {
        this.halfMs = state.config.nodeTimeoutMs / 2;
        this.doubtful = new WatchList(state.size, clock, this.halfMs + 1);
        this.freshUntil = new Float64Array(state.size);

        reports.onFirstOrLast = (observer, other) => this.sort(observer, other);
    }

    /** The node has other news than it had. */
    refreshed(observer: Peer): void {
        this.freshUntil[observer] = this.state.world.now;
    }

    /** Something has changed that makes the other doubtful to the observer, or no longer does. */
    sort(observer: Peer, other: Peer): void {
        const pair = observer * this.state.size + other;
        const isDoubtful =
            this.pings.isAwaited(pair) ||
            this.state.flags[pair] !== Flag.alive ||
            this.reports.count(observer, other) > 0 ||
            !this.state.knowsAddress(observer, other);
        if (this.news.setAside(observer, other, isDoubtful) && isDoubtful) {
            this.lookAgain(observer, other);
        }
    }

    /** Those that are not doubtful and of whom the node has heard nothing for half a node timeout, in the order of members. */
    outOfSight(observer: Peer): readonly Peer[] {
        const { now } = this.state.world;
        if (this.freshUntil[observer]! > now) {
            return NOBODY;
        }
        const found: Peer[] = [];
        const oldest = this.news.olderThan(observer, now - this.halfMs, found);
        this.freshUntil[observer] = Math.min(oldest, now) + this.halfMs + 1;
        return found;
    }

    /** The doubtful ones that the node has to look at by now. */
    takeDoubtful(observer: Peer): readonly Peer[] {
        const due = this.doubtful.take(observer, this.state.world.now);
        return due.filter((other) => this.news.isAside(observer, other));
    }

    /** The other is doubtful, and the node has looked at it. */
    lookAgain(observer: Peer, other: Peer): void {
        // Whatever may happen, it is looked at now and then.
        const horizon = this.state.world.now + this.halfMs + 1;
        this.doubtful.put(observer, other, Math.min(this.dueAt(observer, other), horizon));
    }

    /** When the node has to look at anybody, in milliseconds. */
    next(observer: Peer): number {
        return Math.min(this.doubtful.next(observer), this.freshUntil[observer]!);
    }

    /** When a cron of this node next does anything about the other, as things stand. */
    private dueAt(observer: Peer, other: Peer): number {
        const pair = observer * this.state.size + other;
        if (!this.pings.isAwaited(pair)) {
            return this.news.of(observer, other) + this.halfMs + 1;
        }
        const { nodeTimeoutMs } = this.state.config;
        const since = this.pings.quietSince(pair);
        const relink = Math.max(since + this.halfMs, this.links.begunAt(observer, other) + nodeTimeoutMs) + 1;
        return Math.min(
            this.state.flags[pair] === Flag.alive ? since + nodeTimeoutMs + 1 : Number.POSITIVE_INFINITY,
            relink > this.state.world.now ? relink : Number.POSITIVE_INFINITY,
        );
    }
}

const NOBODY: readonly Peer[] = [];
