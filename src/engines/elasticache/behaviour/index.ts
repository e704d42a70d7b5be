/** An ElastiCache cluster during one run. */
import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    HostChange,
    Point,
    Steadiness,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import type { Cluster, NodeId, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { ManagedCluster, Replacements, writePeriodsMs } from '../../shared/managed/index.js';
import { failoverDelay, replacementDelay } from '../delays.js';
import { isClusterMode } from '../mode.js';
import type { Access } from './access.js';
import { CacheShard } from './cache-shard.js';
import { ClusterState } from './cluster-state.js';
import { Discovery } from './discovery.js';
import { NamedAccess } from './named-access.js';

export function behaviour(context: EngineContext, world: World): ClusterBehaviour {
    return new ElastiCacheBehaviour(context, world);
}

class ElastiCacheBehaviour extends ManagedCluster implements ClusterBehaviour {
    readonly lacks = {
        drain: 'ElastiCache has no such order.',
    };
    private readonly shards: ReadonlyMap<ShardId, CacheShard>;
    private readonly writeEveryMs: ReadonlyMap<ShardId, number>;
    private readonly state: ClusterState;
    private readonly access: Access;
    private readonly replacements: Replacements;
    private readonly lagMs: number;

    constructor(context: EngineContext, world: World) {
        const { cluster, topology } = context;
        super(context, world, 'ElastiCache', failoverDelay(cluster));
        const shards = cluster.shards.map((id) => {
            const shard = topology.shards[id]!;
            return new CacheShard(context, world, this.watch, shard, {
                changed: () => this.review(-1),
                primaries: () => this.primariesInSight(),
            });
        });
        this.shards = new Map(shards.map((each) => [each.shard.id, each]));
        this.writeEveryMs = writePeriodsMs(topology);
        this.state = new ClusterState(context, this.watch, shards);
        const ask = (request: StreamContext, node: NodeId): Attempt => this.ask(request, node);
        const [first] = shards;
        this.access =
            isClusterMode(context) || first === undefined
                ? new Discovery(world, this.shards, ask)
                : new NamedAccess(world, this.watch, first, ask);
        this.replacements = new Replacements(
            world,
            this.watch,
            replacementDelay(cluster),
            (node) => `A new node is ready in the place of ${this.nameOf(node)}, ${this.partOf(node)}`,
            (node) => shards.some(({ leader }) => leader.node === node && leader.isDeciding),
        );
        this.lagMs = context.duration('ReplicationLag');
    }

    start(): void {
        this.shards.forEach((shard) => shard.start(this.copy !== undefined));
        this.copy?.start();
        this.world.changed();
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        const createdByAws = this.replacements.creating === node;
        if (change === 'started' && !createdByAws) {
            const text = `${this.nameOf(node)} is back, ${this.partOf(node)}`;
            this.world.record({ kind: 'recovery', text, cause, node, belief: this.watch.healthy(node) });
        }
        for (const shard of this.shards.values()) {
            if (shard.shard.copies.includes(node)) {
                shard.hostChanged(node, change, createdByAws, cause);
            }
        }
        this.review(cause);
    }

    attempt(context: AttemptContext): Attempt {
        return this.access.attempt(context);
    }

    steadiness(context: StreamContext): Steadiness {
        return this.isReadOnly && this.copy?.isAboutToMiss(this.indexOf(context.shard)) === true
            ? { kind: 'varies' }
            : this.access.steadiness(context);
    }

    leaders(shard: ShardId): readonly NodeId[] {
        return this.shards.get(shard)!.leader.leaders();
    }

    serving(node: NodeId): boolean {
        return this.world.reach(this.world.outside, node) === 'open';
    }

    fullyReplicated(shards: readonly ShardId[]): boolean {
        return shards.every((id) => {
            const { shard, history } = this.shards.get(id)!;
            return shard.copies.every((node) => this.watch.sees(node) && !history.isCutOff(node));
        });
    }

    switchover(to: NodeId, cause: Cause): void {
        this.shards.forEach(({ leader }) => leader.switchover(to, cause));
    }

    finish(): void {
        this.shards.forEach(({ history }) => history.finish(this.isSuperseded));
        this.copy?.finish();
    }

    protected override review(cause: Cause): void {
        this.watch.review();
        this.reviewSuccession();
        this.shards.forEach((shard) => shard.review(cause));
        this.access.review();
        this.replacements.review();
        this.copy?.review();
        this.world.changed();
    }

    /** All shards together, or none. */
    protected override activate(cause: Cause): boolean {
        const leaders = [...this.shards.values()].map(({ leader }) => leader);
        return leaders.every(({ canActivate }) => canActivate) && leaders.every((leader) => leader.activate(cause));
    }

    protected override retire(cause: Cause): void {
        this.shards.forEach(({ leader }) => leader.deactivate(cause));
    }

    /** The nodes themselves send what they hold. */
    protected override senders({ members }: Cluster): readonly Point[] {
        return members.map(({ node }) => node);
    }

    private ask(request: StreamContext, node: NodeId): Attempt {
        const answer = this.answerOf(node, request.client);
        if (answer.outcome !== 'ok') {
            return answer;
        }
        const { afterMs } = answer;
        const { leader, history, gate } = this.shards.get(request.shard)!;
        const refusal = this.state.refusal(node, request.operation);
        if (refusal !== undefined) {
            return {
                outcome: 'error',
                node,
                afterMs,
                reason: `${this.nameOf(node)} ${refusal.reason}`,
                cause: refusal.cause,
            };
        }
        if (request.operation === 'read') {
            return { ...answer, ...(this.isStale(request.shard, node) && { stale: true }) };
        }
        if (!leader.acts(node)) {
            const { withheldBy: cause } = leader;
            const reason = `${this.nameOf(node)} is read-only`;
            return { outcome: 'error', node, afterMs, reason, ...(cause !== undefined && { cause }) };
        }
        if (gate.refuses) {
            return { outcome: 'error', node, afterMs, reason: `${this.nameOf(node)} answers NOREPLICAS` };
        }
        return history.waitsForLog && !history.reachesLog(node)
            ? { outcome: 'hang', node, reason: `${this.nameOf(node)} does not reach the log` }
            : answer;
    }

    /** A replica lags while writes come, the primary of a copy of another Region as well. */
    private isStale(shard: ShardId, node: NodeId): boolean {
        const every = this.writeEveryMs.get(shard) ?? Infinity;
        if (this.isReadOnly) {
            return this.copy?.isBehind(this.indexOf(shard), every) ?? false;
        }
        const { leader, history } = this.shards.get(shard)!;
        if (leader.node === node) {
            return false;
        }
        return history.isCutOff(node)
            ? history.missingAt(node) > 0
            : this.lagMs >= every && this.world.process(leader.node) === 'running';
    }

    private partOf(node: NodeId): string {
        const own = [...this.shards.values()].find(({ shard }) => shard.copies.includes(node));
        return own?.partOf(node, this.replacements.creating === node) ?? 'with no shard to hold';
    }

    /** Of all shards: those that lead and that a majority of the network reaches. */
    private primariesInSight(): readonly NodeId[] {
        return [...this.shards.values()].flatMap(({ leader }) =>
            leader.acts(leader.node) && this.watch.sees(leader.node) ? [leader.node] : [],
        );
    }

    private indexOf(shard: ShardId): number {
        return this.world.cluster.shards.indexOf(shard);
    }
}
