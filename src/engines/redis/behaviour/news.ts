/** Times in gossip are whole seconds of the wall clock; a little into the future is believed. */
const UNIT_MS = 1000;
const TOLERANCE_MS = 500;

/** When each node had its last news of each other: a pong, or what gossip tells of one. `[observer * size + other]`. */
export class News {
    private readonly times: Float64Array;
    /**
     * The second of the wall clock that gossip tells, modulo 2^16; those compared are less than nine hours apart. Small
     * numbers close together: they are compared for every entry of every section.
     */
    readonly seconds: Uint16Array;

    constructor(
        pairs: number,
        /** Milliseconds of the wall clock's second that have passed when the run begins. */
        private readonly clockOffset: number,
    ) {
        this.times = new Float64Array(pairs);
        this.seconds = new Uint16Array(pairs);
    }

    /** In milliseconds of simulated time. */
    of(pair: number): number {
        return this.times[pair]!;
    }

    set(pair: number, timeMs: number): void {
        this.times[pair] = timeMs;
        this.seconds[pair] = this.secondOf(timeMs);
    }

    /** Gossip told of a pong at `timeMs`. */
    believe(pair: number, timeMs: number, now: number): void {
        const told = this.secondOf(timeMs) * UNIT_MS - this.clockOffset;
        if (told > this.times[pair]! && told <= now + TOLERANCE_MS) {
            this.set(pair, told);
        }
    }

    private secondOf(timeMs: number): number {
        return Math.floor((timeMs + this.clockOffset) / UNIT_MS);
    }
}
