import type { FailureState, LossBound } from '../../../proof/index.js';
import { listed, type NodeId, type Operation, type ShardId } from '../../../topology/index.js';
import { nodeConfig } from '../config.js';
import type { EngineContext } from '../../engine.js';
import { demanded, type Range } from '../required.js';
import { askerKey, CoordinatingRegions, type Asker } from './askers.js';

const NOTHING: LossBound = { kind: 'none' };
const WRITE: Operation = 'write';

/** Which acknowledged writes may be gone when replicas lose power together. */
export class LossRules {
    /** Of each node: how much of its commit log may not be on disk yet. */
    private readonly unsyncedMs: ReadonlyMap<NodeId, number>;
    private readonly regions: CoordinatingRegions;
    private readonly health: FailureState;

    constructor(
        private readonly context: EngineContext,
        private readonly ranges: ReadonlyMap<ShardId, Range>,
        private readonly askers: ReadonlyMap<string, readonly Asker[]>,
    ) {
        this.regions = new CoordinatingRegions(context.topology);
        this.health = { alive: new Uint8Array(context.topology.nodes.length).fill(1), failed: [] };
        this.unsyncedMs = new Map(
            context.cluster.members.map((member) => [member.node, nodeConfig(context, member).syncMs]),
        );
    }

    /**
     * A write is on as many replicas as its consistency waited for, and within moments on all. It is gone if every replica
     * that had it is without power and had not forced it to disk.
     */
    bound(shard: ShardId, state: FailureState): LossBound {
        const range = this.ranges.get(shard)!;
        const dead = range.copies.filter((node) => !state.alive[node]);
        const forgets = this.isNotDurable(shard) ? Number.POSITIVE_INFINITY : this.unsynced(dead);
        if (dead.length === 0 || forgets === 0 || !this.mayHoldAll(range, dead)) {
            return NOTHING;
        }
        const names = listed(dead.map((node) => this.context.topology.nodes[node]!.name));
        return dead.length === range.copies.length
            ? {
                  kind: 'within',
                  windowMs: forgets,
                  reason: `all copies of ${range.name} (${names}) lose power before they have forced their commit logs to disk`,
              }
            : {
                  kind: 'within',
                  windowMs: 0,
                  reason: `a write of ${range.name} that only ${names} had at that instant is not on disk yet`,
              };
    }

    /** A write survives on disk from the earliest moment on that any of its replicas had synced, so the shortest counts. */
    private unsynced(nodes: readonly NodeId[]): number {
        return Math.min(...nodes.map((node) => this.unsyncedMs.get(node) ?? 0));
    }

    private isNotDurable(shard: ShardId): boolean {
        return !this.context.boolean('durable_writes', { shard: this.context.topology.shards[shard]! });
    }

    /** Whether some writer is content with acknowledgements of dead replicas alone. */
    private mayHoldAll(range: Range, dead: readonly NodeId[]): boolean {
        return (this.askers.get(askerKey(range.shard, WRITE)) ?? []).some((asker) => {
            return this.regions.of(asker, range.nodes, this.health).some((region) => {
                const wanted = demanded(range, asker.level, WRITE, region, '');
                return (
                    wanted.kind === 'answers' &&
                    wanted.requirements.every(
                        ({ among, count }) => among.filter((node) => dead.includes(node)).length >= count,
                    )
                );
            });
        });
    }
}
