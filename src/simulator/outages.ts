import type { Cause } from './behaviour.js';

/** Gaps closer than this are one outage. */
const MERGE_MS = 1000;

export interface TrackedOutage {
    fromMs: number;
    toMs: number | null;
    form: 'dark' | 'degraded';
    failed: number;
    /** The first failure's own words, when it was noticed, and the cause of that failure. */
    readonly reason: string;
    readonly noticedMs: number;
    readonly cause: Cause;
    /** Cause of the success that ended it. */
    endCause: Cause;
}

/** Turns one observer's completed requests, in order of time, into outages. */
export class OutageTracker {
    readonly outages: TrackedOutage[] = [];
    private lastSuccess = 0;
    private open:
        { failed: number; readonly noticedMs: number; readonly reason: string; readonly cause: Cause } | undefined;

    /** Whether the next success ends a gap. */
    get failing(): boolean {
        return this.open !== undefined;
    }

    /** `count` successes, the first completed at `first`, the last at `last`. */
    succeeded(first: number, last: number, cause: Cause): void {
        if (this.open) {
            this.close(first, cause);
        }
        this.lastSuccess = Math.max(this.lastSuccess, last);
    }

    /** `count` requests failed; `time` is when the first of them did. */
    failed(time: number, count: number, reason: string, cause: Cause): void {
        if (this.open) {
            this.open.failed += count;
        } else {
            this.open = { failed: count, noticedMs: time, reason, cause };
        }
    }

    /** Ends the observation: an outage that is not over stays open. */
    finish(): void {
        if (this.open) {
            this.close(null, -1);
        }
    }

    private close(toMs: number | null, endCause: Cause): void {
        const gap = this.open!;
        this.open = undefined;
        const previous = this.outages.at(-1);
        if (previous && previous.toMs !== null && this.lastSuccess - previous.toMs < MERGE_MS) {
            previous.toMs = toMs;
            previous.form = 'degraded';
            previous.failed += gap.failed;
            previous.endCause = endCause;
            return;
        }
        this.outages.push({ fromMs: this.lastSuccess, toMs, form: 'dark', endCause, ...gap });
    }
}
