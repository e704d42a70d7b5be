/** The failure sets of several spaces in the order in which they are decided. */
import type { FailureSpace } from './failure-sets.js';
import type { ProofModel } from './model.js';
import { rankOf, setsBelow } from './order.js';
import { Search } from './search.js';
import type { FailureUnit } from './units.js';

/** Sets of one space with equally many members. */
export class Level {
    constructor(
        readonly search: Search,
        readonly members: number,
        /** Sets of the spaces before this one. */
        private readonly done: number,
    ) {}

    /** How many sets come before this one, those of the spaces before included. */
    rankOf(units: readonly FailureUnit[]): number {
        return this.done + rankOf(this.search.space, units);
    }

    /** Sets before the first of this level. */
    get setsBefore(): number {
        return this.done + setsBelow(this.search.space, this.members);
    }
}

/** Small sets first within each space. */
export function* levelsOf(model: ProofModel, spaces: readonly FailureSpace[]): Generator<Level> {
    let done = 0;
    for (const space of spaces) {
        const search = new Search(model.topology, space);
        for (let members = 1; members <= search.largest; members++) {
            yield new Level(search, members, done);
        }
        done += space.size;
    }
}

export function sizeOfAll(spaces: readonly FailureSpace[]): number {
    return spaces.reduce((sum, space) => sum + space.size, 0);
}
