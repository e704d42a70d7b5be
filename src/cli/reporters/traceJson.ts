import type { ScenarioResult } from '../../analysis/index.js';
import type { TraceEvent, TraceKind } from '../../simulator/index.js';
import type { Scenario, Topology } from '../../topology/index.js';
import { placeOf, type Place, type Sources } from '../input/sources.js';

/** The full event log that `simulate --trace FILE` writes. */
export interface TraceReport {
    readonly version: 1;
    readonly scenario: string;
    readonly runs: readonly {
        readonly seed: number;
        readonly traceHash: string;
        readonly trace: readonly TraceEntry[];
    }[];
}

interface TraceEntry {
    readonly atMs: number;
    readonly kind: TraceKind;
    readonly text: string;
    /** Index in `trace` of the event that led to this one; null for what nothing in the log caused. */
    readonly cause: number | null;
    readonly cluster?: string;
    readonly node?: string;
    readonly peer?: string;
    /** Path of the shard under its cluster. */
    readonly shard?: string;
    readonly source?: Place;
}

export function traceJson(
    scenario: Scenario,
    results: readonly ScenarioResult[],
    topology: Topology,
    sources: Sources,
): TraceReport {
    return {
        version: 1,
        scenario: scenario.name,
        runs: results.map(({ run }) => ({
            seed: run.seed,
            traceHash: run.traceHash,
            trace: run.trace.map((event) => traceEntry(event, topology, sources)),
        })),
    };
}

function traceEntry(event: TraceEvent, { clusters, nodes, shards }: Topology, sources: Sources): TraceEntry {
    const named = <T>(id: number | undefined, list: readonly T[]): T | undefined => (id === undefined ? id : list[id]);
    return {
        atMs: event.atMs,
        kind: event.kind,
        text: event.text,
        cause: event.cause < 0 ? null : event.cause,
        cluster: named(event.cluster, clusters)?.name,
        node: named(event.node, nodes)?.qualifiedName,
        peer: named(event.peer, nodes)?.qualifiedName,
        shard: named(event.shard, shards)?.name,
        source: event.source && placeOf(event.source, sources),
    };
}
