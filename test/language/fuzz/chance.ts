/** Random choices that a number decides, so that every text can be made again. */
export class Chance {
    private state: number;

    constructor(seed: number) {
        this.state = seed >>> 0;
    }

    /** A whole number from 0 to limit - 1. */
    below(limit: number): number {
        // mulberry32
        this.state = (this.state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
    }

    oneIn(times: number): boolean {
        return this.below(times) === 0;
    }

    pick<T>(values: readonly T[]): T {
        return values[this.below(values.length)]!;
    }
}
