import type { ServiceCheck } from '../timers.js';

/** What a checker believes of one service: it changes its mind after enough results in a row that speak against it. */
export class HealthCounter {
    private against = 0;

    constructor(
        private readonly check: ServiceCheck,
        private believed: boolean,
    ) {}

    get up(): boolean {
        return this.believed;
    }

    /** Results in a row that contradict the belief. */
    get doubts(): number {
        return this.against;
    }

    /** Takes one result into account; returns whether the belief changed. */
    note(success: boolean): boolean {
        if (success === this.believed) {
            this.against = 0;
            return false;
        }
        this.against++;
        if (this.against < (this.believed ? this.check.fall : this.check.rise)) {
            return false;
        }
        this.believed = success;
        this.against = 0;
        return true;
    }
}
