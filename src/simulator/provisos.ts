import type { ClusterId, ShardId } from '../topology/index.js';
import type { Assumed, Run } from './result.js';

/** What a run takes for granted, as it goes on. */
export class Provisos {
    readonly assumptions: NonNullable<Run['assumptions']>[number][] = [];
    readonly mayHaveLost: NonNullable<Run['mayHaveLost']>[number][] = [];
    readonly mayBeStale: NonNullable<Run['mayBeStale']>[number][] = [];
    readonly startedAtOnce: NonNullable<Run['startedAtOnce']>[number][] = [];

    /** Shards of which it is known that they may have lost writes. */
    private readonly known = new Set<ShardId>();

    get told(): Pick<Run, 'assumptions' | 'mayHaveLost' | 'mayBeStale' | 'startedAtOnce'> {
        const { assumptions, mayHaveLost, mayBeStale, startedAtOnce } = this;
        return { assumptions, mayHaveLost, mayBeStale, startedAtOnce };
    }

    assume(cluster: ClusterId, assumption: Assumed): void {
        if (!this.assumptions.some((known) => known.cluster === cluster && known.brief === assumption.brief)) {
            this.assumptions.push({ cluster, ...assumption });
        }
    }

    /** The first reason counts: one is enough. */
    mayLose(shard: ShardId, reason: string): void {
        if (!this.known.has(shard)) {
            this.known.add(shard);
            this.mayHaveLost.push({ shard, reason });
        }
    }

    started(cluster: ClusterId, atMs: number): void {
        this.startedAtOnce.push({ cluster, atMs });
    }
}
