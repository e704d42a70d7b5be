/** How long clients wait after nodes and zones lost power at one instant. */
import type { DelayBound, DelayPart, FailureState } from '../../proof/index.js';
import type { Operation, Shard } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import { audienceOf, type Audience } from '../shared/audience.js';
import { addressFor, delayPart, isAlive, isReplaced, namePart, type Watchers } from '../shared/managed/index.js';
import { UNDECLARED_TTL } from '../shared/ttl.js';
import { failoverDelay, replacementDelay } from './delays.js';
import { majorityOf } from './majority.js';
import { hasAutomaticFailover, isClusterMode } from './mode.js';
import type { StruckShards } from './struck.js';

type Parts = readonly DelayPart[];

/** An answer that was on its way when the primary died still arrives. */
const ON_ITS_WAY_MS = 8;
/** Clients that know the nodes look at one that failed them this often; see "Request" in the language. */
const BACKGROUND_CHECK_MS = 10_000;

export class RecoveryBounds {
    readonly replicasNeeded: number;
    private readonly clusterMode: boolean;
    private readonly automatic: boolean;
    private readonly fullCoverage: boolean;
    private readonly readsWhenDown: boolean;

    constructor(
        private readonly context: EngineContext,
        private readonly shards: readonly Shard[],
        private readonly struck: StruckShards,
        private readonly watchers: Watchers,
    ) {
        this.clusterMode = isClusterMode(context);
        this.automatic = hasAutomaticFailover(context);
        this.fullCoverage = context.boolean('cluster-require-full-coverage');
        this.readsWhenDown = context.boolean('cluster-allow-reads-when-down');
        const counts = context.duration('min-replicas-max-lag') > 0;
        this.replicasNeeded = counts ? context.number('min-replicas-to-write') : 0;
    }

    of(shard: Shard, operation: Operation, state: FailureState): DelayBound {
        const audience = audienceOf(this.context.topology, shard.id, operation);
        const asksPrimary = this.watchers.askLeader(shard.id, operation);
        const own = asksPrimary ? this.untilPrimary(shard, state) : [];
        const ways = [
            asksPrimary ? [...this.withReplicas(shard, operation, state, own)] : [],
            operation === 'read' && this.watchers.readReplicas(shard.id)
                ? this.clusterMode
                    ? this.untilKnownReplicas(shard, state, audience)
                    : this.untilReplicas(shard, state)
                : [],
            this.untilClusterAnswers(operation, state),
        ];
        const parts = ways.reduce((one, other) => (longest(other) > longest(one) ? other : one));
        if (parts.length === 0) {
            return { minMs: 0, maxMs: 0, parts, assumptions: [] };
        }
        const all = [...parts, ...this.clientsFindIt(own), audience.part];
        const soonest = own.reduce((most, { minMs }) => Math.max(most, minMs), 0);
        return {
            minMs: audience.leastPatienceMs < soonest ? Math.max(0, soonest - ON_ITS_WAY_MS) : 0,
            maxMs: longest(all),
            parts: all,
            assumptions: this.assumptions(all, state),
        };
    }

    /** Until the shard has a primary again. */
    private untilPrimary({ copies }: Shard, state: FailureState): Parts {
        if (isAlive(state, copies[0]!)) {
            return [];
        }
        const failover = delayPart('ElastiCache promotes a replica', failoverDelay(this.context.cluster));
        if (this.automatic && copies.some((node) => isAlive(state, node))) {
            return [failover];
        }
        const replaced = isReplaced(this.context.topology, state, copies[0]!);
        return [this.replacement(), ...(replaced ? [] : [failover])];
    }

    /** Until a primary has the replicas that it is told to wait for. */
    private withReplicas({ copies }: Shard, operation: Operation, state: FailureState, own: Parts): Parts {
        const living = copies.filter((node) => isAlive(state, node)).length;
        const waits = operation === 'write' && this.replicasNeeded > 0 && living - 1 < this.replicasNeeded;
        return waits
            ? [...own, { ...this.replacement(), label: 'ElastiCache creates the missing replicas', minMs: 0 }]
            : own;
    }

    /** Until those find a node that are content with any, behind the reader address. */
    private untilReplicas(shard: Shard, state: FailureState): Parts {
        const { copies } = shard;
        const readers = copies.length > 1 ? copies.slice(1) : copies;
        if (readers.every((node) => isAlive(state, node))) {
            return [];
        }
        return [
            delayPart('ElastiCache takes dead replicas out of the address', failoverDelay(this.context.cluster)),
            ...(copies.some((node) => isAlive(state, node)) ? [] : [this.replacement()]),
            ...(readers.some((node) => isAlive(state, node)) ? [] : this.untilPrimary(shard, state)),
            ...namePart('clients look the replicas up again', addressFor(this.context.cluster, 'readers')),
        ];
    }

    /** The same for clients that know the nodes: they pass over for a while every one that has failed them. */
    private untilKnownReplicas({ copies }: Shard, state: FailureState, audience: Audience): Parts {
        const living = copies.filter((node) => isAlive(state, node)).length;
        const stopped = this.untilClusterAnswers('read', state);
        const created = living === 0 ? [this.replacement()] : [];
        const darkness = longest(created) > longest(stopped) ? created : stopped;
        if (living === copies.length && darkness.length === 0) {
            return [];
        }
        const each = copies.length * (audience.timeoutMs + Math.ceil(audience.periodMs));
        const passedOver = darkness.length === 0 ? 0 : BACKGROUND_CHECK_MS;
        return [...darkness, { label: 'nodes that failed are tried again', minMs: 0, maxMs: each + passedOver }];
    }

    /** With cluster mode enabled the failure of other shards can stop this one until they have primaries again. */
    private untilClusterAnswers(operation: Operation, state: FailureState): Parts {
        if (!this.clusterMode || (operation === 'read' && this.readsWhenDown)) {
            return [];
        }
        const hit = this.hitIn(state);
        const noMajority = this.shards.length - hit.length < majorityOf(this.shards.length);
        if (!noMajority && !this.fullCoverage) {
            return [];
        }
        return hit
            .map((shard) => this.untilPrimary(shard, state))
            .map((parts) => parts.map((part) => ({ ...part, minMs: 0 })))
            .reduce((one, other) => (longest(other) > longest(one) ? other : one), []);
    }

    /** A client that knows the nodes asks another as soon as one has failed it; a name is looked up again in time. */
    private clientsFindIt(own: Parts): Parts {
        if (own.length === 0) {
            return [];
        }
        return this.clusterMode
            ? [{ label: 'redirection to the new primary', minMs: 0, maxMs: ON_ITS_WAY_MS }]
            : namePart('clients look the primary up again', addressFor(this.context.cluster, 'leader'));
    }

    /** Shards whose primary died. */
    private hitIn(state: FailureState): readonly Shard[] {
        return this.struck.by(state).filter(({ copies }) => !isAlive(state, copies[0]!));
    }

    private replacement(): DelayPart {
        return delayPart('ElastiCache creates a node anew', replacementDelay(this.context.cluster));
    }

    private assumptions(parts: Parts, state: FailureState): readonly string[] {
        const { cluster } = this.context;
        const voteless =
            this.clusterMode && this.shards.length - this.hitIn(state).length < majorityOf(this.shards.length);
        const cached = !this.clusterMode && !addressFor(cluster, 'leader').ttlDeclared;
        return [
            ...(cluster.assumptions.length > 0 ? ['Failovers and new nodes take as long as the file assumes.'] : []),
            ...(parts.some(({ maxMs }) => maxMs === Infinity)
                ? ['AWS documents how long failovers and new nodes usually take, not how long at most.']
                : []),
            ...(voteless
                ? [
                      'Where no majority of the primaries is left to vote, AWS promotes replicas itself, in the same time.',
                  ]
                : []),
            ...(cached ? [UNDECLARED_TTL] : []),
            'A new node copies its primary in no time.',
        ];
    }
}

function longest(parts: Parts): number {
    return parts.reduce((sum, { maxMs }) => sum + maxMs, 0);
}
