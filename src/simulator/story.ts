import type { ClusterId, Topology } from '../topology/index.js';
import type { ClusterBehaviour } from './behaviour.js';
import type { ClientStreamSpec } from './demands.js';
import type { TrackedOutage } from './outages.js';
import type { Outage, Run } from './result.js';
import type { TraceEvent } from './trace.js';
import { HistoryHash } from './tracelog.js';

interface Observed {
    readonly spec: ClientStreamSpec;
    readonly outages: readonly TrackedOutage[];
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
    observed: readonly Observed[],
    copies: Copies,
    firstFaultMs: number,
): Outage[] {
    return observed
        .flatMap(({ spec, outages }) =>
            outages.map((outage) => {
                const { cluster } = topology.shards[spec.shard]!;
                const { fromMs, toMs, form, failed, sentMs } = outage;
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
                    failed,
                    sentMs,
                    ...(copyOf !== undefined && { copyOf }),
                    ...(fromStart && { fromStart }),
                };
            }),
        )
        .sort((one, other) => one.fromMs - other.fromMs || one.shard - other.shard);
}

/** A workload that writes to a copy is served badly; the probe merely asks what nobody else asks. */
function copiedBy(
    cluster: ClusterId,
    { operation, workload }: ClientStreamSpec,
    { fromMs }: TrackedOutage,
    copies: Copies,
): ClusterId | undefined {
    return operation === 'write' && workload === undefined && fromMs === 0 ? copies[cluster] : undefined;
}

/** What the clients noticed, as two trace events for each outage. */
export function clientEvents(
    topology: Topology,
    observed: readonly Observed[],
    copies: Copies,
    trace: readonly TraceEvent[],
): TraceEvent[] {
    return observed.flatMap(({ spec, outages }) =>
        outages.flatMap((outage, index) => {
            const isLuck = hadBegun(outages[index + 1], outage, trace);
            return outageEvents(topology, spec, { ...outage, isLuck }, copies);
        }),
    );
}

/** Whether what makes the next requests fail had happened before these were over: then they succeeded by chance. */
function hadBegun(next: TrackedOutage | undefined, { overMs }: TrackedOutage, trace: readonly TraceEvent[]): boolean {
    const begun = trace[next?.cause ?? -1];
    return begun !== undefined && overMs !== null && begun.atMs <= overMs;
}

interface ToldOutage extends TrackedOutage {
    /** Requests fail again for a reason that was there all along. */
    readonly isLuck: boolean;
}

function outageEvents(topology: Topology, spec: ClientStreamSpec, outage: ToldOutage, copies: Copies): TraceEvent[] {
    const { cluster, name } = topology.shards[spec.shard]!;
    const copied = topology.clusters[copiedBy(cluster, spec, outage, copies) ?? -1];
    const common = { kind: 'client' as const, cluster, shard: spec.shard };
    const { begins, ends } = copied ? refusal(name, copied.name) : failure(topology, name, spec, outage);
    const begin = {
        ...common,
        // A client that waits long may notice only when others succeed again.
        atMs: Math.min(outage.noticedMs, outage.overMs ?? Infinity),
        text: begins,
        cause: outage.cause,
    };
    return outage.overMs === null
        ? [begin]
        : [begin, { ...common, atMs: outage.overMs, text: ends, cause: outage.endCause }];
}

interface Wording {
    readonly begins: string;
    readonly ends: string;
}

function refusal(copy: string, copied: string): Wording {
    return {
        begins: `${copy} takes no writes as long as it is a copy of ${copied}`,
        ends: `the probe: writes of ${copy} succeed`,
    };
}

function failure(topology: Topology, shard: string, spec: ClientStreamSpec, outage: ToldOutage): Wording {
    const who = spec.workload === undefined ? 'the probe' : topology.workloads[spec.workload]!.name;
    const what = `${who}: ${spec.operation}s of ${shard}`;
    const length = `${(((outage.toMs ?? 0) - outage.fromMs) / 1000).toFixed(3)} s`;
    const lasted = outage.form === 'dark' ? `after ${length}` : `after ${length} of failures`;
    const again = outage.form === 'dark' ? lasted : `all again, ${lasted}`;
    return {
        begins: `${what} fail, ${outage.reason}`,
        ends: `${what} succeed ${outage.isLuck ? `for now, ${lasted}` : again}`,
    };
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
        .add(
            JSON.stringify(
                [outages, leaders, lostWrites, staleReads, workloads, splitBrains, capacity],
                withoutFromStart,
            ),
        )
        .toString();
}

function withoutFromStart(key: string, value: unknown): unknown {
    return key === 'fromStart' ? undefined : value;
}
