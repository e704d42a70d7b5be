import type { Cause } from '../../../simulator/index.js';
import { type NodeId, type Operation } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { isClusterMode } from '../mode.js';
import type { Watch } from '../../shared/managed/index.js';
import { majorityOf } from '../majority.js';
import type { CacheShard } from './cache-shard.js';

interface Refusal {
    readonly reason: string;
    readonly cause: Cause;
}

/** With cluster mode enabled: whether nodes answer at all, by the primaries that they hold for failed. */
export class ClusterState {
    private readonly applies: boolean;
    private readonly fullCoverage: boolean;
    private readonly readsWhenDown: boolean;

    constructor(
        context: EngineContext,
        private readonly watch: Watch,
        private readonly shards: readonly CacheShard[],
    ) {
        this.applies = isClusterMode(context);
        this.fullCoverage = context.boolean('cluster-require-full-coverage');
        this.readsWhenDown = context.boolean('cluster-allow-reads-when-down');
    }

    /** Why a node does not serve; undefined if it does. */
    refusal(node: NodeId, operation: Operation): Refusal | undefined {
        if (!this.applies || (operation === 'read' && this.readsWhenDown)) {
            return undefined;
        }
        const failed = this.shards.filter(({ leader }) => leader.heldFailedBy !== undefined);
        const [first] = failed;
        const reason = first === undefined ? undefined : this.reason(node, failed.length, first.title);
        return reason === undefined
            ? undefined
            : { reason, cause: Math.max(...failed.map(({ leader }) => leader.heldFailedBy ?? -1)) };
    }

    private reason(node: NodeId, failed: number, first: string): string | undefined {
        const left = this.shards.length - failed;
        if (left < majorityOf(this.shards.length)) {
            return `finds ${left} of ${this.shards.length} primaries, which is no majority`;
        }
        if (!this.watch.sees(node)) {
            return 'is cut off from the majority of the primaries';
        }
        return this.fullCoverage ? `has no owner for the slots of ${first}` : undefined;
    }
}
