/** What came of the faults of a run, as opposed to what was so before them. */
import type { Outage, Run } from '../../simulator/index.js';
import type { ClusterId } from '../../topology/index.js';

/** The outages without those of operations that had never succeeded: of a copy that takes no writes, or failing from the start. */
export function damageOf({ outages }: Run): readonly Outage[] {
    return outages.filter(({ copyOf, fromStart }) => copyOf === undefined && fromStart !== true);
}

/** What failed before anything was done and never since; that a copy takes no writes is none. */
export function failingFromStart({ outages }: Run): readonly Outage[] {
    return outages.filter(({ copyOf, fromStart }) => copyOf === undefined && fromStart === true);
}

interface Staleness {
    /** Stale reads of clusters where they are no more frequent than before the first fault do not count. */
    readonly count: number;
    /** Of these, the ones before the first fault. */
    readonly before: number;
    /** Clusters whose reads were stale before the first fault, and after it no more often. */
    readonly asBefore: readonly ClusterId[];
}

/** Arrivals are random: so much more often is as often. */
const AS_OFTEN = 1.1;

export function stalenessOf(run: Run): Staleness {
    const firstMs = run.faults[0]?.atMs ?? run.untilMs;
    const clusters = [...new Set(run.staleReads.map(({ cluster }) => cluster))].map((cluster) => {
        const entries = run.staleReads.filter((each) => each.cluster === cluster);
        const shards = new Set(entries.map(({ shard }) => shard));
        const count = sum(entries);
        const before = sum(run.staleBefore?.filter(({ shard }) => shards.has(shard)) ?? []);
        const usual = (before / firstMs) * (run.untilMs - firstMs) * AS_OFTEN;
        return { cluster, count, before, asBefore: before > 0 && count - before <= usual };
    });
    const more = clusters.filter(({ asBefore }) => !asBefore);
    return {
        count: sum(more),
        before: more.reduce((all, { before }) => all + before, 0),
        asBefore: clusters.filter(({ asBefore }) => asBefore).map(({ cluster }) => cluster),
    };
}

function sum(entries: readonly { readonly count: number }[]): number {
    return entries.reduce((all, { count }) => all + count, 0);
}
