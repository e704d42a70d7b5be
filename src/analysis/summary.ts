/** The outages of many runs in a few figures. */
import type { Outage, Run } from '../simulator/index.js';
import type { Operation, Topology } from '../topology/index.js';

/** Outages of one shard and operation over all runs and observers. Durations are of those that ended. */
export interface OutageSummary {
    readonly cluster: string;
    readonly shard: string;
    readonly op: Operation;
    /** Outages in all, whether they ended or not. */
    readonly n: number;
    readonly minMs: number | null;
    readonly medianMs: number | null;
    readonly p95Ms: number | null;
    readonly maxMs: number | null;
    readonly neverRecovered: number;
}

/**
 * One entry for each shard and operation that had an outage, in order of declaration, reads before writes. That a copy of another
 * cluster takes no writes before it is promoted is none.
 */
export function summarise(topology: Topology, runs: readonly Run[]): readonly OutageSummary[] {
    const groups = new Map<string, Outage[]>();
    const all = runs.flatMap((run) => run.outages).filter(({ copyOf }) => copyOf === undefined);
    for (const outage of all) {
        const key = `${String(outage.shard)} ${outage.operation}`;
        groups.set(key, [...(groups.get(key) ?? []), outage]);
    }
    const ordered = [...groups.values()].sort(byShardAndOperation);
    return ordered.flatMap((outages) => (outages[0] === undefined ? [] : [summaryOf(topology, outages[0], outages)]));
}

function byShardAndOperation([one]: readonly Outage[], [other]: readonly Outage[]): number {
    if (one === undefined || other === undefined) {
        return 0;
    }
    return one.shard - other.shard || one.operation.localeCompare(other.operation);
}

function summaryOf(
    topology: Topology,
    { cluster, shard, operation }: Outage,
    outages: readonly Outage[],
): OutageSummary {
    const lengths = outages.flatMap(({ fromMs, toMs }) => (toMs === null ? [] : [toMs - fromMs])).sort((a, b) => a - b);
    return {
        cluster: topology.clusters[cluster]?.name ?? '',
        shard: topology.shards[shard]?.name ?? '',
        op: operation,
        n: outages.length,
        minMs: lengths[0] ?? null,
        medianMs: median(lengths),
        p95Ms: percentile(lengths, 0.95),
        maxMs: lengths.at(-1) ?? null,
        neverRecovered: outages.length - lengths.length,
    };
}

/** The middle of a sorted list, or the mean of its two middles; null for an empty one. */
export function median(sorted: readonly number[]): number | null {
    const middle = sorted.length / 2;
    const upper = sorted[Math.floor(middle)];
    const lower = sorted[Math.ceil(middle) - 1];
    return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

/** The smallest value that at least this share of a sorted list does not exceed (nearest rank); null for an empty one. */
export function percentile(sorted: readonly number[], share: number): number | null {
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
