import { CRON_MS, FAIL_REPORT_VALIDITY } from '../config.js';
import type { ClusterState, Peer } from './state.js';

/**
 * Who has told whom whom it doubts.
 *
 * Every gossip section carries all of its sender's doubts, so a sender's doubts are kept once, as a journal: `other` when a
 * doubt began and `~other` when it ended. What an observer has heard from a reporter is how far it has read that journal,
 * and when it last did. (In Redis an observer drops a report when the reporter happens to tell it of the node again as alive,
 * or when the report has grown too old; here the next section does that.)
 */
export class Reports {
    private readonly journals: readonly Peer[][];
    /** When each entry of the journal is told from, and how many are told by now. */
    private readonly toldFrom: readonly number[][];
    private readonly told: Int32Array;
    /** Entries of the journal that count for the observer, and when it was last told: `[observer * size + reporter]`. */
    private readonly read: Int32Array;
    private readonly toldAt: Float64Array;
    /** Reporters that doubt the node: `[observer * size + other]`. */
    private readonly counts: Uint16Array;
    /** No report that counts for the observer is older, or younger, than this. */
    private readonly oldest: Float64Array;
    private readonly youngest: Float64Array;
    private readonly validityMs: number;
    /** Reports that decide together with the observer's own doubt, if it is a primary; one that is none needs another. */
    private readonly enough: number;
    /** Called when so many doubt a node as far as an observer has heard. */
    onEnough: (observer: Peer, other: Peer) => void = () => {};
    /** Called when an observer has heard the first doubt about a node, or none counts any more. */
    onFirstOrLast: (observer: Peer, other: Peer) => void = () => {};

    constructor(private readonly state: ClusterState) {
        const { size } = state;
        this.journals = state.members.map(() => []);
        this.toldFrom = state.members.map(() => []);
        this.told = new Int32Array(size);
        this.read = new Int32Array(size * size);
        this.toldAt = new Float64Array(size * size);
        this.counts = new Uint16Array(size * size);
        this.oldest = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
        this.youngest = new Float64Array(size);
        this.enough = state.quorum - 1;
        this.validityMs = FAIL_REPORT_VALIDITY * state.config.nodeTimeoutMs;
    }

    /** How many entries of its journal the reporter tells now. */
    lengthOf(reporter: Peer): number {
        const times = this.toldFrom[reporter]!;
        while (times[this.told[reporter]!]! <= this.state.world.now) {
            this.told[reporter]!++;
        }
        return this.told[reporter]!;
    }

    /** Sections have room for as many suspects as the last run of the cron counted when it began: a new one waits for the next. */
    doubts(reporter: Peer, other: Peer): void {
        this.note(reporter, other, this.state.world.now + CRON_MS);
    }

    trusts(reporter: Peer, other: Peer): void {
        this.note(reporter, ~other, this.state.world.now);
    }

    private note(reporter: Peer, entry: number, time: number): void {
        const times = this.toldFrom[reporter]!;
        this.journals[reporter]!.push(entry);
        times.push(Math.max(time, times.at(-1) ?? 0));
    }

    /** Reporters whose doubts about the other count for the observer. */
    count(observer: Peer, other: Peer): number {
        return this.counts[observer * this.state.size + other]!;
    }

    areEnough(observer: Peer, other: Peer): boolean {
        return this.count(observer, other) >= this.enough;
    }

    /** The observer reads the reporter's journal up to `length` entries. */
    tell(observer: Peer, reporter: Peer, length: number): void {
        const { now } = this.state.world;
        const row = observer * this.state.size;
        const journal = this.journals[reporter]!;
        this.toldAt[row + reporter] = now;
        this.oldest[observer] = Math.min(this.oldest[observer]!, now);
        this.youngest[observer] = now;
        for (let entry = this.read[row + reporter]!; entry < length; entry++) {
            const other = journal[entry]!;
            if (other < 0) {
                this.add(observer, ~other, -1);
            } else if (this.add(observer, other, 1) === this.enough) {
                this.onEnough(observer, other);
            }
        }
        this.read[row + reporter] = Math.max(length, this.read[row + reporter]!);
    }

    /** Drops what was told too long ago. */
    expire(observer: Peer): void {
        const limit = this.state.world.now - this.validityMs;
        if (this.oldest[observer]! >= limit) {
            return;
        }
        if (this.youngest[observer]! < limit) {
            this.expireAll(observer);
            return;
        }
        const { size } = this.state;
        let oldest = Number.POSITIVE_INFINITY;
        for (let reporter = 0; reporter < size; reporter++) {
            const pair = observer * size + reporter;
            if (this.read[pair]! === 0) {
                continue;
            }
            if (this.toldAt[pair]! < limit) {
                this.retract(observer, reporter);
            } else {
                oldest = Math.min(oldest, this.toldAt[pair]!);
            }
        }
        this.oldest[observer] = oldest;
    }

    private expireAll(observer: Peer): void {
        const { size } = this.state;
        const counts = this.counts.slice(observer * size, (observer + 1) * size);
        this.forgetAll(observer);
        counts.forEach((count, other) => {
            if (count > 0) {
                this.onFirstOrLast(observer, other);
            }
        });
    }

    /** A new process has heard nothing. */
    forgetAll(observer: Peer): void {
        const { size } = this.state;
        this.read.fill(0, observer * size, (observer + 1) * size);
        this.counts.fill(0, observer * size, (observer + 1) * size);
        this.oldest[observer] = Number.POSITIVE_INFINITY;
    }

    private retract(observer: Peer, reporter: Peer): void {
        const pair = observer * this.state.size + reporter;
        const journal = this.journals[reporter]!;
        for (let entry = this.read[pair]! - 1; entry >= 0; entry--) {
            const other = journal[entry]!;
            this.add(observer, other < 0 ? ~other : other, other < 0 ? 1 : -1);
        }
        this.read[pair] = 0;
    }

    private add(observer: Peer, other: Peer, by: 1 | -1): number {
        const pair = observer * this.state.size + other;
        const count = this.counts[pair]! + by;
        this.counts[pair] = count;
        if (count === 0 || (count === 1 && by === 1)) {
            this.onFirstOrLast(observer, other);
        }
        return count;
    }
}
