/** All failure sets of one shape: counted in advance, made one by one, the smallest first. */
import type { FailureCount, FailureLevel, NodeId, Topology } from '../topology/index.js';
import { combinations } from './candidates.js';
import { failureUnits, type FailureUnit } from './units.js';

/** Smaller things first: of two sets with equally many members the one with the smaller things is named. */
const LEVELS: readonly FailureLevel[] = ['node', 'rack', 'zone', 'region'];

export interface Dimension {
    readonly level: FailureLevel;
    readonly units: readonly FailureUnit[];
    /** At most so many of the units fail. */
    readonly limit: number;
}

/** `any 1 zone and 1 node`: at most one zone together with at most one node. */
export interface FailureSpace {
    readonly dimensions: readonly Dimension[];
    /** Sets without the empty one. Infinity when they are too many to be counted. */
    readonly size: number;
    /** A level of the shape of which there is nothing that could fail. */
    readonly missing?: FailureLevel;
}

export function failureSpace(
    topology: Topology,
    shape: readonly FailureCount[],
    relevant: ReadonlySet<NodeId>,
): FailureSpace {
    const dimensions = LEVELS.filter((level) => shape.some((part) => part.level === level)).map((level) => {
        const units = failureUnits(topology, level, relevant);
        const wanted = shape.filter((part) => part.level === level).reduce((sum, part) => sum + part.count, 0);
        return { level, units, limit: Math.min(wanted, units.length) };
    });
    const missing = dimensions.find((dimension) => dimension.units.length === 0)?.level;
    const size = dimensions.reduce((product, { units, limit }) => product * choices(units.length, limit), 1) - 1;
    return { dimensions, size, ...(missing === undefined ? {} : { missing }) };
}

/** How many sets of at most `limit` of `n` things there are, the empty one included. */
function choices(n: number, limit: number): number {
    let sum = 1;
    let binomial = 1;
    for (let k = 1; k <= limit; k++) {
        binomial = (binomial * (n - k + 1)) / k;
        sum += binomial;
    }
    return Math.round(sum);
}

/**
 * Every set but the empty one. Fewer members come first; among equally many, smaller things; then order of declaration.
 * The list that is handed out is a new one each time.
 */
export function* failureSets(space: FailureSpace): Generator<readonly FailureUnit[]> {
    const largest = space.dimensions.reduce((sum, dimension) => sum + dimension.limit, 0);
    for (let members = 1; members <= largest; members++) {
        yield* setsOf(space.dimensions, members);
    }
}

/** The sets with exactly so many members. */
export function* setsOf(dimensions: readonly Dimension[], members: number): Generator<readonly FailureUnit[]> {
    const [first, ...rest] = dimensions;
    if (first === undefined) {
        if (members === 0) {
            yield [];
        }
        return;
    }
    for (let count = Math.min(first.limit, members); count >= 0; count--) {
        for (const chosen of combinations(first.units, count)) {
            for (const others of setsOf(rest, members - count)) {
                yield [...chosen, ...others];
            }
        }
    }
}
