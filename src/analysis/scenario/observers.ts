/** Whose requests count for an expectation about reads or writes. */
import { Audience } from '../../proof/index.js';
import { placesStruck, type Observer } from '../../simulator/index.js';
import {
    isWithin,
    shardsOf,
    type Expectation,
    type PlaceId,
    type Scenario,
    type Topology,
    type WorkloadId,
} from '../../topology/index.js';

export type ServiceExpectation = Expectation & { readonly kind: 'service' };

/** Tells whether what an observer saw counts for the expectation. */
export function counting(topology: Topology, expectation: ServiceExpectation): (observer: Observer) => boolean {
    const { target, operation, from } = expectation;
    const shards = new Set(shardsOf(topology, target, operation));
    return (observer) =>
        observer.operation === operation &&
        shards.has(observer.shard) &&
        (target.kind !== 'workload' || observer.workload === target.workload) &&
        (from === undefined || standsIn(topology, observer.workload, from));
}

/** Why nobody can answer for the expectation; undefined if somebody watches. */
export function missingObserver(topology: Topology, expectation: ServiceExpectation): string | undefined {
    const { target, operation, from } = expectation;
    const shards = new Set(shardsOf(topology, target, operation));
    if (shards.size === 0) {
        return target.kind === 'workload'
            ? `The workload '${target.text}' sends no ${operation}s, so nobody watches.`
            : `'${target.text}' has no shards, so there is nothing to ask.`;
    }
    const watched =
        from === undefined ||
        topology.workloads.some(
            (workload) =>
                standsIn(topology, workload.id, from) &&
                workload.demands.some(
                    (demand) =>
                        demand.operation === operation &&
                        shardsOf(topology, demand.target).some((shard) => shards.has(shard)),
                ),
        );
    return watched
        ? undefined
        : `No workload that stands there ${operation}s '${target.text}', so nobody watches. Declare one with 'workload NAME in PLACE'.`;
}

/**
 * Why a run of a scenario in which places fail for good cannot show that all went well: every client that watches a shard
 * has failed with its place. Undefined if each shard keeps an observer, or nobody in particular watches it.
 */
export function unseenBy(
    topology: Topology,
    { steps }: Pick<Scenario, 'steps'>,
    expectation: Expectation,
): string | undefined {
    if (expectation.kind !== 'service') {
        return undefined;
    }
    const { target, operation } = expectation;
    const dark = steps.flatMap(({ fault }) => placesStruck(fault));
    const audience = new Audience(topology, [target]);
    return shardsOf(topology, target, operation).every((shard) => audience.sees({ shard, operation }, { dark }))
        ? undefined
        : `All clients that ${operation} ${target.text} stand in what fails and send nothing afterwards, so nobody can tell.`;
}

function standsIn(topology: Topology, workload: WorkloadId | undefined, place: PlaceId): boolean {
    return workload !== undefined && isWithin(topology, topology.workloads[workload]?.place, place);
}
