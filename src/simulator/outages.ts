import type { Arrivals } from './arrivals.js';
import type { Cause } from './behaviour.js';

/** Gaps closer than this are one outage. */
export const MERGE_MS = 1000;

export interface TrackedOutage {
    /** Completion of the last success before, 0 if there was none, and of the first one after. */
    readonly fromMs: number;
    toMs: number | null;
    form: 'dark' | 'degraded';
    /** The longest time without a success. */
    silentMs: number;
    failed: number;
    /** When the first and the last failed request was sent. */
    readonly sentMs: number;
    lastSentMs: number;
    /** Of the failure that a client knew of first: why it failed, when its client knew, and the trace event that it is due to. */
    reason: string;
    noticedMs: number;
    cause: Cause;
    /** When the last try of a failed request was made, and when a client knew of the last failure. */
    lastTriedMs: number;
    lastNoticedMs: number;
    /** None of its requests had failed when the run ended. */
    isPending: boolean;
}

/** What became of a request that did not succeed: it failed; the run ended before that, and it would fail, or not, as things stood. */
export type Fate = 'failed' | 'failing' | 'waiting';

/** Failures closer to the last answer than this are said to follow it at once. */
const AT_ONCE_MS = 1_000;

/** Whether so much time lies between the last answer and the first request that failed that nobody knows when it began. */
export function beginsUnseen({ fromMs, sentMs }: Pick<TrackedOutage, 'fromMs' | 'sentMs'>): boolean {
    return sentMs - fromMs > AT_ONCE_MS;
}

/** Since when an outage is known to last: clients that ask rarely saw the last answer long before anything failed. */
export function knownFrom(outage: Pick<TrackedOutage, 'fromMs' | 'sentMs'>): number {
    return beginsUnseen(outage) ? outage.sentMs : outage.fromMs;
}

/** Requests `from` to, not including, `to` succeeded, each `afterMs` after it was sent. */
interface Successes {
    readonly from: number;
    to: number;
    readonly afterMs: number;
    readonly cause: Cause;
}

/**
 * Requests `from` to, not including, `to` failed in a row; the client knew it of the first and the last at these times, and made
 * its last try of the last one at `lastTriedMs`.
 */
interface Failures {
    readonly from: number;
    to: number;
    readonly noticedMs: number;
    lastNoticedMs: number;
    lastTriedMs: number;
    readonly reason: string;
    readonly cause: Cause;
    readonly fate: Fate;
}

/**
 * Turns the outcomes of one stream of requests into outages. A failed request belongs to the gap, between the completions
 * of two successes, in which its answer was due: how long its client waited in vain makes an outage no longer.
 */
export class OutageTracker {
    private readonly successes: Successes[] = [];
    private readonly failures: Failures[] = [];

    constructor(private readonly arrivals: Arrivals) {}

    succeeded(from: number, to: number, afterMs: number, cause: Cause): void {
        const last = this.successes.at(-1);
        if (last?.to === from && last.afterMs === afterMs && last.cause === cause) {
            last.to = to;
        } else {
            this.successes.push({ from, to, afterMs, cause });
        }
    }

    /**
     * `triedMs`: when the last try of the first of these requests was made, if not when it was sent. `fate`: of requests that their
     * clients had not given up when the run ended, which they then notice at its end.
     */
    failed(
        from: number,
        to: number,
        noticedMs: number,
        reason: string,
        cause: Cause,
        triedMs = this.arrivals.at(from),
        fate: Fate = 'failed',
    ): void {
        const last = this.failures.at(-1);
        const lastMs = this.arrivals.at(to - 1) - this.arrivals.at(from);
        const lastNoticedMs = noticedMs + lastMs;
        const lastTriedMs = triedMs + lastMs;
        if (last?.to === from && last.fate === fate) {
            last.to = to;
            last.lastNoticedMs = Math.max(last.lastNoticedMs, lastNoticedMs);
            last.lastTriedMs = Math.max(last.lastTriedMs, lastTriedMs);
        } else {
            this.failures.push({ from, to, noticedMs, lastNoticedMs, lastTriedMs, reason, cause, fate });
        }
    }

    /** The run ends at `endMs`, when the clients have not given these requests up yet. */
    open(from: number, to: number, endMs: number, reason: string, cause: Cause, fate: Exclude<Fate, 'failed'>): void {
        this.failed(from, to, endMs, reason, cause, undefined, fate);
    }

    hasAny(fate: Fate): boolean {
        return this.failures.some((failures) => failures.fate === fate);
    }

    /**
     * The outages of a run that ended at `endMs`, in order of time. One during which requests succeeded now and then is over
     * only when no other gap can follow it within {@link MERGE_MS}. `fates`: of the requests that count as failed.
     */
    outages(endMs: number, fates: readonly Fate[] = ['failed', 'failing']): TrackedOutage[] {
        const completions = new Completions(this.arrivals, this.successes);
        const answerMs = this.successes.reduce((least, { afterMs }) => Math.min(least, afterMs), Infinity);
        const dueMs = Number.isFinite(answerMs) ? answerMs : 0;
        const outages: TrackedOutage[] = [];
        const counted = this.failures.filter(({ fate }) => fates.includes(fate));
        for (const failures of counted.toSorted((one, other) => one.from - other.from)) {
            for (let index = failures.from; index < failures.to;) {
                const sentMs = this.arrivals.at(index);
                const gap = completions.around(sentMs + dueMs);
                const end =
                    gap.toMs === null
                        ? failures.to
                        : Math.min(failures.to, this.arrivals.countThrough(gap.toMs - dueMs - 1));
                const noticedMs = Math.max(failures.noticedMs, sentMs);
                const restMs = this.arrivals.at(failures.to - 1) - this.arrivals.at(end - 1);
                const [lastNoticedMs, lastTriedMs] = [failures.lastNoticedMs - restMs, failures.lastTriedMs - restMs];
                const failed = end - index;
                const { reason, cause } = failures;
                const lastSentMs = this.arrivals.at(end - 1);
                const sent = { failed, sentMs, lastSentMs, lastTriedMs, noticedMs, lastNoticedMs };
                const silentMs = (gap.toMs ?? endMs) - gap.fromMs;
                const isPending = failures.fate !== 'failed';
                add(outages, { ...gap, form: 'dark', silentMs, reason, cause, ...sent, isPending });
                index = end;
            }
        }
        const last = outages.at(-1);
        if (last?.form === 'degraded' && last.toMs !== null && last.toMs > endMs - MERGE_MS) {
            last.toMs = null;
        }
        return outages;
    }

    /** Runs of successes, each with the time at which its first one was complete, in order of that time. */
    completed(): readonly Completed[] {
        // Where nothing failed nobody asks.
        const successes = this.failures.length === 0 ? [] : this.successes;
        return successes
            .map(({ from, afterMs, cause }) => ({ atMs: this.arrivals.at(from) + afterMs, cause }))
            .sort((one, other) => one.atMs - other.atMs);
    }
}

/** Requests begin to succeed, due to an event of the trace. */
export interface Completed {
    readonly atMs: number;
    readonly cause: Cause;
}

function add(outages: TrackedOutage[], gap: TrackedOutage): void {
    const last = outages.at(-1);
    if (last === undefined || (last.toMs !== gap.toMs && (last.toMs === null || gap.fromMs - last.toMs >= MERGE_MS))) {
        outages.push(gap);
        return;
    }
    if (last.toMs !== gap.toMs) {
        last.toMs = gap.toMs;
        last.form = 'degraded';
        last.silentMs = Math.max(last.silentMs, gap.silentMs);
    }
    if (gap.noticedMs < last.noticedMs) {
        last.reason = gap.reason;
        last.cause = gap.cause;
        last.noticedMs = gap.noticedMs;
    }
    last.failed += gap.failed;
    last.isPending &&= gap.isPending;
    last.lastSentMs = Math.max(last.lastSentMs, gap.lastSentMs);
    last.lastTriedMs = Math.max(last.lastTriedMs, gap.lastTriedMs);
    last.lastNoticedMs = Math.max(last.lastNoticedMs, gap.lastNoticedMs);
}

/** Finds the successes around a moment; moments must be asked for in order. */
class Completions {
    private readonly sorted: readonly Successes[];
    private next = 0;
    /** Those that have begun to complete and have not ended. */
    private current: Successes[] = [];
    private latest = 0;

    constructor(
        private readonly arrivals: Arrivals,
        successes: readonly Successes[],
    ) {
        this.sorted = successes.toSorted((one, other) => this.first(one) - this.first(other));
    }

    around(time: number): Pick<TrackedOutage, 'fromMs' | 'toMs'> {
        while (this.next < this.sorted.length && this.first(this.sorted[this.next]!) <= time) {
            this.current.push(this.sorted[this.next++]!);
        }
        this.current = this.current.filter((successes) => {
            const done = Math.min(successes.to, this.arrivals.countThrough(time - successes.afterMs));
            this.latest = Math.max(this.latest, this.arrivals.at(done - 1) + successes.afterMs);
            return done < successes.to;
        });
        let toMs: number | null = null;
        const offer = (completedMs: number): void => {
            toMs = toMs === null ? completedMs : Math.min(toMs, completedMs);
        };
        for (const { afterMs } of this.current) {
            offer(this.arrivals.at(this.arrivals.countThrough(time - afterMs)) + afterMs);
        }
        const following = this.sorted[this.next];
        if (following) {
            offer(this.first(following));
        }
        return { fromMs: this.latest, toMs };
    }

    private first({ from, afterMs }: Successes): number {
        return this.arrivals.at(from) + afterMs;
    }
}
