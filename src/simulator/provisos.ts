import type { ClusterId, NodeId, ShardId } from '../topology/index.js';
import type { ClusterBehaviour, HostChange } from './behaviour.js';
import type { Assumed, Run } from './result.js';

const BACKLOG_LOST: Assumed = {
    brief: 'what was sent to a frozen node is never answered',
    sentence:
        'What was sent to a node while it was frozen counts as never answered. A real process answers, as soon as it goes on, what its host has accepted for it: clients that wait longer than the freeze lasts would have their answers.',
};

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

    /** What befell a node's process, and how its system takes it. */
    hostChanged(
        cluster: ClusterId,
        node: NodeId,
        change: HostChange,
        behaviour: Pick<ClusterBehaviour, 'takesTimeToStart' | 'answersBacklog'>,
        atMs: number,
    ): void {
        if (change === 'started' && behaviour.takesTimeToStart?.(node) !== true) {
            this.startedAtOnce.push({ cluster, atMs });
        }
        if (change === 'unfrozen' && behaviour.answersBacklog !== true) {
            this.assume(cluster, BACKLOG_LOST);
        }
    }
}
