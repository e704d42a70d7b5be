import type { Peer } from './state.js';

/** Times in gossip are whole seconds of the wall clock, which all nodes share here. */
const UNIT_MS = 1000;

/** Two entries share a word, so that what one node tells another is compared two by two. Their upper bits set them aside. */
const LANES = 2;
const ASIDE = 0x8000;
const BOTH_ASIDE = 0x80008000 | 0;
const BOTH_ONE = 0x00010001;
/** The seconds that an entry can count, and how many are kept behind when they have run out. */
const LIMIT = 0x7fff;
const KEPT = 0x4000;

/**
 * When each node had its last news of each other: a pong, or what gossip tells of one.
 *
 * Entries that gossip neither tells nor changes, and whose age is nobody's business, are set aside.
 */
export class News {
    /** In words: how much of the table is one observer's. */
    readonly rowWords: number;
    private readonly row: number;
    /** `[observer * row + other]`: the second of the wall clock since the origin. */
    private readonly seconds: Uint16Array;
    private readonly words: Int32Array;
    /** When a node had news by itself, in milliseconds; counts if gossip has not told of a later second. */
    private readonly firstHand: Float64Array;
    private origin = -KEPT;

    constructor(
        private readonly size: number,
        /** Milliseconds of the wall clock's second that have passed when the run begins. */
        private readonly clockOffset: number,
    ) {
        this.rowWords = Math.ceil(size / LANES);
        this.row = this.rowWords * LANES;
        this.seconds = new Uint16Array(size * this.row).fill(KEPT);
        this.words = new Int32Array(this.seconds.buffer);
        this.firstHand = new Float64Array(size * this.row);
        for (let observer = 0; observer < size; observer++) {
            this.seconds[observer * this.row + observer]! |= ASIDE;
            this.seconds.fill(ASIDE, observer * this.row + size, (observer + 1) * this.row);
        }
    }

    /** In milliseconds of simulated time. */
    of(observer: Peer, other: Peer): number {
        return this.timeOf(observer * this.row + other);
    }

    set(observer: Peer, other: Peer, timeMs: number): void {
        const entry = observer * this.row + other;
        this.firstHand[entry] = timeMs;
        this.seconds[entry] = (this.seconds[entry]! & ASIDE) | this.count(this.secondOf(timeMs));
    }

    /** Returns whether that is new. */
    setAside(observer: Peer, other: Peer, isAside: boolean): boolean {
        const entry = observer * this.row + other;
        const before = this.seconds[entry]!;
        const after = isAside || observer === other ? before | ASIDE : before & ~ASIDE;
        this.seconds[entry] = after;
        return before !== after;
    }

    isAside(observer: Peer, other: Peer): boolean {
        return this.seconds[observer * this.row + other]! >= ASIDE;
    }

    // ── What gossip tells ──────────────────────────────────────────────────────

    /** The second of the wall clock that gossip tells. */
    secondKnownTo(teller: Peer, other: Peer): number {
        return this.origin + (this.seconds[teller * this.row + other]! & ~ASIDE);
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
        const { words } = this;
        const mine = observer * this.rowWords;
        const distance = teller * this.rowWords - mine;
        for (let word = mine + from; word < mine + end; word++) {
            const told = words[word + distance]!;
            const known = words[word]!;
            // The upper bit of each entry that is told to be later. No entry borrows from its neighbour.
            const later = ((told | BOTH_ASIDE) - ((known & ~BOTH_ASIDE) + BOTH_ONE)) & ~(told | known) & BOTH_ASIDE;
            if (later !== 0) {
                words[word] = known ^ ((known ^ told) & (later - (later >>> 15)));
            }
        }
    }

    // ── What is due ────────────────────────────────────────────────────────────

    /**
     * Collects the nodes of which the observer has had no news since `limitMs`, those set aside left out, and returns a time
     * before which it has had no news of any other; Infinity: there is none.
     */
    olderThan(observer: Peer, limitMs: number, found: Peer[]): number {
        const { words } = this;
        const limit = this.count(this.secondOf(limitMs));
        const firstEntry = observer * this.row;
        let oldestMs = Number.POSITIVE_INFINITY;
        // Of those that are not too old only the oldest count: what is as young as the oldest known is passed over.
        let oldest = ASIDE;
        let bothOldest = BOTH_ASIDE;
        const end = (observer + 1) * this.rowWords;
        for (let word = observer * this.rowWords; word < end; word++) {
            const known = words[word]!;
            if ((~((known | BOTH_ASIDE) - bothOldest) & ~known & BOTH_ASIDE) === 0) {
                continue;
            }
            for (let entry = word * LANES; entry < (word + 1) * LANES; entry++) {
                const second = this.seconds[entry]!;
                if (second < limit || (second === limit && this.timeOf(entry) < limitMs)) {
                    found.push(entry - firstEntry);
                } else if (second === limit) {
                    oldestMs = Math.min(oldestMs, this.timeOf(entry));
                } else if (second < oldest) {
                    oldest = second;
                    bothOldest = Math.imul(second, BOTH_ONE);
                }
            }
        }
        return Math.min(oldestMs, oldest === ASIDE ? Number.POSITIVE_INFINITY : this.beginningOf(oldest));
    }

    // ── Seconds ────────────────────────────────────────────────────────────────

    private secondOf(timeMs: number): number {
        return Math.floor((timeMs + this.clockOffset) / UNIT_MS);
    }

    private timeOf(entry: number): number {
        const firstHand = this.firstHand[entry]!;
        const second = this.seconds[entry]! & ~ASIDE;
        return this.count(this.secondOf(firstHand)) >= second ? firstHand : this.beginningOf(second);
    }

    private beginningOf(second: number): number {
        return (this.origin + second) * UNIT_MS - this.clockOffset;
    }

    /** As an entry has it. What is too old to be counted is taken for the oldest that can be. */
    private count(second: number): number {
        while (second - this.origin > LIMIT) {
            this.moveOrigin();
        }
        return Math.max(0, second - this.origin);
    }

    private moveOrigin(): void {
        this.origin += KEPT;
        this.seconds.forEach((second, entry) => {
            this.seconds[entry] = (second & ASIDE) | Math.max(0, (second & ~ASIDE) - KEPT);
        });
    }
}
