/** The failure sets of a space that have to be looked at so that one answer is known for all of them. */
import type { NodeId, Topology } from '../topology/index.js';
import { Candidates } from './candidates.js';
import { setsOf, type Dimension, type FailureSpace } from './failure-sets.js';
import type { ReachOf } from './locality.js';
import type { FailureState } from './rules.js';
import { stateAfter } from './state.js';
import type { FailureUnit } from './units.js';

/** One question that is asked about many sets. */
export interface Question {
    readonly reach: ReachOf;
    /** How many answers of rules one set takes. */
    readonly weight: number;
}

/** Racks, zones or regions that fail together, and what nodes can do beside them. */
interface Struck {
    readonly units: readonly FailureUnit[];
    readonly state: FailureState;
    readonly candidates: Candidates;
}

export class Search {
    /** Members of the largest set. */
    readonly largest: number;
    /** Whether sets of equally many members come in the order of all sets. */
    readonly inOrder: boolean;
    private readonly nodes: Dimension | undefined;
    private readonly places: readonly Dimension[];
    private readonly units: ReadonlyMap<NodeId, FailureUnit>;
    private readonly struck = new Map<number, readonly Struck[]>();

    constructor(
        private readonly topology: Topology,
        readonly space: FailureSpace,
    ) {
        this.largest = space.dimensions.reduce((sum, { limit }) => sum + limit, 0);
        this.nodes = space.dimensions.find(({ level }) => level === 'node');
        this.places = space.dimensions.filter(({ level }) => level !== 'node');
        this.units = new Map((this.nodes?.units ?? []).map((unit) => [unit.id, unit]));
        this.inOrder = this.nodes === undefined || this.places.length === 0;
    }

    /**
     * Sets of so many members. Every other set of the space is like one of these that comes before it in the order of all sets, or
     * like a smaller one.
     */
    *sets({ reach }: Question, members: number): Generator<readonly FailureUnit[]> {
        const limit = this.nodes?.limit ?? 0;
        for (let count = Math.min(limit, members); count >= 0; count--) {
            for (const { units, state, candidates } of this.struckBy(members - count)) {
                if (count === 0) {
                    yield units;
                    continue;
                }
                for (const nodes of candidates.sets(reach(state, limit), limit, count)) {
                    yield [...nodes, ...units];
                }
            }
        }
    }

    private struckBy(members: number): readonly Struck[] {
        const known =
            this.struck.get(members) ??
            [...setsOf(this.places, members)].map((units) => {
                const state = stateAfter(this.topology, units);
                return { units, state, candidates: new Candidates(this.units, state) };
            });
        this.struck.set(members, known);
        return known;
    }
}
