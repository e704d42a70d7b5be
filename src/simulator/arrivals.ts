/** Evenly spaced arrivals: request `k` (from 0) arrives in the millisecond that holds `phase + k · period`. */
export class Arrivals {
    /** Both in milliseconds; they may be fractions. */
    constructor(
        private readonly phase: number,
        private readonly period: number,
    ) {}

    /** The millisecond in which request `index` arrives. */
    at(index: number): number {
        return Math.floor(this.phase + index * this.period);
    }

    /** How many requests have arrived by the end of millisecond `time`. */
    countThrough(time: number): number {
        let count = Math.max(0, Math.ceil((time + 1 - this.phase) / this.period));
        // The division may be off by one against `at`, which decides.
        while (this.at(count) <= time) {
            count++;
        }
        while (count > 0 && this.at(count - 1) > time) {
            count--;
        }
        return count;
    }
}
