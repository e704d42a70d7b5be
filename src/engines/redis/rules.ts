import type {
    DelayBound,
    DelayPart,
    FailureState,
    Locality,
    LossBound,
    ServiceRules,
    ServiceState,
} from '../../proof/index.js';
import { BASE_DELAY_MS } from '../../simulator/index.js';
import {
    counted,
    listed,
    type Member,
    type NodeId,
    type Operation,
    type Shard,
    type ShardId,
} from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import { audienceOf, type Audience } from '../shared/audience.js';
import {
    CRON_MS,
    ELECTION_DELAY_MS,
    ELECTION_JITTER_MS,
    MIGRATION_DELAY_MS,
    quorum,
    redisConfig,
    type RedisConfig,
} from './config.js';
import { redisLocality } from './locality.js';
import { isOrphan, replicasInTheEnd, type Standing } from './replica-counts.js';

const SERVES: ServiceState = { serves: true };

/** A Redis Cluster after failover, when all of a failure set died at one instant. */
export function rules(context: EngineContext): ServiceRules {
    return new RedisRules(context);
}

class RedisRules implements ServiceRules {
    /**
     * More dead nodes mean fewer votes, fewer successors and more uncovered slots, never the opposite. Only a replica that
     * declares more capacity than its primary can make a failure an improvement, and one that moves away from a primary
     * that needs it for `min-replicas-to-write`.
     */
    readonly monotone: boolean;
    /** Missing where replicas that move decide: then every shard may concern every other. */
    readonly locality: Locality | undefined;
    private readonly config: RedisConfig;
    private readonly shards: readonly Shard[];
    private readonly members: ReadonlyMap<NodeId, Member>;

    constructor(private readonly context: EngineContext) {
        this.config = redisConfig(context);
        this.shards = context.cluster.shards.map((id) => context.topology.shards[id]!);
        this.members = new Map(context.cluster.members.map((member) => [member.node, member]));
        const movesMatter = this.movesMatter();
        this.monotone = new Set(context.cluster.members.map(({ capacity }) => capacity)).size <= 1 && !movesMatter;
        this.locality = movesMatter
            ? undefined
            : redisLocality(
                  this,
                  this.shards,
                  {
                      mayLead: (shard) => this.mayLead(shard, shard.copies.slice(1)),
                      hasOwner: (shard, state) => this.successor(shard, state) !== undefined,
                      takesWrites: (shard, state) => this.acceptsWrites(shard, state).serves,
                      carries: (shard, state) => this.limitOf(shard, state) * this.shards.length,
                  },
                  this.config,
              );
    }

    serves(id: ShardId, operation: Operation, state: FailureState): ServiceState {
        const shard = this.context.topology.shards[id]!;
        const voters = this.shards.filter(({ copies }) => isAlive(state, copies[0])).length;
        const needed = quorum(this.shards.length);
        const reading = operation === 'read' && this.config.readsWhenDown;
        if (voters < needed) {
            if (reading && isAlive(state, shard.copies[0])) {
                return SERVES;
            }
            return this.refuses(
                `${voters} of ${this.shards.length} primaries are left and ${needed} are needed: nobody can be promoted, and every node stops answering`,
            );
        }
        const hasOwner = (one: Shard): boolean => this.successor(one, state) !== undefined;
        const concerned = hasOwner(shard) && this.config.fullCoverage && !reading ? this.shards : [shard];
        const uncovered = concerned.find((one) => !hasOwner(one));
        if (uncovered) {
            return this.refuses(this.whyUncovered(uncovered, id, state));
        }
        return operation === 'write' ? this.acceptsWrites(shard, state) : SERVES;
    }

    /** The owners of the slots carry the load, each an even share: the weakest of them decides. */
    capacity(state: FailureState): number {
        const limits = this.shards.map((shard) => this.limitOf(shard, state));
        return limits.length === 0 ? 0 : Math.min(...limits) * limits.length;
    }

    /** Requests per second that the owner of the shard carries. What nobody owns loads nobody. */
    private limitOf(shard: Shard, state: FailureState): number {
        const owner = this.successor(shard, state);
        const member = owner === undefined ? undefined : this.members.get(owner);
        return member?.capacity ?? Number.POSITIVE_INFINITY;
    }

    recovery(id: ShardId, operation: Operation, state: FailureState): DelayBound {
        const shard = this.context.topology.shards[id]!;
        const leaderless = this.shards.filter(({ copies }) => !isAlive(state, copies[0]));
        const hit = leaderless.includes(shard);
        const stopsWithOthers = this.config.fullCoverage && !(operation === 'read' && this.config.readsWhenDown);
        const awaitsReplica = operation === 'write' && this.awaitsReplica(shard, state);
        if (!awaitsReplica && (leaderless.length === 0 || (!hit && !stopsWithOthers))) {
            return { minMs: 0, maxMs: 0, parts: [], assumptions: [] };
        }
        const timeout = this.config.nodeTimeoutMs;
        const rivals =
            leaderless.length > 1 || leaderless.some((other) => this.livingReplicas(other, state).length > 1);
        const audience = audienceOf(this.context.topology, id, operation);
        const parts: DelayPart[] = [
            { label: 'a primary suspects the dead one', minMs: timeout, maxMs: 1.5 * timeout + 2 * CRON_MS },
            { label: 'a majority of primaries agrees', minMs: 0, maxMs: timeout / 2 + 2 * CRON_MS + 2 * BASE_DELAY_MS },
            ...(leaderless.length > 0 ? ELECTION_PARTS : []),
            ...(rivals ? [undecidedRound(timeout)] : []),
            ...(awaitsReplica ? [replicasMove(this.orphans(state))] : []),
            clientsFindLeader(audience, hit),
        ];
        // A primary that lives may take its dead replicas for fresh until another one has come: then nobody notices.
        const minMs = awaitsReplica && !hit ? 0 : parts.reduce((sum, part) => sum + part.minMs, 0);
        return {
            minMs,
            maxMs: parts.reduce((sum, part) => sum + part.maxMs, 0),
            parts,
            assumptions: [
                'Every primary hears of the others’ suspicions within half a node timeout, since nodes exchange pings at least that often.',
                `A message between two nodes takes ${BASE_DELAY_MS} ms.`,
                ...(rivals ? ['At most one election round stays undecided.'] : []),
                ...(awaitsReplica ? ['A replica that moves has copied its new primary’s data at once.'] : []),
                'Clients ask another node for the new leader as soon as a try has failed.',
            ],
        };
    }

    loss(id: ShardId, state: FailureState): LossBound {
        const shard = this.context.topology.shards[id]!;
        if (isAlive(state, shard.copies[0])) {
            return { kind: 'none' };
        }
        const primary = this.nameOf(shard.copies[0]!);
        return {
            kind: 'within',
            windowMs: Number.POSITIVE_INFINITY,
            reason:
                shard.copies.length === 1
                    ? `${shard.name} has no replica: what ${primary} acknowledged comes back only with its disk, as far as it was written there`
                    : `Redis replicates asynchronously: what ${primary} acknowledged last may not have reached a replica, and nothing documents how much that is`,
        };
    }

    /** The node that owns the shard's slots in the end: its primary, or a replica that can win an election. */
    private successor(shard: Shard, state: FailureState): NodeId | undefined {
        return isAlive(state, shard.copies[0]) ? shard.copies[0] : this.electable(shard, state)[0];
    }

    private electable(shard: Shard, state: FailureState): NodeId[] {
        return this.mayLead(shard, this.livingReplicas(shard, state));
    }

    private mayLead(shard: Shard, replicas: readonly NodeId[]): NodeId[] {
        return replicas.filter(
            (node) => !this.context.boolean('cluster-replica-no-failover', { member: this.members.get(node)!, shard }),
        );
    }

    private livingReplicas(shard: Shard, state: FailureState): NodeId[] {
        return shard.copies.slice(1).filter((node) => isAlive(state, node));
    }

    private acceptsWrites(shard: Shard, state: FailureState): ServiceState {
        const owner = this.successor(shard, state)!;
        const needed = this.replicasToWrite(shard, owner);
        if (needed === 0 || this.replicasOf(shard, state, 'worst') >= needed) {
            return SERVES;
        }
        const left = this.replicasOf(shard, state, 'best');
        const does = left < needed ? 'refuses' : 'may refuse, depending on which replica moves where,';
        const replicas = left < needed ? left : this.replicasOf(shard, state, 'worst');
        return this.refuses(
            `${this.nameOf(owner)} has ${counted(replicas, 'replica')} left and \`min-replicas-to-write\` asks for ${needed}: it ${does} writes`,
        );
    }

    /** Whether a primary accepts or refuses writes by what replicas of other shards do. */
    private movesMatter(): boolean {
        const most = Math.max(0, ...this.shards.map(({ copies }) => copies.length - 1));
        const anyMoves = this.config.replicasMove && most >= 2 && most > this.config.migrationBarrier;
        return (
            anyMoves && this.shards.some((shard) => shard.copies.some((node) => this.replicasToWrite(shard, node) > 0))
        );
    }

    private replicasToWrite(shard: Shard, owner: NodeId): number {
        const member = this.members.get(owner)!;
        return this.context.number('min-replicas-to-write', { member, shard });
    }

    /** Replicas that the shard's owner has when none moves any more. */
    private replicasOf(shard: Shard, state: FailureState, choice: 'worst' | 'best'): number {
        const standings = this.standings(state);
        const about = this.shards.indexOf(shard);
        return this.config.replicasMove
            ? replicasInTheEnd(standings, about, this.config.migrationBarrier, choice)
            : standings[about]!.living;
    }

    /** Whether writes are accepted in the end because a replica moves in. */
    private awaitsReplica(shard: Shard, state: FailureState): boolean {
        const owner = this.successor(shard, state);
        const needed = owner === undefined ? 0 : this.replicasToWrite(shard, owner);
        return (
            needed > 0 &&
            this.standings(state)[this.shards.indexOf(shard)]!.living < needed &&
            this.replicasOf(shard, state, 'worst') >= needed
        );
    }

    private orphans(state: FailureState): number {
        return this.standings(state).filter((standing) => isOrphan(standing, standing.living)).length;
    }

    private standings(state: FailureState): Standing[] {
        return this.shards.map((shard) => {
            const owner = this.successor(shard, state);
            const replicas = this.livingReplicas(shard, state);
            return {
                owned: owner !== undefined,
                hadReplicas: shard.copies.length > 1,
                living: replicas.filter((node) => node !== owner).length,
                dead: shard.copies.length - 1 - replicas.length,
            };
        });
    }

    private whyUncovered(shard: Shard, asked: ShardId, state: FailureState): string {
        const nodes = shard.copies.map((node) => this.nameOf(node)).join(', ');
        const barred = this.livingReplicas(shard, state).map((node) => this.nameOf(node));
        const gone =
            barred.length === 0
                ? `no copy of ${shard.name} (${nodes}) is left that may be promoted`
                : `\`cluster-replica-no-failover\` keeps ${listed(barred)} from taking ${shard.name} over`;
        return shard.id === asked
            ? gone
            : `${gone}, and \`cluster-require-full-coverage\` stops all other shards as well`;
    }

    private refuses(reason: string): ServiceState {
        return { serves: false, reason };
    }

    private nameOf(node: NodeId): string {
        return this.context.topology.nodes[node]!.name;
    }
}

/** A try that goes to the dead primary first costs its timeout, and the next request comes a period later. */
function clientsFindLeader({ timeoutMs, periodMs }: Audience, addressMayBeDead: boolean): DelayPart {
    const tries = (addressMayBeDead ? timeoutMs : 0) + Math.ceil(periodMs);
    return { label: 'clients find the new leader', minMs: 0, maxMs: tries + 6 * BASE_DELAY_MS };
}

const ELECTION_PARTS: readonly DelayPart[] = [
    {
        label: 'the replica asks for votes',
        minMs: ELECTION_DELAY_MS,
        maxMs: ELECTION_DELAY_MS + ELECTION_JITTER_MS + 2 * CRON_MS,
    },
    { label: 'votes and announcement', minMs: 2 * BASE_DELAY_MS, maxMs: 4 * BASE_DELAY_MS },
];

/** Each of the primaries that stand alone may have to wait until those before it have been served. */
function replicasMove(orphans: number): DelayPart {
    const eachMs = MIGRATION_DELAY_MS + 3 * CRON_MS;
    return { label: 'a replica moves in', minMs: MIGRATION_DELAY_MS, maxMs: orphans * eachMs };
}

/** An election that nobody won is repeated after four node timeouts, at least four seconds. */
function undecidedRound(timeoutMs: number): DelayPart {
    const again = Math.max(4 * timeoutMs, 4000) + ELECTION_DELAY_MS + ELECTION_JITTER_MS + 2 * CRON_MS;
    return { label: 'one round without a winner', minMs: 0, maxMs: again };
}

function isAlive(state: FailureState, node: NodeId | undefined): boolean {
    return node !== undefined && state.alive[node] === 1;
}
