/** What an Aurora cluster still does after instances and zones lost power at one instant. */
import {
    localityWithin,
    type DelayBound,
    type DelayPart,
    type FailureState,
    type Locality,
    type LossBound,
    type ServiceRules,
    type ServiceState,
} from '../../proof/index.js';
import type { Cluster, NodeId, Operation, Shard, ShardId, ZoneId } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import { audienceOf } from '../shared/audience.js';
import {
    addressFor,
    capacityOf,
    carriedMix,
    delayPart,
    isAlive,
    isReplaced,
    namePart,
    promotionLoss,
    watchersOf,
    worseLoss,
} from '../shared/managed/index.js';
import { primariesOf } from '../shared/replications.js';
import { UNDECLARED_TTL } from '../shared/ttl.js';
import { failoverDelay, replacementDelay } from './delays.js';
import { acknowledgesEarly } from './durability.js';
import { tierOf } from './promotion.js';
import { READ_QUORUM, SEGMENTS, SEGMENTS_IN_ZONE, storageZones, WRITE_QUORUM } from './volume.js';

const SERVES: ServiceState = { serves: true };
/** An answer that was on its way when the writer died still arrives. */
const ON_ITS_WAY_MS = 8;

export function rules(context: EngineContext): ServiceRules {
    return new AuroraRules(context);
}

class AuroraRules implements ServiceRules {
    readonly monotone: boolean;
    readonly locality: Locality;
    private readonly cluster: Cluster;
    private readonly service: Shard;
    private readonly storage: readonly ZoneId[];
    private readonly primary: string | undefined;
    /** No member declares what it carries. */
    private readonly unlimited: boolean;

    constructor(private readonly context: EngineContext) {
        this.cluster = context.cluster;
        this.service = context.topology.shards[context.cluster.shards[0]!]!;
        this.storage = storageZones(context.topology, context.cluster);
        this.primary = primariesOf(context)[0]?.cluster.name;
        this.unlimited = context.cluster.members.every((member) => capacityOf(member) === Infinity);
        this.monotone = new Set(context.cluster.members.map(({ capacity }) => capacity)).size <= 1;
        const nodes = [...new Set([...this.service.copies, ...this.cluster.members.map(({ node }) => node)])];
        this.locality = localityWithin(this, { nodes });
    }

    serves(_shard: ShardId, operation: Operation, state: FailureState): ServiceState {
        if (operation === 'write' && this.primary !== undefined) {
            return refuses(
                `${this.cluster.name} is a copy of ${this.primary} and takes no writes until somebody promotes it`,
            );
        }
        const copies = this.copiesLeft(state);
        const needed = operation === 'write' ? WRITE_QUORUM : READ_QUORUM;
        if (copies < needed) {
            return refuses(`${copies} of ${SEGMENTS} copies of the data are left, and a ${operation} needs ${needed}`);
        }
        if (this.service.copies.every((node) => !isAlive(state, node) && !this.isReplaced(state, node))) {
            return refuses(
                'All its instances are without power, and Aurora creates them anew in their own zones only: somebody has to create one in another',
            );
        }
        return SERVES;
    }

    capacity(state: FailureState): number {
        if (this.unlimited) {
            return Infinity;
        }
        const up = this.cluster.members.filter(({ node }) => isAlive(state, node) || this.isReplaced(state, node));
        const heirs = this.heirs(state);
        const writers = up.filter(({ node }) => heirs.includes(node));
        const [writer] = writers.toSorted((one, other) => capacityOf(one) - capacityOf(other));
        return writer === undefined
            ? 0
            : carriedMix(this.context.topology, this.cluster.id, {
                  leader: capacityOf(writer),
                  followers: up.filter((member) => member !== writer).map(capacityOf),
              });
    }

    recovery(shard: ShardId, operation: Operation, state: FailureState): DelayBound {
        const watchers = watchersOf(this.context.topology);
        const asked = watchers.askLeader(shard, operation);
        // In a copy of another Region every read is spread.
        const spread = operation === 'read' && this.primary !== undefined;
        const reads = operation === 'read' && watchers.readReplicas(shard);
        const atWriter = asked && !spread ? this.untilWriter(state) : [];
        const atReaders = reads || (asked && spread) ? this.untilReaders(state) : [];
        const parts = longest(atWriter) >= longest(atReaders) ? atWriter : atReaders;
        if (parts.length === 0) {
            return { minMs: 0, maxMs: 0, parts: [], assumptions: [] };
        }
        const audience = audienceOf(this.context.topology, shard, operation);
        const soonest = atWriter.reduce((most, { minMs }) => Math.max(most, minMs), 0);
        const all = [...parts, audience.part];
        return {
            minMs: audience.leastPatienceMs < soonest ? Math.max(0, soonest - ON_ITS_WAY_MS) : 0,
            maxMs: longest(all),
            parts: all,
            assumptions: this.assumptions(all),
        };
    }

    loss(shard: ShardId, state: FailureState): LossBound {
        const own = this.lossWithin(state);
        return this.serves(shard, 'write', state).serves ? own : worseLoss(own, promotionLoss(this.context));
    }

    /** As long as nobody promotes a copy in another Region. */
    private lossWithin(state: FailureState): LossBound {
        if (isAlive(state, this.writer) || !acknowledgesEarly(this.context)) {
            return { kind: 'none' };
        }
        return {
            kind: 'within',
            windowMs: Infinity,
            reason: '`innodb_flush_log_at_trx_commit` lets the writer acknowledge what stands in its own memory alone; it is written about once a second, and nothing bounds that',
        };
    }

    private get writer(): NodeId {
        return this.service.copies[0]!;
    }

    /** What those wait for who ask the writer. */
    private untilWriter(state: FailureState): readonly DelayPart[] {
        if (isAlive(state, this.writer)) {
            return [];
        }
        const failover = delayPart('Aurora promotes a reader and moves the address', failoverDelay(this.cluster));
        const address = namePart('clients look the writer up again', addressFor(this.cluster, 'leader'));
        if (this.service.copies.some((node) => isAlive(state, node))) {
            return [failover, ...address];
        }
        return [this.replacement(), ...(this.isReplaced(state, this.writer) ? [] : [failover]), ...address];
    }

    /** What those wait for who ask the readers: a dead one stays in the address until it is taken out. */
    private untilReaders(state: FailureState): readonly DelayPart[] {
        const { copies } = this.service;
        const readers = copies.length > 1 && this.primary === undefined ? copies.slice(1) : copies;
        if (readers.every((node) => isAlive(state, node))) {
            return [];
        }
        return [
            delayPart('Aurora takes dead readers out of the address', failoverDelay(this.cluster)),
            ...(copies.some((node) => isAlive(state, node)) ? [] : [this.replacement()]),
            ...(readers.some((node) => isAlive(state, node)) ? [] : this.untilWriter(state)),
            ...namePart('clients look the readers up again', addressFor(this.cluster, 'readers')),
        ];
    }

    private replacement(): DelayPart {
        return delayPart('Aurora creates an instance anew', replacementDelay(this.cluster));
    }

    private assumptions(parts: readonly DelayPart[]): readonly string[] {
        const declared = this.cluster.assumptions.length > 0;
        const address = [addressFor(this.cluster, 'leader'), addressFor(this.cluster, 'readers')];
        return [
            ...(declared ? ['Failovers and new instances take as long as the file assumes.'] : []),
            ...(parts.some(({ maxMs }) => maxMs === Infinity)
                ? ['AWS documents how long failovers and new instances usually take, not how long at most.']
                : []),
            ...(address.every(({ ttlDeclared }) => ttlDeclared) ? [] : [UNDECLARED_TTL]),
            'Aurora promotes a reader whenever there is one; where it restarts the writer in place, that is faster.',
        ];
    }

    private heirs(state: FailureState): readonly NodeId[] {
        const { copies } = this.service;
        const living = copies.filter((node) => isAlive(state, node));
        if (isAlive(state, this.writer) || (living.length === 0 && this.isReplaced(state, this.writer))) {
            return [this.writer];
        }
        const candidates = living.length > 0 ? living : copies.filter((node) => this.isReplaced(state, node));
        const tiers = new Map(this.cluster.members.map((member) => [member.node, tierOf(member)]));
        const lowest = Math.min(...candidates.map((node) => tiers.get(node)!));
        return candidates.filter((node) => tiers.get(node) === lowest);
    }

    private copiesLeft(state: FailureState): number {
        const dark = this.storage.filter((zone) => (state.dark ?? []).some((place) => this.covers(place, zone)));
        return SEGMENTS - SEGMENTS_IN_ZONE * dark.length;
    }

    private covers(place: NonNullable<FailureState['dark']>[number], zone: ZoneId): boolean {
        return place.kind === 'zone' ? place.zone === zone : this.context.topology.zones[zone]!.region === place.region;
    }

    private isReplaced(state: FailureState, node: NodeId): boolean {
        return isReplaced(this.context.topology, state, node);
    }
}

function longest(parts: readonly DelayPart[]): number {
    return parts.reduce((sum, { maxMs }) => sum + maxMs, 0);
}

function refuses(reason: string): ServiceState {
    return { serves: false, reason };
}
