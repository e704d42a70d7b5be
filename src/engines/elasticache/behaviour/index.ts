/** An ElastiCache cluster during one run. */
import type {
    Attempt,
    AttemptContext,
    Cause,
    ClusterBehaviour,
    HostChange,
    Steadiness,
    StreamContext,
    World,
} from '../../../simulator/index.js';
import type { Fault, NodeId, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import {
    anyConnected,
    GlobalCopy,
    presence,
    Replacements,
    Watch,
    writePeriodsMs,
    type Supersedable,
} from '../../shared/managed/index.js';
import { primariesOf } from '../../shared/replications.js';
import { askServer } from '../../shared/simulation/index.js';
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

class ElastiCacheBehaviour implements ClusterBehaviour, Supersedable {
    private readonly watch: Watch;
    private readonly shards: ReadonlyMap<ShardId, CacheShard>;
    private readonly writeEveryMs: ReadonlyMap<ShardId, number>;
    private readonly state: ClusterState;
    private readonly access: Access;
    private readonly replacements: Replacements;
    /** Set while the cluster began as a copy of another Region's. */
    private readonly copy: GlobalCopy | undefined;
    private readonly lagMs: number;
    private superseded: { readonly canBeTold: () => boolean; readonly cause: Cause } | undefined;
    private retired = false;

    constructor(
        context: EngineContext,
        private readonly world: World,
    ) {
        const { cluster, topology } = context;
        this.watch = new Watch(world);
        const shards = cluster.shards.map((id) => {
            const shard = topology.shards[id]!;
            return new CacheShard(context, world, this.watch, shard, () => this.review(-1));
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
        this.replacements = new Replacements(world, replacementDelay(cluster), 'A new node', (node) =>
            shards.some(({ leader }) => leader.node === node && leader.isDeciding),
        );
        this.lagMs = context.duration('ReplicationLag');
        this.copy = this.asCopy(context);
        const look = world.handler(() => this.review(-1));
        // A zone may regain power without a word to any node.
        new Set(world.faultTimes).forEach((time) => world.schedule(time, look));
    }

    start(): void {
        this.shards.forEach((shard) => shard.start(this.copy !== undefined));
        this.copy?.start();
        this.world.changed();
    }

    hostChanged(node: NodeId, change: HostChange, cause: Cause): void {
        const createdByAws = this.replacements.creating === node;
        for (const shard of this.shards.values()) {
            if (shard.shard.copies.includes(node)) {
                shard.hostChanged(node, change, createdByAws, cause);
            }
        }
        this.review(cause);
    }

    networkChanged(cause: Cause): void {
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

    promote(cause: Cause): void {
        this.copy?.promote(cause);
    }

    switchover(to: NodeId, cause: Cause): void {
        this.shards.forEach(({ leader }) => leader.switchover(to, cause));
    }

    supersede(canBeTold: () => boolean, cause: Cause): boolean {
        if (this.superseded !== undefined) {
            return false;
        }
        this.superseded = { canBeTold, cause };
        this.review(cause);
        return true;
    }

    finish(): void {
        this.shards.forEach(({ history }) => history.finish());
        this.copy?.finish();
    }

    unsupported(fault: Fault): string | undefined {
        return fault.kind === 'promote' && fault.cluster === this.world.cluster.id && this.copy === undefined
            ? 'it is no copy of another cluster that could be promoted.'
            : undefined;
    }

    private get isReadOnly(): boolean {
        return this.retired || this.copy?.isCopy === true;
    }

    private review(cause: Cause): void {
        if (!this.retired && this.superseded?.canBeTold() === true) {
            this.retired = true;
            const told = this.superseded.cause;
            this.shards.forEach(({ leader }) => leader.deactivate(told));
        }
        this.shards.forEach((shard) => shard.review(cause));
        this.access.review();
        this.replacements.review();
        this.copy?.review();
        this.world.changed();
    }

    private asCopy(context: EngineContext): GlobalCopy | undefined {
        const [primary] = primariesOf(context);
        if (primary === undefined) {
            return undefined;
        }
        const { world } = this;
        const own = presence(world, context.cluster);
        const senders = primary.cluster.members.map(({ node }) => node);
        return new GlobalCopy(world, primary.replication, primary.cluster, failoverDelay(context.cluster), {
            flows: () => anyConnected(world, senders, own),
            activate: (cause) => this.activate(cause),
        });
    }

    /** All shards together, or none. */
    private activate(cause: Cause): boolean {
        const leaders = [...this.shards.values()].map(({ leader }) => leader);
        return leaders.every(({ canActivate }) => canActivate) && leaders.every((leader) => leader.activate(cause));
    }

    private ask(request: StreamContext, node: NodeId): Attempt {
        const { world } = this;
        const answer = askServer(world, request.client, node, 0, world.lastFault(node));
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
            return { outcome: 'error', node, afterMs, reason: `${this.nameOf(node)} is read-only` };
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

    private indexOf(shard: ShardId): number {
        return this.world.cluster.shards.indexOf(shard);
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.name;
    }
}
