import type { Cause, World } from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { Followers } from '../../shared/managed/index.js';
import { acknowledgesEarly, FLUSH_EVERY_MS } from '../durability.js';

/** Commits that were acknowledged and stood in the writer's log buffer alone when it died. */
export class UnflushedCommits {
    private readonly flushed: Followers | undefined;

    constructor(
        context: EngineContext,
        private readonly world: World,
        private readonly service: ShardId,
    ) {
        if (acknowledgesEarly(context)) {
            const sinceFlush = world.stream(world.cluster.name, 'time since the last flush');
            const lags = world.faultTimes.map(() => sinceFlush.below(FLUSH_EVERY_MS));
            this.flushed = new Followers(world, {
                copies: 1,
                lagMs: (_copy, fault) => lags[fault]!,
                count: () => this.acknowledged(),
                flows: () => true,
            });
        }
    }

    start(): void {
        this.flushed?.start();
    }

    died(cause: Cause): void {
        if (this.flushed !== undefined) {
            this.world.lose(this.service, this.acknowledged() - this.flushed.wouldHave(0), cause);
        }
    }

    private acknowledged(): number {
        const { members } = this.world.cluster;
        return members.reduce(
            (sum: number, { node }: { node: NodeId }) => sum + this.world.acknowledged(this.service, node),
            0,
        );
    }
}
