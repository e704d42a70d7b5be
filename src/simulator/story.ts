import type { ClusterId, Topology } from '../topology/index.js';
import type { ClusterBehaviour } from './behaviour.js';
import { TOO_LATE } from './client-stream.js';
import type { ClientStreamSpec } from './demands.js';
import type { TrackedOutage } from './outages.js';
import type { IfWaiting, Outage, Run } from './result.js';
import { HistoryHash } from './tracelog.js';

interface Observed {
    readonly spec: ClientStreamSpec;
    readonly outages: readonly TrackedOutage[];
}

interface Watched extends Observed {
    readonly ifWaiting?: IfWaiting<TrackedOutage>;
}

/** By cluster: the one that it was a copy of when the run began, and took no writes for that reason. */
export type Copies = readonly (ClusterId | undefined)[];

export function copiesAmong(behaviours: readonly ClusterBehaviour[]): Copies {
    return behaviours.map((behaviour) => behaviour.copyOf?.());
}

export function dataNotModelled(behaviours: readonly ClusterBehaviour[]): NonNullable<Run['dataNotModelled']> {
    return behaviours.flatMap(({ dataNotModelled: reason }, cluster) =>
        reason === undefined ? [] : [{ cluster, reason }],
    );
}

/** The outages that all observers saw, in order of time. `firstFaultMs`: Infinity if nothing is done. */
export function outagesOf(
    topology: Topology,
    observed: readonly Watched[],
    copies: Copies,
    firstFaultMs: number,
): Pick<Run, 'outages' | 'outagesIfWaiting'> {
    const list = (outages: (each: Watched) => readonly TrackedOutage[]): Outage[] =>
        listedOutages(
            topology,
            observed.map((each) => ({ spec: each.spec, outages: outages(each) })),
            copies,
            firstFaultMs,
        );
    return {
        outages: list(({ outages }) => outages),
        ...(observed.some(({ ifWaiting }) => ifWaiting !== undefined) && {
            outagesIfWaiting: {
                succeed: list(({ outages, ifWaiting }) => ifWaiting?.succeed ?? outages),
                fail: list(({ outages, ifWaiting }) => ifWaiting?.fail ?? outages),
            },
        }),
    };
}

function listedOutages(
    topology: Topology,
    observed: readonly Observed[],
    copies: Copies,
    firstFaultMs: number,
): Outage[] {
    return observed
        .flatMap(({ spec, outages }) =>
            outages.map((outage) => {
                const { cluster } = topology.shards[spec.shard]!;
                const { fromMs, toMs, form, failed, sentMs, silentMs } = outage;
                const copyOf = copiedBy(cluster, spec, outage, copies);
                const fromStart = fromMs === 0 && form === 'dark' && outage.noticedMs < firstFaultMs;
                return {
                    cluster,
                    shard: spec.shard,
                    operation: spec.operation,
                    ...(spec.workload === undefined ? {} : { workload: spec.workload }),
                    fromMs,
                    toMs,
                    form,
                    ...(form === 'degraded' && { silentMs }),
                    failed,
                    sentMs,
                    ...(copyOf !== undefined && { copyOf }),
                    ...(fromStart && { fromStart }),
                    ...(outage.isPending && { isPending: true as const }),
                    ...(outage.reason === TOO_LATE && { isLate: true as const }),
                };
            }),
        )
        .sort((one, other) => one.fromMs - other.fromMs || one.shard - other.shard);
}

/** A workload that writes to a copy is served badly; the probe merely asks what nobody else asks. */
export function copiedBy(
    cluster: ClusterId,
    { operation, workload }: ClientStreamSpec,
    { fromMs }: TrackedOutage,
    copies: Copies,
): ClusterId | undefined {
    return operation === 'write' && workload === undefined && fromMs === 0 ? copies[cluster] : undefined;
}

/** Digest of all that a run showed. */
export function historyHash(run: Omit<Run, 'traceHash'>): string {
    const hash = new HistoryHash();
    for (const event of run.trace) {
        hash.add(`${event.atMs} ${event.kind} ${event.cause} ${event.node} ${event.peer} ${event.shard} ${event.text}`);
    }
    // What expectations asked for is no part of the history: the same failures have the same hash, whoever looks. Nor is what
    // is only another way to say it.
    const { outages, leaders, lostWrites, staleReads, workloads, splitBrains, capacity } = run;
    return hash
        .add(JSON.stringify([outages, leaders, lostWrites, staleReads, workloads, splitBrains, capacity], whatHappened))
        .toString();
}

const SAID_OTHERWISE = new Set(['fromStart', 'isLate', 'idle', 'silentMs', 'waiting', 'isPending', 'stale']);

function whatHappened(key: string, value: unknown): unknown {
    return SAID_OTHERWISE.has(key) ? undefined : value;
}
