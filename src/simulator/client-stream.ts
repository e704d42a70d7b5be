import { AVAILABLE_WITHIN_MS } from '../topology/index.js';
import { EvenArrivals, RandomArrivals, type Arrivals } from './arrivals.js';
import type { Cause, Steadiness } from './behaviour.js';
import type { ClientStreamSpec } from './demands.js';
import { OutageTracker } from './outages.js';
import type { RandomStream } from './random.js';

/** Why a request failed that was answered. */
export const TOO_LATE = 'the answer came too late';

export interface StreamTimes {
    /** Instants whose following second is counted by itself. */
    readonly windows: readonly number[];
    /** When something is done for the first time; Infinity: nothing is. */
    readonly firstFaultMs: number;
}

/** The requests of one client to one shard, each with an outcome. */
export class ClientStream {
    readonly arrivals: Arrivals;
    readonly tracker: OutageTracker;
    readonly windows: { readonly atMs: number; sent: number; ok: number; failed: number; waiting: number }[];
    /** Index of the first request whose outcome is not settled or under way. */
    next = 0;
    ok = 0;
    failed = 0;
    /** Without an outcome when the run ended. */
    waiting = 0;
    /** Answers that were stale; of these, to requests sent before anything was done. */
    readonly stale = { count: 0, before: 0 };
    mode: Steadiness | { readonly kind: 'paused' } = { kind: 'varies' };
    /** What the trace tells last about whoever answers, or refuses, in this mode. */
    modeCause: Cause = -1;
    /** Tells a scheduled arrival of an earlier mode from one that counts. */
    generation = 0;
    private lossLuck: RandomStream | undefined;

    constructor(
        readonly spec: ClientStreamSpec,
        /** What decides at random about its requests, by purpose. */
        private readonly draws: (purpose: string) => RandomStream,
        private readonly times: StreamTimes,
    ) {
        this.arrivals = spec.random
            ? new RandomArrivals(spec.periodMs, draws('arrivals'))
            : new EvenArrivals(spec.phaseMs, spec.periodMs);
        this.tracker = new OutageTracker(this.arrivals);
        this.windows = times.windows.map((atMs) => ({ atMs, sent: 0, ok: 0, failed: 0, waiting: 0 }));
    }

    /** What decides about lost packets of its requests. */
    get luck(): RandomStream {
        return (this.lossLuck ??= this.draws('lost packets'));
    }

    /** Notes the outcome of requests `from` to, not including, `to`. */
    tally(from: number, to: number, ok: boolean): void {
        if (ok) {
            this.ok += to - from;
        } else {
            this.failed += to - from;
        }
        for (const window of this.windows) {
            const count = this.countWithin(window.atMs, from, to);
            window.sent += count;
            window.ok += ok ? count : 0;
            window.failed += ok ? 0 : count;
        }
    }

    /** Notes that the run ended before requests `from` to, not including, `to` had an outcome. */
    tallyWaiting(from: number, to: number): void {
        this.waiting += to - from;
        for (const window of this.windows) {
            window.waiting += this.countWithin(window.atMs, from, to);
        }
    }

    /** How many of requests `from` to, not including, `to` were sent in the second after `atMs`. */
    private countWithin(atMs: number, from: number, to: number): number {
        const first = Math.max(from, this.arrivals.countThrough(atMs - 1));
        return Math.max(0, Math.min(to, this.arrivals.countThrough(atMs + AVAILABLE_WITHIN_MS - 1)) - first);
    }

    /** Notes whether the answers to requests `from` to, not including, `to` were stale. */
    tallyStale(from: number, to: number, stale = false): void {
        const { firstFaultMs } = this.times;
        if (!stale) {
            return;
        }
        this.stale.count += to - from;
        if (this.arrivals.at(to - 1) < firstFaultMs) {
            this.stale.before += to - from;
        } else if (this.arrivals.at(from) < firstFaultMs) {
            this.stale.before += this.arrivals.countThrough(firstFaultMs - 1) - from;
        }
    }

    /** When the client gives the request up, however many tries it has left. */
    lastMs(index: number): number {
        const { deadlineMs } = this.spec;
        return deadlineMs === undefined ? Infinity : this.arrivals.at(index) + deadlineMs;
    }
}
