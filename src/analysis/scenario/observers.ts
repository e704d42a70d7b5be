/** Whose requests count for an expectation about reads or writes. */
import { shardsOf } from '../../proof/index.js';
import type { Observer } from '../../simulator/index.js';
import type { Expectation, Operation, PlaceId, ShardId, Target, Topology, WorkloadId } from '../../topology/index.js';

export type ServiceExpectation = Expectation & { readonly kind: 'service' };

/** The probe asks each shard every 20 ms. */
const PROBE_PERIOD_MS = 20;

/** Shards that a target stands for; for a workload, those that it asks. */
export function targetShards(topology: Topology, target: Target, operation?: Operation): ReadonlySet<ShardId> {
    if (target.kind !== 'workload') {
        return new Set(shardsOf(topology, target));
    }
    const demands = topology.workloads[target.workload]?.demands ?? [];
    return new Set(
        demands
            .filter((demand) => operation === undefined || demand.operation === operation)
            .flatMap((demand) => shardsOf(topology, demand.target)),
    );
}

/** Whether what this observer saw counts for the expectation. */
export function counts(topology: Topology, expectation: ServiceExpectation, observer: Observer): boolean {
    const { target, operation, from } = expectation;
    return (
        observer.operation === operation &&
        (target.kind !== 'workload' || observer.workload === target.workload) &&
        (from === undefined || standsIn(topology, observer.workload, from)) &&
        targetShards(topology, target, operation).has(observer.shard)
    );
}

/** Why nobody can answer for the expectation; undefined if somebody watches. */
export function missingObserver(topology: Topology, expectation: ServiceExpectation): string | undefined {
    const { target, operation, from } = expectation;
    const shards = targetShards(topology, target, operation);
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

function standsIn(topology: Topology, workload: WorkloadId | undefined, place: PlaceId): boolean {
    const own = workload === undefined ? undefined : topology.workloads[workload]?.place;
    if (own === undefined) {
        return false;
    }
    if (place.kind === 'zone') {
        return own.kind === 'zone' && own.zone === place.zone;
    }
    return own.kind === 'region' ? own.region === place.region : topology.zones[own.zone]?.region === place.region;
}

/** The time between two requests of an observer to its shard, in milliseconds; the longest if it has several demands. */
export function observerPeriod(topology: Topology, observer: Observer): number {
    if (observer.workload === undefined) {
        return PROBE_PERIOD_MS;
    }
    const demands = topology.workloads[observer.workload]?.demands ?? [];
    const periods = demands
        .filter((demand) => demand.operation === observer.operation)
        .map((demand) => ({ demand, shards: shardsOf(topology, demand.target) }))
        .filter(({ shards }) => shards.includes(observer.shard))
        .map(({ demand, shards }) => (1_000 / demand.rate) * shards.length);
    return Math.max(0, ...periods);
}
