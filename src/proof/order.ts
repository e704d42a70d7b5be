/** The one order of all failure sets of a space, without making them: where a set stands, and which of two comes first. */
import type { Dimension, FailureSpace } from './failure-sets.js';
import type { FailureUnit } from './units.js';

/** How many sets come before this one, the empty one not counted. */
export function rankOf({ dimensions }: FailureSpace, units: readonly FailureUnit[]): number {
    return setsBelow({ dimensions }, units.length) + rankAmong(dimensions, units);
}

/** How many sets have fewer members, the empty one not counted. */
export function setsBelow({ dimensions }: Pick<FailureSpace, 'dimensions'>, members: number): number {
    let sum = 0;
    for (let fewer = 1; fewer < members; fewer++) {
        sum += setsWith(dimensions, fewer);
    }
    return sum;
}

function setsWith([first, ...rest]: readonly Dimension[], members: number): number {
    if (first === undefined) {
        return members === 0 ? 1 : 0;
    }
    let sum = 0;
    for (let count = Math.min(first.limit, members); count >= 0; count--) {
        sum += binomial(first.units.length, count) * setsWith(rest, members - count);
    }
    return sum;
}

/** Among the sets with as many members. */
function rankAmong([first, ...rest]: readonly Dimension[], units: readonly FailureUnit[]): number {
    if (first === undefined) {
        return 0;
    }
    const mine = units.filter(({ level }) => level === first.level);
    const others = units.filter(({ level }) => level !== first.level);
    let rank = 0;
    for (let count = Math.min(first.limit, units.length); count > mine.length; count--) {
        rank += binomial(first.units.length, count) * setsWith(rest, units.length - count);
    }
    const known = positionsIn(first);
    const positions = mine.map(({ id }) => known.get(id) ?? 0);
    return (
        rank + lexicographic(positions, first.units.length) * setsWith(rest, others.length) + rankAmong(rest, others)
    );
}

/** How many combinations of as many of the first `n` whole numbers come before this one. */
function lexicographic(positions: readonly number[], n: number): number {
    let rank = 0;
    let from = 0;
    positions.forEach((position, index) => {
        const left = positions.length - index - 1;
        for (let smaller = from; smaller < position; smaller++) {
            rank += binomial(n - smaller - 1, left);
        }
        from = position + 1;
    });
    return rank;
}

function binomial(n: number, k: number): number {
    let result = 1;
    for (let i = 1; i <= k; i++) {
        result = (result * (n - k + i)) / i;
    }
    return k > n ? 0 : Math.round(result);
}

/** Of each unit of a dimension by its id; every set that breaks is looked up. */
const positionsOf = new WeakMap<Dimension, ReadonlyMap<number, number>>();

function positionsIn(dimension: Dimension): ReadonlyMap<number, number> {
    const known = positionsOf.get(dimension) ?? new Map(dimension.units.map(({ id }, index) => [id, index]));
    positionsOf.set(dimension, known);
    return known;
}
