import type { Topology } from '../topology/index.js';
import type { ClientStreamSpec } from './demands.js';
import type { TrackedOutage } from './outages.js';
import type { Outage, Run } from './result.js';
import type { TraceEvent } from './trace.js';
import { HistoryHash } from './tracelog.js';

interface Observed {
    readonly spec: ClientStreamSpec;
    readonly outages: readonly TrackedOutage[];
}

/** The outages that all observers saw, in order of time. */
export function outagesOf(topology: Topology, observed: readonly Observed[]): Outage[] {
    return observed
        .flatMap(({ spec, outages }) =>
            outages.map(({ fromMs, toMs, form, failed, sentMs }) => ({
                cluster: topology.shards[spec.shard]!.cluster,
                shard: spec.shard,
                operation: spec.operation,
                ...(spec.workload === undefined ? {} : { workload: spec.workload }),
                fromMs,
                toMs,
                form,
                failed,
                sentMs,
            })),
        )
        .sort((one, other) => one.fromMs - other.fromMs || one.shard - other.shard);
}

/** What the clients noticed, as two trace events for each outage. */
export function clientEvents(topology: Topology, observed: readonly Observed[]): TraceEvent[] {
    return observed.flatMap(({ spec, outages }) => outages.flatMap((outage) => outageEvents(topology, spec, outage)));
}

function outageEvents(topology: Topology, spec: ClientStreamSpec, outage: TrackedOutage): TraceEvent[] {
    const who = spec.workload === undefined ? 'the probe' : topology.workloads[spec.workload]!.name;
    const { cluster, name } = topology.shards[spec.shard]!;
    const what = `${spec.operation}s of ${name}`;
    const common = { kind: 'client' as const, cluster, shard: spec.shard };
    const begin = {
        ...common,
        // A client that waits long may notice only when others succeed again.
        atMs: Math.min(outage.noticedMs, outage.toMs ?? Infinity),
        text: `${who}: ${what} fail, ${outage.reason}`,
        cause: outage.cause,
    };
    if (outage.toMs === null) {
        return [begin];
    }
    const length = `${((outage.toMs - outage.fromMs) / 1000).toFixed(3)} s`;
    const how = outage.form === 'dark' ? `after ${length}` : `all again, after ${length} of failures`;
    return [begin, { ...common, atMs: outage.toMs, text: `${who}: ${what} succeed ${how}`, cause: outage.endCause }];
}

/** Digest of all that a run showed. */
export function historyHash(run: Omit<Run, 'traceHash'>): string {
    const hash = new HistoryHash();
    for (const event of run.trace) {
        hash.add(`${event.atMs} ${event.kind} ${event.cause} ${event.node} ${event.peer} ${event.shard} ${event.text}`);
    }
    // What expectations asked for is no part of the history: the same failures have the same hash, whoever looks.
    const { outages, leaders, lostWrites, staleReads, workloads, splitBrains, capacity } = run;
    return hash
        .add(JSON.stringify([outages, leaders, lostWrites, staleReads, workloads, splitBrains, capacity]))
        .toString();
}
