import type { Peer } from './state.js';

/** Times in gossip are whole seconds of the wall clock, which all nodes share here. */
const UNIT_MS = 1000;

/**
 * Several entries share a word of 32 bits, so that what one node tells another is compared by the word. Their upper bits set
 * them aside, which leaves so many seconds for an entry to count; half of them are kept when they have run out.
 */
const WORD_BITS = 32;
const SHORT_BITS = 8;
const LONG_BITS = 16;
/** Entries that count seconds up to this age fit into the short form. */
const SHORT_MS = 60 * UNIT_MS;

/**
 * When each node had its last news of each other: a pong, or what gossip tells of one.
 *
 * Entries that gossip neither tells nor changes, and whose age is nobody's business, are set aside.
 */
export class News {
    /** In words: how much of the table is one observer's. */
    readonly rowWords: number;
    /** Entries in a word. */
    readonly lanes: number;
    private readonly bits: number;
    /** The upper bit of one entry and of all in a word, and the word in which each entry is 1. */
    private readonly aside: number;
    private readonly allAside: number;
    private readonly allOne: number;
    /** The seconds that are kept behind. */
    private readonly kept: number;
    private readonly row: number;
    /** `[observer * row + other]`: the second of the wall clock since the origin. */
    private readonly seconds: Uint8Array | Uint16Array;
    private readonly words: Int32Array;
    /** When a node had news by itself, in milliseconds; counts if gossip has not told of a later second. */
    private readonly firstHand: Float64Array;
    private origin: number;

    constructor(
        private readonly size: number,
        /** Milliseconds of the wall clock's second that have passed when the run begins. */
        private readonly clockOffset: number,
        /** The ages that make a difference: entries that are not set aside are seldom older, and then are only called old. */
        oldestMs: number,
    ) {
        this.bits = oldestMs <= SHORT_MS ? SHORT_BITS : LONG_BITS;
        this.lanes = WORD_BITS / this.bits;
        this.allOne = this.bits === SHORT_BITS ? 0x01010101 : 0x00010001;
        this.aside = 2 ** (this.bits - 1);
        this.allAside = this.allOne << (this.bits - 1);
        this.kept = this.aside / 2;
        this.origin = -this.kept;
        this.rowWords = Math.ceil(size / this.lanes);
        this.row = this.rowWords * this.lanes;
        const entries = size * this.row;
        this.seconds = this.bits === SHORT_BITS ? new Uint8Array(entries) : new Uint16Array(entries);
        this.seconds.fill(this.kept);
        this.words = new Int32Array(this.seconds.buffer);
        this.firstHand = new Float64Array(entries);
        for (let observer = 0; observer < size; observer++) {
            this.seconds[observer * this.row + observer]! |= this.aside;
            this.seconds.fill(this.aside, observer * this.row + size, (observer + 1) * this.row);
        }
    }

    /** In milliseconds of simulated time. */
    of(observer: Peer, other: Peer): number {
        return this.timeOf(observer * this.row + other);
    }

    set(observer: Peer, other: Peer, timeMs: number): void {
        const entry = observer * this.row + other;
        this.firstHand[entry] = timeMs;
        this.seconds[entry] = (this.seconds[entry]! & this.aside) | this.count(this.secondOf(timeMs));
    }

    /** Returns whether that is new. */
    setAside(observer: Peer, other: Peer, isAside: boolean): boolean {
        const entry = observer * this.row + other;
        const before = this.seconds[entry]!;
        const after = isAside || observer === other ? before | this.aside : before & ~this.aside;
        this.seconds[entry] = after;
        return before !== after;
    }

    isAside(observer: Peer, other: Peer): boolean {
        return this.seconds[observer * this.row + other]! >= this.aside;
    }

    // ── What gossip tells ──────────────────────────────────────────────────────

    /** The second of the wall clock that gossip tells. */
    secondKnownTo(teller: Peer, other: Peer): number {
        return this.origin + (this.seconds[teller * this.row + other]! & ~this.aside);
    }

    /** Gossip told of a pong in this second. */
    believe(observer: Peer, other: Peer, second: number): void {
        const entry = observer * this.row + other;
        const known = this.seconds[entry]!;
        this.seconds[entry] = Math.max(known, this.count(second));
    }

    /**
     * The observer learns what the teller knows better, of the nodes in so many words of the table from this one on, and on
     * from the beginning. What either has set aside stays as it is.
     */
    tellAll(teller: Peer, observer: Peer, startWord: number, length: number): void {
        const rest = Math.max(0, startWord + length - this.rowWords);
        this.tellRange(teller, observer, startWord, startWord + length - rest);
        this.tellRange(teller, observer, 0, Math.min(rest, startWord));
    }

    private tellRange(teller: Peer, observer: Peer, from: number, end: number): void {
        const { words, allAside, allOne } = this;
        const shift = this.bits - 1;
        const mine = observer * this.rowWords;
        const distance = teller * this.rowWords - mine;
        for (let word = mine + from; word < mine + end; word++) {
            const told = words[word + distance]!;
            const known = words[word]!;
            // The upper bit of each entry that is told to be later. No entry borrows from its neighbour.
            const later = ((told | allAside) - ((known & ~allAside) + allOne)) & ~(told | known) & allAside;
            if (later !== 0) {
                words[word] = known ^ ((known ^ told) & (later - (later >>> shift)));
            }
        }
    }

    // ── What is due ────────────────────────────────────────────────────────────

    /**
     * Collects the nodes of which the observer has had no news since `limitMs`, those set aside left out, and returns a time
     * before which it has had no news of any other; Infinity: there is none.
     */
    olderThan(observer: Peer, limitMs: number, found: Peer[]): number {
        const { words, lanes, allAside, allOne } = this;
        const limit = this.count(this.secondOf(limitMs));
        const firstEntry = observer * this.row;
        let oldestMs = Number.POSITIVE_INFINITY;
        // Of those that are not too old only the oldest count: what is as young as the oldest known is passed over.
        let oldest = this.aside;
        let allOldest = allAside;
        const end = (observer + 1) * this.rowWords;
        for (let word = observer * this.rowWords; word < end; word++) {
            const known = words[word]!;
            if ((~((known | allAside) - allOldest) & ~known & allAside) === 0) {
                continue;
            }
            for (let entry = word * lanes; entry < (word + 1) * lanes; entry++) {
                const second = this.seconds[entry]!;
                if (second < limit || (second === limit && this.timeOf(entry) < limitMs)) {
                    found.push(entry - firstEntry);
                } else if (second === limit) {
                    oldestMs = Math.min(oldestMs, this.timeOf(entry));
                } else if (second < oldest) {
                    oldest = second;
                    allOldest = Math.imul(second, allOne);
                }
            }
        }
        return Math.min(oldestMs, oldest === this.aside ? Number.POSITIVE_INFINITY : this.beginningOf(oldest));
    }

    // ── Seconds ────────────────────────────────────────────────────────────────

    private secondOf(timeMs: number): number {
        return Math.floor((timeMs + this.clockOffset) / UNIT_MS);
    }

    private timeOf(entry: number): number {
        const firstHand = this.firstHand[entry]!;
        const second = this.seconds[entry]! & ~this.aside;
        return this.count(this.secondOf(firstHand)) >= second ? firstHand : this.beginningOf(second);
    }

    private beginningOf(second: number): number {
        return (this.origin + second) * UNIT_MS - this.clockOffset;
    }

    /** As an entry has it. What is too old to be counted is taken for the oldest that can be. */
    private count(second: number): number {
        const beyond = second - this.origin - (this.aside - 1);
        if (beyond > 0) {
            this.moveOrigin(Math.ceil(beyond / this.kept) * this.kept);
        }
        return Math.max(0, second - this.origin);
    }

    private moveOrigin(by: number): void {
        this.origin += by;
        const { seconds, aside } = this;
        for (let entry = 0; entry < seconds.length; entry++) {
            const second = seconds[entry]!;
            seconds[entry] = (second & aside) | Math.max(0, (second & ~aside) - by);
        }
    }
}
