/** What clients went through, as they would tell it: from the first failure that one of them knew of until all was well. */
import type { ShardId } from '../topology/index.js';
import type { Cause } from './behaviour.js';
import type { Menders } from './menders.js';
import { MERGE_MS, type Completed, type TrackedOutage } from './outages.js';

export interface Trouble extends TrackedOutage {
    /** When clients could know that it was over; null as long as it is not. */
    readonly overMs: number | null;
    /** The trace event that ended it; -1: clients turned elsewhere, or had luck, and nothing that the trace tells of changed. */
    readonly endCause: Cause;
    /** Whether something ended it that had not happened before. */
    readonly isMended: boolean;
}

type End = Pick<Trouble, 'overMs' | 'endCause' | 'isMended'>;

/**
 * The outages of one stream of requests to the shard, put together where nothing but luck lies between: requests that succeed
 * while what makes others fail goes on end nothing.
 */
export function troublesOf(
    shard: ShardId,
    outages: readonly TrackedOutage[],
    completed: readonly Completed[],
    menders: Menders,
    endMs: number,
): Trouble[] {
    const ends = new Ends(shard, completed, menders);
    const troubles: Trouble[] = [];
    outages.forEach((outage, index) => {
        const last = troubles.at(-1);
        const goesOn = last?.isMended === false && menders.instantOf(outage.cause) <= (last.overMs ?? endMs);
        const trouble = goesOn ? joined(last, outage) : outage;
        const end = ends.of(trouble, outages[index + 1]?.noticedMs ?? endMs);
        troubles.splice(goesOn ? -1 : troubles.length, 1, { ...trouble, ...end });
    });
    return troubles;
}

function joined(earlier: TrackedOutage, later: TrackedOutage): TrackedOutage {
    const failed = earlier.failed + later.failed;
    const lastSentMs = Math.max(earlier.lastSentMs, later.lastSentMs);
    const lastTriedMs = Math.max(earlier.lastTriedMs, later.lastTriedMs);
    const lastNoticedMs = Math.max(earlier.lastNoticedMs, later.lastNoticedMs);
    return { ...earlier, form: 'degraded', toMs: later.toMs, failed, lastSentMs, lastTriedMs, lastNoticedMs };
}

/** Finds what ended a trouble; troubles must be asked about in order. */
class Ends {
    private next = 0;
    /** The last event that successes were due to before the last failed try: it has not mended all. */
    private known: Cause = -1;

    constructor(
        private readonly shard: ShardId,
        private readonly completed: readonly Completed[],
        private readonly menders: Menders,
    ) {}

    /** `untilMs`: when the next failure is known, or the run ends. */
    of({ toMs, form, sentMs, lastNoticedMs, cause, ...outage }: TrackedOutage, untilMs: number): End {
        const isDark = form === 'dark';
        // A request that was tried once more when others succeeded again was led elsewhere: it says not what mended these.
        const lastTriedMs = isDark && outage.lastTriedMs >= (toMs ?? Infinity) ? outage.lastSentMs : outage.lastTriedMs;
        for (; (this.completed[this.next]?.atMs ?? Infinity) <= lastTriedMs; this.next++) {
            const { cause: due } = this.completed[this.next]!;
            this.known = this.menders.mayMend(due) ? Math.max(this.known, due) : this.known;
        }
        if (toMs === null) {
            return { overMs: null, endCause: -1, isMended: false };
        }
        // Others may still wait in vain: not before the last of these has failed do clients know that all succeed again.
        const overMs = isDark ? toMs : Math.max(toMs, Math.min(lastNoticedMs, untilMs));
        // What comes long after the last failure did not end it: as long as it lasted is as long as one would wait.
        const soonMs = isDark ? toMs : Math.max(overMs, lastTriedMs + Math.max(MERGE_MS, lastTriedMs - sentMs));
        const mender = this.dueTo(Math.max(cause, this.known), Math.min(soonMs, untilMs));
        const found = this.menders.lastBetween(this.shard, cause, lastTriedMs, overMs);
        // What had come before a try that failed did not mend it, whoever says so.
        const isLate = isDark && found >= 0 && this.isBefore(mender, lastTriedMs);
        if (mender !== undefined && !isLate) {
            return { overMs: Math.max(overMs, mender.atMs), endCause: mender.cause, isMended: true };
        }
        if (found >= 0) {
            return { overMs, endCause: found, isMended: true };
        }
        // What has mended others before, perhaps: the last ones to notice are due to it, too.
        const due = this.dueTo(cause, overMs)?.cause ?? this.known;
        return { overMs, endCause: due > cause ? due : -1, isMended: false };
    }

    private isBefore(success: Completed | undefined, timeMs: number): boolean {
        return success === undefined || this.menders.instantOf(success.cause) < timeMs;
    }

    /** The first success due to something later than `before`, up to `lastMs`. */
    private dueTo(before: Cause, lastMs: number): Completed | undefined {
        for (let index = this.next; (this.completed[index]?.atMs ?? Infinity) <= lastMs; index++) {
            const success = this.completed[index]!;
            if (success.cause > before && this.menders.mayMend(success.cause)) {
                return success;
            }
        }
        return undefined;
    }
}
