/** One shard (node group): its primary, and what its nodes hold. */
import type { Cause, HostChange, World } from '../../../simulator/index.js';
import { counted, type NodeId, type Shard } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { ManagedLeader, type LeaderPolicy, type Watch } from '../../shared/managed/index.js';
import { failoverDelay } from '../delays.js';
import { hasAutomaticFailover, isClusterMode } from '../mode.js';
import { History } from './history.js';
import { WriteGate } from './write-gate.js';

const ONLY = 'it is the only replica left';

export class CacheShard {
    readonly leader: ManagedLeader;
    readonly history: History;
    readonly gate: WriteGate;

    constructor(
        context: EngineContext,
        private readonly world: World,
        watch: Watch,
        readonly shard: Shard,
        changed: () => void,
    ) {
        const primary = (): NodeId => this.leader.node;
        this.history = new History(context, world, shard, primary);
        this.leader = new ManagedLeader(world, watch, shard, this.policy(context), changed);
        this.gate = new WriteGate(context, world, shard, this.history, primary);
    }

    start(passive: boolean): void {
        this.leader.start(passive);
        this.history.start();
    }

    hostChanged(node: NodeId, change: HostChange, createdByAws: boolean, cause: Cause): void {
        if (change === 'started' && node === this.leader.node) {
            this.history.restarted(node, createdByAws, cause);
        } else if (change === 'started') {
            this.history.emptied(node);
        } else if ((change === 'failed' || change === 'crashed' || change === 'stopped') && node !== this.leader.node) {
            this.history.demoted(node);
        }
        this.leader.hostChanged(node, change);
    }

    review(cause: Cause): void {
        // What replicas hold is fixed before another leads.
        this.history.review();
        this.leader.review(cause);
        this.history.review();
        this.gate.review();
    }

    /** Least lag first: the replica that holds most. */
    private policy(context: EngineContext): LeaderPolicy {
        const ties = this.world.stream(`${context.cluster.name}.${this.shard.name}`, 'equal replicas');
        return {
            provider: 'ElastiCache',
            title: 'primary',
            delay: failoverDelay(context.cluster),
            automatic: hasAutomaticFailover(context),
            // Without a majority of the primaries in sight a node refuses requests; alone in its shard it knows no other.
            fenced: isClusterMode(context),
            peersAgree: isClusterMode(context),
            leadsCopies: true,
            eligible: () => true,
            heir: (candidates) => {
                const most = Math.max(...candidates.map((node) => this.history.reachedBy(node)));
                const best = candidates.filter((node) => this.history.reachedBy(node) === most);
                const among = best.length > 1 ? `, as ${counted(best.length - 1, 'other')} did` : '';
                const why = candidates.length > 1 ? `of the replicas left it lagged least${among}` : ONLY;
                return { node: best[ties.below(best.length)]!, why };
            },
            promoted: (to, from, cause) => this.history.promoted(to, from, cause),
            demoted: (node) => this.history.demoted(node),
        };
    }
}
