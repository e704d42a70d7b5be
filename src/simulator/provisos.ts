import type { ClusterId, ShardId, Topology } from '../topology/index.js';
import type { Assumed, Run } from './result.js';

/** What a run takes for granted, as it goes on. */
export class Provisos {
    readonly assumptions: NonNullable<Run['assumptions']>[number][] = [];
    readonly mayHaveLost: NonNullable<Run['mayHaveLost']>[number][] = [];
    readonly startedAtOnce: NonNullable<Run['startedAtOnce']>[number][] = [];

    constructor(private readonly topology: Topology) {}

    assume(cluster: ClusterId, assumption: Assumed): void {
        if (!this.assumptions.some((known) => known.cluster === cluster && known.brief === assumption.brief)) {
            this.assumptions.push({ cluster, ...assumption });
        }
    }

    /** The first reason counts: one is enough. */
    mayLose(shard: ShardId, reason: string): void {
        const { cluster } = this.topology.shards[shard]!;
        if (!this.mayHaveLost.some((known) => known.cluster === cluster)) {
            this.mayHaveLost.push({ cluster, reason });
        }
    }

    started(cluster: ClusterId, atMs: number): void {
        this.startedAtOnce.push({ cluster, atMs });
    }
}
