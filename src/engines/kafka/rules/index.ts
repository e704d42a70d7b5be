/** What a Kafka cluster still does, after all that it does by itself, when nodes lost power at one instant. */
import type {
    DelayBound,
    FailureState,
    Locality,
    LossBound,
    ServiceRules,
    ServiceState,
} from '../../../proof/index.js';
import {
    listed,
    setDuration,
    type Member,
    type NodeId,
    type Operation,
    type Shard,
    type ShardId,
} from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { majority } from '../../shared/checks/quorum.js';
import { FLUSH_TIME, flushTimeAssumption } from '../../shared/page-cache.js';
import { loadOf, producersOf, type Producers } from '../acknowledgement.js';
import { inSyncNeeded, unflushedMs } from '../config.js';
import { isController } from '../roles.js';
import { kafkaLocality } from './locality.js';
import { AT_ONCE, RecoveryBounds } from './recovery.js';

const SERVES: ServiceState = { serves: true };

export function rules(context: EngineContext): ServiceRules {
    return new KafkaRules(context);
}

class KafkaRules implements ServiceRules {
    /**
     * Fewer brokers mean fewer leaders, fewer in-sync replicas and fewer votes. Only the loss of a broker that is short of
     * capacity can make a failure an improvement.
     */
    readonly monotone: boolean;
    readonly locality: Locality;
    private readonly controllers: readonly NodeId[];
    private readonly members: ReadonlyMap<NodeId, Member>;
    private readonly producers: (shard: ShardId) => Producers;
    private readonly load: ReadonlyMap<ShardId, number>;
    private readonly recoveries: RecoveryBounds;

    constructor(private readonly context: EngineContext) {
        const { members } = context.cluster;
        this.monotone = members.every(({ capacity }) => capacity === undefined);
        this.controllers = members.filter(isController).map(({ node }) => node);
        this.members = new Map(members.map((member) => [member.node, member]));
        this.producers = producersOf(context);
        this.load = loadOf(context);
        this.recoveries = new RecoveryBounds(context, this.controllers);
        this.locality = kafkaLocality(this, context, this.controllers, this.load);
    }

    serves(id: ShardId, operation: Operation, state: FailureState): ServiceState {
        const shard = this.context.topology.shards[id]!;
        const needed = inSyncNeeded(this.context, shard);
        const isGated = operation === 'write' && this.producers(id).patient;
        if (isGated && needed > shard.copies.length) {
            return refuses(
                `\`min.insync.replicas\` asks for ${String(needed)} and ${shard.name} has ${String(shard.copies.length)}: before 3.7 every write with \`acks=all\` is refused then`,
            );
        }
        // Most partitions of a large cluster have lost nothing, and need nobody to decide anything.
        if (shard.copies.every((node) => state.alive[node] === 1)) {
            return SERVES;
        }
        const living = shard.copies.filter((node) => isAlive(state, node));
        if (living.length === 0) {
            return refuses(`no replica of ${shard.name} (${this.named(shard.copies)}) is left`);
        }
        if (!this.decides(state)) {
            return this.withoutControllers(shard, operation, living, state);
        }
        if (!isGated || living.length >= needed) {
            return SERVES;
        }
        return refuses(
            `${String(living.length)} of ${String(shard.copies.length)} replicas of ${shard.name} are left (${this.named(living)}) and \`min.insync.replicas\` asks for ${String(needed)}: writes with \`acks=all\` are refused`,
        );
    }

    /**
     * Each broker carries what it leads, in proportion to what the workloads send there: the one that is worst off decides. What
     * nobody leads nobody carries, which {@link serves} tells.
     */
    capacity(state: FailureState): number {
        const carried = new Map<NodeId, number>();
        let total = 0;
        for (const [id, rate] of this.load) {
            const leader = this.context.topology.shards[id]!.copies.find((node) => isAlive(state, node));
            total += rate;
            if (leader !== undefined) {
                carried.set(leader, (carried.get(leader) ?? 0) + rate);
            }
        }
        let capacity = Infinity;
        for (const [node, rate] of carried) {
            const limit = this.members.get(node)?.capacity;
            capacity = limit === undefined ? capacity : Math.min(capacity, (limit * total) / rate);
        }
        return capacity;
    }

    recovery(id: ShardId, operation: Operation, state: FailureState): DelayBound {
        const shard = this.context.topology.shards[id]!;
        const leads = isAlive(state, shard.copies[0]);
        const isComplete = shard.copies.every((node) => isAlive(state, node));
        const waitsForDead = operation === 'write' && this.producers(id).patient && !isComplete;
        return leads && !waitsForDead ? AT_ONCE : this.recoveries.of(shard, operation, leads, state);
    }

    loss(id: ShardId, state: FailureState): LossBound {
        const shard = this.context.topology.shards[id]!;
        const dead = shard.copies.filter((node) => !isAlive(state, node));
        if (dead.length === shard.copies.length) {
            return this.lossOfUnflushed(shard);
        }
        return dead[0] === shard.copies[0] && this.producers(id).hasty
            ? { kind: 'within', windowMs: this.uncopiedMs(shard), reason: this.uncopied(dead[0]!) }
            : { kind: 'none' };
    }

    /** How far an in-sync follower may be behind. */
    private uncopiedMs(shard: Shard): number {
        return 1.5 * this.context.duration('replica.lag.time.max.ms', this.at(shard.copies[0]!));
    }

    private uncopied(leader: NodeId): string {
        return `with \`acks=0\` or \`1\` ${this.nameOf(leader)} acknowledged before its followers had copied, and a follower may stay in sync for up to one and a half times \`replica.lag.time.max.ms\` without having caught up`;
    }

    /** All replicas lost power together: each disk holds what had been written to it, and any of them may lead afterwards. */
    private lossOfUnflushed(shard: Shard): LossBound {
        const unflushed = Math.max(
            ...shard.copies.map((node) => unflushedMs(this.context, shard, this.members.get(node)!)),
        );
        const isUncopied = shard.copies.length > 1 && this.producers(shard.id).hasty;
        const every = shard.copies.length === 1 ? 'the only replica' : 'every replica';
        const reason = `${every} of ${shard.name} lost power, and what was acknowledged in the last ${setDuration(unflushed)} may have stood in memory alone: Kafka forces nothing to disk sooner than \`flush.ms\` or \`log.flush.interval.ms\` says, and otherwise leaves it to the operating system`;
        return {
            kind: 'within',
            windowMs: isUncopied ? Math.max(unflushed, this.uncopiedMs(shard)) : unflushed,
            reason: isUncopied ? `${reason}; ${this.uncopied(shard.copies[0]!)}` : reason,
            ...(unflushed === this.flushMs(shard) && { assumptions: [flushTimeAssumption(unflushed)] }),
        };
    }

    /** The longest that a host keeps something in memory. */
    private flushMs(shard: Shard): number {
        const hosts = shard.copies.map((node) => ({ member: this.members.get(node)! }));
        return Math.max(...hosts.map((at) => this.context.duration(FLUSH_TIME, at)));
    }

    private withoutControllers(
        shard: Shard,
        operation: Operation,
        living: readonly NodeId[],
        state: FailureState,
    ): ServiceState {
        const left = this.controllers.filter((node) => isAlive(state, node)).length;
        const why = `${String(left)} of ${String(this.controllers.length)} controllers are left and ${String(majority(this.controllers.length))} are needed`;
        const [leader] = shard.copies;
        if (!isAlive(state, leader)) {
            return refuses(
                `${why}: nobody can take over the partitions that ${this.nameOf(leader!)} led, such as ${shard.name}`,
            );
        }
        const isBlocked = operation === 'write' && this.producers(shard.id).patient;
        return living.length === shard.copies.length || !isBlocked
            ? SERVES
            : refuses(
                  `${why}: the replicas of ${shard.name} that are gone stay in its in-sync set, and writes with \`acks=all\` wait for them`,
              );
    }

    private decides(state: FailureState): boolean {
        const left = this.controllers.filter((node) => isAlive(state, node)).length;
        return left >= majority(this.controllers.length);
    }

    private at(node: NodeId): { readonly member: Member } {
        return { member: this.members.get(node)! };
    }

    private named(nodes: readonly NodeId[]): string {
        return listed(nodes.map((node) => this.nameOf(node)));
    }

    private nameOf(node: NodeId): string {
        return this.context.topology.nodes[node]!.name;
    }
}

function refuses(reason: string): ServiceState {
    return { serves: false, reason };
}

function isAlive(state: FailureState, node: NodeId | undefined): boolean {
    return node !== undefined && state.alive[node] === 1;
}
