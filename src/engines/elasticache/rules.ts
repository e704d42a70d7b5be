/** What an ElastiCache cluster still does after nodes and zones lost power at one instant. */
import type { DelayBound, FailureState, Locality, LossBound, ServiceRules, ServiceState } from '../../proof/index.js';
import {
    counted,
    setDuration,
    type Member,
    type NodeId,
    type Operation,
    type Shard,
    type ShardId,
} from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import {
    capacityOf,
    carriedMix,
    isAlive,
    isReplaced,
    promotionLoss,
    watchersOf,
    worseLoss,
    type Watchers,
} from '../shared/managed/index.js';
import { primariesOf, secondariesOf } from '../shared/replications.js';
import { LOG_LAG_MS } from './delays.js';
import { elasticacheLocality } from './locality.js';
import { majorityOf } from './majority.js';
import { hasAutomaticFailover, isClusterMode, isDurable } from './mode.js';
import { RecoveryBounds } from './recovery.js';
import { StruckShards } from './struck.js';

const SERVES: ServiceState = { serves: true };
/** Every node is without power. */
const NOBODY = new Uint8Array(0);

export function rules(context: EngineContext): ServiceRules {
    return new ElastiCacheRules(context);
}

class ElastiCacheRules implements ServiceRules {
    readonly monotone: boolean;
    readonly locality: Locality;
    private readonly shards: readonly Shard[];
    private readonly struck: StruckShards;
    /** No member declares what it carries. */
    private readonly unlimited: boolean;
    private readonly members: ReadonlyMap<NodeId, Member>;
    private readonly automatic: boolean;
    private readonly clusterMode: boolean;
    private readonly fullCoverage: boolean;
    private readonly readsWhenDown: boolean;
    private readonly watchers: Watchers;
    private readonly bounds: RecoveryBounds;
    private readonly primary: string | undefined;

    constructor(private readonly context: EngineContext) {
        const { cluster, topology } = context;
        this.shards = cluster.shards.map((id) => topology.shards[id]!);
        this.struck = new StruckShards(this.shards);
        this.unlimited = cluster.members.every((member) => capacityOf(member) === Infinity);
        this.members = new Map(cluster.members.map((member) => [member.node, member]));
        this.automatic = hasAutomaticFailover(context);
        this.clusterMode = isClusterMode(context);
        this.fullCoverage = context.boolean('cluster-require-full-coverage');
        this.readsWhenDown = context.boolean('cluster-allow-reads-when-down');
        this.watchers = watchersOf(topology);
        this.bounds = new RecoveryBounds(context, this.shards, this.struck, this.watchers);
        this.primary = primariesOf(context)[0]?.cluster.name;
        this.monotone = new Set(cluster.members.map(({ capacity }) => capacity)).size <= 1;
        this.locality = elasticacheLocality(this.shards, {
            answers: (shard, operation, state) => this.answers(shard, operation, state).serves,
            isOpen: (operation, state) => this.stopped(operation, state) === undefined,
            carries: this.unlimited ? undefined : (shard, state) => this.carriedBy(shard, state) * this.shards.length,
            isCopied: secondariesOf(context).length > 0,
            comesBack: (node, state) => this.isReplaced({ ...state, alive: NOBODY }, node),
        });
    }

    serves(id: ShardId, operation: Operation, state: FailureState): ServiceState {
        const own = this.answers(this.context.topology.shards[id]!, operation, state);
        return own.serves ? (this.stopped(operation, state) ?? SERVES) : own;
    }

    /** Whether the shard itself has what the operation takes. */
    private answers(shard: Shard, operation: Operation, state: FailureState): ServiceState {
        if (operation === 'write' && this.primary !== undefined) {
            const { name } = this.context.cluster;
            return refuses(`${name} is a copy of ${this.primary} and takes no writes until somebody promotes it`);
        }
        const anyCopy = operation === 'read' && this.watchers.readReplicasOnly(shard.id);
        if (anyCopy ? shard.copies.every((node) => !this.isUp(state, node)) : !this.hasPrimary(shard, state)) {
            return refuses(this.whyWithout(shard, state));
        }
        return operation === 'write' ? this.accepts(shard, state) : SERVES;
    }

    /** Each shard carries an even share: the weakest of them decides. */
    capacity(state: FailureState): number {
        if (this.unlimited) {
            return Infinity;
        }
        const carried = this.shards.map((shard) => this.carriedBy(shard, state));
        return carried.length === 0 ? 0 : Math.min(...carried) * carried.length;
    }

    private carriedBy(shard: Shard, state: FailureState): number {
        const heirs = this.heirs(shard, state);
        const up = shard.copies.filter((node) => this.isUp(state, node));
        const [leader] = heirs.toSorted((one, other) => this.capacityAt(one) - this.capacityAt(other));
        return carriedMix(this.context.topology, this.context.cluster.id, {
            // What nobody leads loads nobody but the readers.
            leader: leader === undefined ? Infinity : this.capacityAt(leader),
            followers: up.filter((node) => node !== leader).map((node) => this.capacityAt(node)),
        });
    }

    recovery(id: ShardId, operation: Operation, state: FailureState): DelayBound {
        return this.bounds.of(this.context.topology.shards[id]!, operation, state);
    }

    loss(id: ShardId, state: FailureState): LossBound {
        const own = this.lossWithin(id, state);
        return this.serves(id, 'write', state).serves ? own : worseLoss(own, promotionLoss(this.context));
    }

    /** As long as nobody promotes a copy in another Region. */
    private lossWithin(id: ShardId, state: FailureState): LossBound {
        const { copies, name } = this.context.topology.shards[id]!;
        const durability = this.context.text('durability');
        if (isAlive(state, copies[0]!) || durability === 'sync') {
            return { kind: 'none' };
        }
        if (isDurable(this.context)) {
            const reason = '`durability = async` answers before the log has a write, which may take 10 seconds';
            return { kind: 'within', windowMs: LOG_LAG_MS, reason };
        }
        const primary = this.context.topology.nodes[copies[0]!]!.name;
        const lagMs = this.declaredLagMs();
        return copies.some((node) => isAlive(state, node))
            ? {
                  kind: 'within',
                  windowMs: lagMs,
                  reason: `Replicas follow asynchronously: what ${primary} acknowledged last may not have reached the one that is promoted`,
                  ...(Number.isFinite(lagMs) && {
                      assumptions: [
                          `No replica is more than ${setDuration(lagMs)} behind, as \`ReplicationLag\` says.`,
                      ],
                  }),
              }
            : {
                  kind: 'within',
                  windowMs: Infinity,
                  reason: `No node of ${name} is left, and new ones begin empty`,
              };
    }

    /** Nothing documents how far replicas are behind: only a figure of the file bounds it. */
    private declaredLagMs(): number {
        return this.context.written('ReplicationLag') === undefined
            ? Infinity
            : this.context.duration('ReplicationLag');
    }

    /** Cluster mode enabled: why nodes do not answer whatever is asked; undefined if they do. */
    private stopped(operation: Operation, state: FailureState): ServiceState | undefined {
        if (!this.clusterMode || (operation === 'read' && this.readsWhenDown)) {
            return undefined;
        }
        const lost = this.struck.by(state).filter((shard) => !this.hasPrimary(shard, state));
        const left = this.shards.length - lost.length;
        const needed = majorityOf(this.shards.length);
        if (left < needed) {
            return refuses(
                `${left} of ${this.shards.length} shards have a primary in the end and ${needed} are needed: every node stops answering`,
            );
        }
        const [first] = this.fullCoverage ? lost : [];
        return first === undefined
            ? undefined
            : refuses(
                  `${this.whyWithout(first, state)}, and \`cluster-require-full-coverage\` stops all other shards as well`,
              );
    }

    private accepts({ copies }: Shard, state: FailureState): ServiceState {
        const needed = this.bounds.replicasNeeded;
        const replicas = copies.filter((node) => this.isUp(state, node)).length - 1;
        return replicas >= needed
            ? SERVES
            : refuses(
                  `A primary has ${counted(replicas, 'replica')} and \`min-replicas-to-write\` asks for ${needed}: it refuses writes`,
              );
    }

    private hasPrimary(shard: Shard, state: FailureState): boolean {
        return this.heirs(shard, state).length > 0;
    }

    /** Nodes of which one is the primary in the end. */
    private heirs({ copies }: Shard, state: FailureState): readonly NodeId[] {
        const first = copies[0]!;
        const living = copies.filter((node) => isAlive(state, node));
        if (isAlive(state, first) || !this.automatic) {
            return this.isUp(state, first) ? [first] : [];
        }
        return living.length > 0 ? living : copies.filter((node) => this.isReplaced(state, node));
    }

    private whyWithout({ name, copies }: Shard, state: FailureState): string {
        const primary = this.context.topology.nodes[copies[0]!]!.name;
        return copies.some((node) => isAlive(state, node))
            ? `${primary} is without power with its zone, and no replica is promoted without automatic failover`
            : `No node of ${name} is left, and new ones come only when their zone is back`;
    }

    private isUp(state: FailureState, node: NodeId): boolean {
        return isAlive(state, node) || this.isReplaced(state, node);
    }

    private isReplaced(state: FailureState, node: NodeId): boolean {
        return isReplaced(this.context.topology, state, node);
    }

    private capacityAt(node: NodeId): number {
        const member = this.members.get(node);
        return member === undefined ? 0 : capacityOf(member);
    }
}

function refuses(reason: string): ServiceState {
    return { serves: false, reason };
}
