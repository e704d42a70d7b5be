import type { FailureUnit } from './units.js';

/** Of all that was offered the one with the largest figure, and of equal ones the first in the order of all sets. */
export class Best<Found> {
    found: (Found & { readonly units: readonly FailureUnit[]; readonly rank: number }) | undefined;
    figure = -Infinity;

    offer(figure: number, rank: number, units: readonly FailureUnit[], found: Found): void {
        if (figure > this.figure || (figure === this.figure && rank < (this.found?.rank ?? Infinity))) {
            this.figure = figure;
            this.found = { ...found, units, rank };
        }
    }
}
