import { exponential, type RandomStream } from './random.js';

/** When the requests of one stream arrive. Requests are numbered from 0. */
export interface Arrivals {
    /** The millisecond in which request `index` arrives. */
    at(index: number): number;
    /** How many requests have arrived by the end of millisecond `time`. */
    countThrough(time: number): number;
}

/** Evenly spaced arrivals: request `k` (from 0) arrives in the millisecond that holds `phase + k · period`. */
export class EvenArrivals implements Arrivals {
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

/** A Poisson process: the gaps are exponential, drawn one after the other as they are asked for. */
export class RandomArrivals implements Arrivals {
    private readonly times: number[] = [];
    private last = 0;

    constructor(
        private readonly meanMs: number,
        private readonly random: RandomStream,
    ) {}

    at(index: number): number {
        while (this.times.length <= index) {
            this.draw();
        }
        return this.times[index]!;
    }

    countThrough(time: number): number {
        while (this.last <= time + 1) {
            this.draw();
        }
        let [low, high] = [0, this.times.length];
        while (low < high) {
            const middle = (low + high) >> 1;
            if (this.times[middle]! <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private draw(): void {
        this.last += this.meanMs * exponential(this.random);
        this.times.push(Math.floor(this.last));
    }
}
