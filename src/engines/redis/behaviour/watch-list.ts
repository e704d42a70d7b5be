import { CRON_MS } from '../config.js';
import type { CronClock } from './cron-clock.js';
import type { Peer } from './state.js';

const NOBODY: readonly Peer[] = [];

/**
 * Whom each node has to look at in which run of its cron: a list for each run, in plain tables, as a large cluster that loses
 * a zone has hundreds of thousands of entries. In all of them 0 is nobody or never, and what counts from 0 is one more.
 */
export class WatchList {
    /** How many runs ahead a list can be; the lists of later runs take the places of those that are over. */
    private readonly ahead: number;
    /** The first of each list: `[observer * ahead + run % ahead]`. */
    private readonly first: Uint16Array;
    /** Those before and after it in its list, and the run: `[observer * size + other]`. */
    private readonly before: Uint16Array;
    private readonly after: Uint16Array;
    private readonly listed: Int32Array;
    /** No list of an earlier run has anybody. */
    private readonly nextRun: Float64Array;

    constructor(
        private readonly size: number,
        private readonly clock: Pick<CronClock, 'firstRunFrom' | 'timeOfRun'>,
        /** Nobody is put on a list later than this. */
        horizonMs: number,
    ) {
        this.ahead = Math.ceil(horizonMs / CRON_MS) + 2;
        this.first = new Uint16Array(size * this.ahead);
        this.before = new Uint16Array(size * size);
        this.after = new Uint16Array(size * size);
        this.listed = new Int32Array(size * size);
        this.nextRun = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    }

    /** The observer looks at the other in its first run at or after `timeMs`, if it does not before. */
    put(observer: Peer, other: Peer, timeMs: number): void {
        const pair = observer * this.size + other;
        const run = this.clock.firstRunFrom(observer, timeMs);
        const known = this.listed[pair]! - 1;
        if (known >= 0 && known <= run) {
            return;
        }
        if (known >= 0) {
            this.remove(observer, other);
        }
        const list = this.listOf(observer, run);
        const following = this.first[list]!;
        this.first[list] = other + 1;
        this.before[pair] = 0;
        this.after[pair] = following;
        if (following > 0) {
            this.before[observer * this.size + following - 1] = other + 1;
        }
        this.listed[pair] = run + 1;
        this.nextRun[observer] = Math.min(this.nextRun[observer]!, run);
    }

    /** Takes those out that the observer has to look at by now, of one run in the order in which they were put there. */
    take(observer: Peer, nowMs: number): readonly Peer[] {
        const last = this.clock.firstRunFrom(observer, nowMs);
        const start = this.nextRun[observer]!;
        if (start > last) {
            return NOBODY;
        }
        const due: Peer[] = [];
        for (let run = start; run <= Math.min(last, start + this.ahead); run++) {
            this.takeList(observer, this.listOf(observer, run), last, due);
        }
        this.nextRun[observer] = this.firstRunWithAList(observer, last + 1);
        // The last that was put on a list is its first.
        return due.reverse();
    }

    /** When the observer next has to look at somebody, in milliseconds; Infinity: it need not. */
    next(observer: Peer): number {
        return this.clock.timeOfRun(observer, this.nextRun[observer]!);
    }

    private takeList(observer: Peer, list: number, last: number, due: Peer[]): void {
        const row = observer * this.size;
        for (let entry = this.first[list]!; entry > 0;) {
            const other = entry - 1;
            entry = this.after[row + other]!;
            if (this.listed[row + other]! - 1 <= last) {
                this.remove(observer, other);
                due.push(other);
            }
        }
    }

    private firstRunWithAList(observer: Peer, from: number): number {
        for (let run = from; run < from + this.ahead; run++) {
            const first = this.first[this.listOf(observer, run)]!;
            if (first > 0) {
                return run;
            }
        }
        return Number.POSITIVE_INFINITY;
    }

    private remove(observer: Peer, other: Peer): void {
        const row = observer * this.size;
        const [before, after] = [this.before[row + other]!, this.after[row + other]!];
        if (before > 0) {
            this.after[row + before - 1] = after;
        } else {
            this.first[this.listOf(observer, this.listed[row + other]! - 1)] = after;
        }
        if (after > 0) {
            this.before[row + after - 1] = before;
        }
        this.listed[row + other] = 0;
    }

    private listOf(observer: Peer, run: number): number {
        return observer * this.ahead + (run % this.ahead);
    }
}
