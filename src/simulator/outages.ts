import type { Arrivals } from './arrivals.js';
import type { Cause } from './behaviour.js';

/** Gaps closer than this are one outage. */
const MERGE_MS = 1000;

export interface TrackedOutage {
    /** Completion of the last success before, 0 if there was none, and of the first one after. */
    readonly fromMs: number;
    toMs: number | null;
    form: 'dark' | 'degraded';
    failed: number;
    /** When the first failed request was sent. */
    readonly sentMs: number;
    /** Why it failed, when its client knew, and the trace event that it is due to. */
    readonly reason: string;
    readonly noticedMs: number;
    readonly cause: Cause;
    /** When the client knew of the last failed request. */
    lastNoticedMs: number;
    /** When the client could know that it was over; null as long as it is not. */
    overMs: number | null;
    /** The trace event that the end is due to. */
    endCause: Cause;
}

/** Requests `from` to, not including, `to` succeeded, each `afterMs` after it was sent. */
interface Successes {
    readonly from: number;
    to: number;
    readonly afterMs: number;
    readonly cause: Cause;
}

/** Requests `from` to, not including, `to` failed in a row; the client knew it of the first and the last at these times. */
interface Failures {
    readonly from: number;
    to: number;
    readonly noticedMs: number;
    lastNoticedMs: number;
    readonly reason: string;
    readonly cause: Cause;
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

    failed(from: number, to: number, noticedMs: number, reason: string, cause: Cause): void {
        const last = this.failures.at(-1);
        const lastNoticedMs = noticedMs + this.arrivals.at(to - 1) - this.arrivals.at(from);
        if (last?.to === from) {
            last.to = to;
            last.lastNoticedMs = Math.max(last.lastNoticedMs, lastNoticedMs);
        } else {
            this.failures.push({ from, to, noticedMs, lastNoticedMs, reason, cause });
        }
    }

    /**
     * The outages of a run that ended at `endMs`, in order of time. One during which requests succeeded now and then is over
     * only when no other gap can follow it within {@link MERGE_MS}.
     */
    outages(endMs: number): TrackedOutage[] {
        const completions = new Completions(this.arrivals, this.successes);
        const answerMs = this.successes.reduce((least, { afterMs }) => Math.min(least, afterMs), Infinity);
        const dueMs = Number.isFinite(answerMs) ? answerMs : 0;
        const outages: TrackedOutage[] = [];
        for (const failures of this.failures.toSorted((one, other) => one.from - other.from)) {
            for (let index = failures.from; index < failures.to;) {
                const sentMs = this.arrivals.at(index);
                const gap = completions.around(sentMs + dueMs);
                const end =
                    gap.toMs === null
                        ? failures.to
                        : Math.min(failures.to, this.arrivals.countThrough(gap.toMs - dueMs - 1));
                const noticedMs = Math.max(failures.noticedMs, sentMs);
                const lastNoticedMs =
                    failures.lastNoticedMs - this.arrivals.at(failures.to - 1) + this.arrivals.at(end - 1);
                const failed = end - index;
                add(outages, {
                    ...gap,
                    ...failures,
                    noticedMs,
                    lastNoticedMs,
                    overMs: gap.toMs,
                    form: 'dark',
                    failed,
                    sentMs,
                });
                index = end;
            }
        }
        const last = outages.at(-1);
        if (last?.form === 'degraded' && last.toMs !== null && last.toMs > endMs - MERGE_MS) {
            last.toMs = null;
            last.overMs = null;
            last.endCause = -1;
        }
        this.settleEnds(outages, endMs);
        return outages;
    }

    /**
     * While some requests succeed others may still wait in vain: not before the last of these has failed do clients know that
     * all succeed again, and what has changed until then may be why.
     */
    private settleEnds(outages: readonly TrackedOutage[], endMs: number): void {
        const completed = this.successes
            .map(({ from, afterMs, cause }) => ({ atMs: this.arrivals.at(from) + afterMs, cause }))
            .sort((one, other) => one.atMs - other.atMs);
        let [seen, latest] = [0, -1];
        for (const [index, outage] of outages.entries()) {
            const overMs = Math.min(outage.lastNoticedMs, outages[index + 1]?.noticedMs ?? endMs);
            if (outage.form !== 'degraded' || outage.toMs === null || overMs <= outage.toMs) {
                continue;
            }
            for (; seen < completed.length && completed[seen]!.atMs <= overMs; seen++) {
                latest = Math.max(latest, completed[seen]!.cause);
            }
            outage.overMs = overMs;
            outage.endCause = latest;
        }
    }
}

function add(outages: TrackedOutage[], gap: TrackedOutage): void {
    const last = outages.at(-1);
    if (last && last.toMs === gap.toMs) {
        last.failed += gap.failed;
        last.lastNoticedMs = Math.max(last.lastNoticedMs, gap.lastNoticedMs);
    } else if (last && last.toMs !== null && gap.fromMs - last.toMs < MERGE_MS) {
        last.toMs = gap.toMs;
        last.overMs = gap.toMs;
        last.endCause = gap.endCause;
        last.failed += gap.failed;
        last.lastNoticedMs = Math.max(last.lastNoticedMs, gap.lastNoticedMs);
        last.form = 'degraded';
    } else {
        const { fromMs, toMs, form, failed, sentMs, reason, noticedMs, cause, lastNoticedMs, overMs, endCause } = gap;
        outages.push({
            fromMs,
            toMs,
            form,
            failed,
            sentMs,
            reason,
            noticedMs,
            cause,
            lastNoticedMs,
            overMs,
            endCause,
        });
    }
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

    around(time: number): Pick<TrackedOutage, 'fromMs' | 'toMs' | 'endCause'> {
        while (this.next < this.sorted.length && this.first(this.sorted[this.next]!) <= time) {
            this.current.push(this.sorted[this.next++]!);
        }
        this.current = this.current.filter((successes) => {
            const done = Math.min(successes.to, this.arrivals.countThrough(time - successes.afterMs));
            this.latest = Math.max(this.latest, this.arrivals.at(done - 1) + successes.afterMs);
            return done < successes.to;
        });
        let toMs: number | null = null;
        let endCause: Cause = -1;
        const offer = (completedMs: number, cause: Cause): void => {
            if (toMs === null || completedMs < toMs) {
                toMs = completedMs;
                endCause = cause;
            }
        };
        for (const { afterMs, cause } of this.current) {
            offer(this.arrivals.at(this.arrivals.countThrough(time - afterMs)) + afterMs, cause);
        }
        const following = this.sorted[this.next];
        if (following) {
            offer(this.first(following), following.cause);
        }
        return { fromMs: this.latest, toMs, endCause };
    }

    private first({ from, afterMs }: Successes): number {
        return this.arrivals.at(from) + afterMs;
    }
}
