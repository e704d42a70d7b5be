/** Times in gossip are whole seconds of the wall clock, which all nodes share here. */
const UNIT_MS = 1000;
const WRAP = 0xffff;

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

    /** Whether somebody who tells this second knows more. */
    isOlder(pair: number, second: number): boolean {
        return (second - this.seconds[pair]!) << 16 > 0;
    }

    /** Gossip told of a pong in this second, as {@link seconds} has it. `nowSecond`: see {@link secondOf}. */
    believe(pair: number, second: number, nowSecond: number): void {
        const ageSeconds = (nowSecond - second) & WRAP;
        this.times[pair] = (nowSecond - ageSeconds) * UNIT_MS - this.clockOffset;
        this.seconds[pair] = second;
    }

    /** The whole second of the wall clock. */
    secondOf(timeMs: number): number {
        return Math.floor((timeMs + this.clockOffset) / UNIT_MS);
    }
}
