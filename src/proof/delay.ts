/** How long clients find a service and all that it needs unavailable. */
import type { ClusterId, Topology } from '../topology/index.js';
import type { DelayBound, DelayPart, FailureState } from './rules.js';
import { needsOf, type Obligation } from './subject.js';
import type { ProofModel } from './model.js';

export const NO_DELAY: DelayBound = { minMs: 0, maxMs: 0, parts: [], assumptions: [] };

/** Bounds the delay of services in one model. Make one for each state: it remembers what the needs take. */
export class DelayCalculator {
    private readonly known = new Map<ClusterId, DelayBound>();

    constructor(
        private readonly model: ProofModel,
        private readonly state: FailureState,
    ) {}

    /**
     * The service's own recovery and that of what it needs. They may follow one another, so the maxima of a chain add up;
     * they may also run side by side from the same instant, so only the largest minimum is certain.
     */
    of(obligation: Obligation): DelayBound {
        const own = this.own(obligation);
        return chain(own, this.needs(obligation.cluster));
    }

    private own({ cluster, shard, operation, askedBy }: Obligation): DelayBound {
        return this.model.rules(cluster, askedBy).recovery(shard, operation, this.state);
    }

    /** What the cluster needs fails together, so the slowest counts. */
    private needs(cluster: ClusterId): DelayBound {
        const known = this.known.get(cluster);
        if (known !== undefined) {
            return known;
        }
        const needed = needsOf(this.model.topology, cluster);
        const bound = inCircle(this.model.topology, cluster)
            ? chainAll(this.slowestOfEach(reachable(this.model.topology, cluster)))
            : slowest(needed.map((obligation) => this.of(obligation)));
        this.known.set(cluster, bound);
        return bound;
    }

    /** The slowest service of each cluster by itself. */
    private slowestOfEach(obligations: readonly Obligation[]): readonly DelayBound[] {
        const clusters = new Set(obligations.map((obligation) => obligation.cluster));
        return [...clusters].map((cluster) =>
            slowest(
                obligations
                    .filter((obligation) => obligation.cluster === cluster)
                    .map((obligation) => this.own(obligation)),
            ),
        );
    }
}

/** The bound whose maximum is the largest, with the largest of all minima and everything that any of them assumes. */
export function slowest(bounds: readonly DelayBound[]): DelayBound {
    let worst = NO_DELAY;
    for (const bound of bounds) {
        worst = bound.maxMs > worst.maxMs ? bound : worst;
    }
    return {
        ...worst,
        minMs: bounds.reduce((minimum, bound) => Math.max(minimum, bound.minMs), 0),
        assumptions: union(bounds),
    };
}

/** The delay of the first of these if of all that it needs, and that these need, only the others count, each after the next. */
export function pathDelay(model: ProofModel, path: readonly Obligation[], state: FailureState): DelayBound {
    return path
        .map(({ cluster, shard, operation, askedBy }) =>
            model.rules(cluster, askedBy).recovery(shard, operation, state),
        )
        .reduceRight((needed, own) => chain(own, needed));
}

function chain(own: DelayBound, needed: DelayBound): DelayBound {
    if (needed.maxMs === 0) {
        return { ...own, assumptions: union([own, needed]) };
    }
    const parts: readonly DelayPart[] = [...own.parts, ...needed.parts];
    return {
        minMs: Math.max(own.minMs, needed.minMs),
        maxMs: own.maxMs + needed.maxMs,
        parts,
        assumptions: union([own, needed]),
    };
}

/** Clusters that need each other in a circle: no order is known, so all of their maxima are added. */
function chainAll(bounds: readonly DelayBound[]): DelayBound {
    return bounds.reduce(chain, NO_DELAY);
}

function union(bounds: readonly DelayBound[]): readonly string[] {
    return [...new Set(bounds.flatMap((bound) => bound.assumptions))];
}

/** Whether following the needs from the cluster meets any circle. */
export function inCircle(topology: Topology, start: ClusterId): boolean {
    const done = new Set<ClusterId>();
    const path = new Set<ClusterId>();
    const visit = (cluster: ClusterId): boolean => {
        if (path.has(cluster)) {
            return true;
        }
        if (done.has(cluster)) {
            return false;
        }
        path.add(cluster);
        const circle = needsOf(topology, cluster).some((needed) => visit(needed.cluster));
        path.delete(cluster);
        done.add(cluster);
        return circle;
    };
    return visit(start);
}

/** Everything that the cluster needs, transitively. */
function reachable(topology: Topology, start: ClusterId): readonly Obligation[] {
    const found = new Set<Obligation>(needsOf(topology, start));
    const asked = new Set<ClusterId>([start]);
    for (const { cluster } of found) {
        if (!asked.has(cluster)) {
            asked.add(cluster);
            needsOf(topology, cluster).forEach((needed) => found.add(needed));
        }
    }
    return [...found];
}
