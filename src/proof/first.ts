import type { FailureSpace } from './failure-sets.js';
import { rankOf } from './order.js';
import type { FailureUnit } from './units.js';

/** The set that comes first in the order of all sets, of those that were taken. */
export class First {
    units: readonly FailureUnit[] | undefined;
    /** How many sets come before it; Infinity while none was taken. */
    rank = Infinity;

    constructor(private readonly space: FailureSpace) {}

    isBefore(units: readonly FailureUnit[]): boolean {
        return this.units === undefined || rankOf(this.space, units) < this.rank;
    }

    take(units: readonly FailureUnit[]): void {
        this.units = units;
        this.rank = rankOf(this.space, units);
    }
}
