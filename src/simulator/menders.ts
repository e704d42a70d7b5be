import { isControlPlane, type NodeId, type ShardId, type Topology } from '../topology/index.js';
import type { Cause } from './behaviour.js';
import type { Blame } from './blame.js';
import type { TraceEvent, TraceKind } from './trace.js';

/** Finds in a finished trace what ended a failure, where whoever answers again has nothing to tell. */
export class Menders {
    constructor(
        private readonly topology: Topology,
        private readonly trace: readonly TraceEvent[],
        private readonly blame: Pick<Blame, 'struckBy'>,
    ) {}

    instantOf(cause: Cause): number {
        return this.trace[cause]?.atMs ?? 0;
    }

    mayMend(cause: Cause): boolean {
        return mayMend(this.trace[cause]?.kind);
    }

    /**
     * The last event within these times that is about the shard, or about whom was struck by the fault which led to
     * the failure's cause; -1 if there is none.
     */
    lastBetween(shard: ShardId, cause: Cause, fromMs: number, toMs: number): Cause {
        const struck = this.blame.struckBy(this.faultBehind(cause));
        const { cluster } = this.topology.shards[shard]!;
        let index = this.trace.length - 1;
        while (index > cause && this.instantOf(index) > toMs) {
            index--;
        }
        for (; index > cause && this.instantOf(index) >= fromMs; index--) {
            const event = this.trace[index]!;
            const about =
                event.kind === 'fault'
                    ? [...this.blame.struckBy(index)]
                    : event.cluster === cluster
                      ? this.nodesOf(event, shard)
                      : [];
            const isAbout = event.shard === shard || about.some((node) => node !== undefined && struck.has(node));
            if (isAbout && this.mayMend(index)) {
                return index;
            }
        }
        return -1;
    }

    /** Whom the event is about; what is told of another shard says nothing about this one. */
    private nodesOf({ node, peer, shard }: TraceEvent, asked: ShardId): readonly (NodeId | undefined)[] {
        const other = shard === undefined || shard === asked ? undefined : this.topology.shards[shard];
        return other === undefined || isControlPlane(this.topology, other) ? [node, peer] : [];
    }

    private faultBehind(cause: Cause): Cause {
        const before = this.trace[cause]?.cause ?? -1;
        return before < 0 ? cause : this.faultBehind(before);
    }
}

/** A doubt mends nothing, and neither does a loss. */
export function mayMend(kind: TraceKind | undefined): boolean {
    return kind !== 'suspicion' && kind !== 'loss';
}
