/**
 * The failure sets that have to be looked at so that all are decided. Of sets that differ only in which of several
 * interchangeable nodes fail, the first stands for all; and each part of the subject is asked about its own nodes alone.
 */
import type { NodeId } from '../topology/index.js';
import { setsOf, type FailureSpace } from './failure-sets.js';
import { partsOf } from './parts.js';
import type { Subject } from './subject.js';
import { interchangeable } from './symmetry.js';
import type { ProofModel } from './model.js';
import type { FailureUnit } from './units.js';

export interface Search {
    readonly parts: readonly SearchPart[];
    /** Members of the largest set. */
    readonly largest: number;
}

interface SearchPart {
    readonly subject: Subject;
    /** The sets of so many members that can matter to this part, in the order of all sets. */
    sets(members: number): Iterable<readonly FailureUnit[]>;
}

export function searchOf(model: ProofModel, subject: Subject, space: FailureSpace): Search {
    const parts = partsOf(model.topology, subject).map((part): SearchPart => {
        const dimensions = space.dimensions.map((dimension) => {
            const small = dimension.level === 'node' || dimension.level === 'rack';
            const units = small ? dimension.units.filter((unit) => touches(unit, part.nodes)) : dimension.units;
            return { ...dimension, units, limit: Math.min(dimension.limit, units.length) };
        });
        const alike = interchangeable(model, part);
        return {
            subject: part,
            *sets(members) {
                for (const units of setsOf(dimensions, members)) {
                    if (standsForAll(units, alike)) {
                        yield units;
                    }
                }
            },
        };
    });
    return { parts, largest: space.dimensions.reduce((sum, { limit }) => sum + limit, 0) };
}

function touches({ nodes }: FailureUnit, relevant: ReadonlySet<NodeId>): boolean {
    return nodes.some((node) => relevant.has(node));
}

/** Whether of each class of interchangeable nodes the first ones fail. */
function standsForAll(units: readonly FailureUnit[], alike: ReadonlyMap<NodeId, NodeId>): boolean {
    return units.every(({ level, id }) => {
        const before = level === 'node' ? alike.get(id) : undefined;
        return before === undefined || units.some((unit) => unit.level === 'node' && unit.id === before);
    });
}
