/** Where it is luck that no acknowledged write went with replicas that lost power. */
import type { World } from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import type { Range } from '../required.js';
import { askersOf } from '../rules/askers.js';
import { LossRules } from '../rules/loss.js';

/**
 * How much of its commit log a replica had forced to disk depends on when it did so last, and whether a write that waited for
 * few replicas was on others yet on moments that are not simulated. So a run in which nothing was lost is no promise.
 */
export class PowerLosses {
    private readonly without = new Set<NodeId>();
    private readonly fresh = new Set<NodeId>();
    private rules: LossRules | undefined;

    constructor(
        private readonly context: EngineContext,
        private readonly world: World,
        private readonly ranges: ReadonlyMap<ShardId, Range>,
    ) {}

    lost(node: NodeId): void {
        this.without.add(node);
        this.fresh.add(node);
    }

    ended(node: NodeId): void {
        this.without.delete(node);
    }

    /** Looks at all that lost power at this instant together. */
    review(): void {
        if (this.fresh.size === 0) {
            return;
        }
        const alive = new Uint8Array(this.world.topology.nodes.length).fill(1);
        this.without.forEach((node) => (alive[node] = 0));
        for (const { shard, copies } of this.ranges.values()) {
            if (copies.some((copy) => this.fresh.has(copy))) {
                this.judge(shard, alive);
            }
        }
        this.fresh.clear();
    }

    private judge(shard: ShardId, alive: Uint8Array): void {
        this.rules ??= new LossRules(this.context, this.ranges, askersOf(this.context));
        const bound = this.rules.bound(shard, { alive, failed: [] });
        if (bound.kind !== 'none') {
            this.world.mayLose(shard, bound.reason);
        }
    }
}
