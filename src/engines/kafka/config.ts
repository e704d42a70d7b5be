/** What decides how a cluster fails, read once. Durations in milliseconds. */
import { BASE_DELAY_MS } from '../../simulator/index.js';
import type { Member, Shard } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import { FLUSH_TIME } from '../shared/page-cache.js';
import { isSince } from '../version.js';

export interface KafkaConfig {
    readonly sessionMs: number;
    readonly heartbeatMs: number;
    /** How long a broker tries to register before it ends itself. */
    readonly registrationMs: number;
    /**
     * How often the active controller looks for brokers whose session has ended: eight times in a session from 4.0 on
     * (QuorumController.java), at the very end of a session before.
     */
    readonly fenceCheckMs: number | undefined;
    readonly eligibleLeaderReplicas: boolean;
    /** How often leadership goes back to preferred leaders; undefined: never. */
    readonly rebalanceMs: number | undefined;
    readonly quorum: QuorumConfig;
    /** The longest way, one way, on which fetches of the metadata and heartbeats are still answered in time. */
    readonly slowestToControllersMs: number;
    /** The same for fetches of replicas: a follower is held against what its leader had at the fetch before. */
    readonly slowestFetchMs: number;
}

export interface QuorumConfig {
    readonly fetchTimeoutMs: number;
    readonly electionTimeoutMs: number;
    readonly maximumBackoffMs: number;
    /** Whether a controller asks if it could win before it begins a new epoch (KIP-996, from 4.0). */
    readonly preVote: boolean;
    /** Whether a leader that a majority no longer fetches from resigns (KAFKA-15489, from 3.7). */
    readonly checkQuorum: boolean;
}

/** Of brokers that are to be fenced at once one follows the other after this time (PeriodicTask.java). */
export const NEXT_FENCE_MS = 10;
/** `replica.fetch.wait.max.ms` of the controllers' own log is fixed: a fetch that finds nothing new is answered after this time. */
export const QUORUM_FETCH_WAIT_MS = 500;
/** A leader without the fetches of a majority for so many fetch timeouts resigns (LeaderState.java). */
export const CHECK_QUORUM_FACTOR = 1.5;

/** A change of the metadata reaches a majority, comes into force, and is fetched by a broker. */
export const METADATA_MS = 4 * BASE_DELAY_MS;

export function kafkaConfig(context: EngineContext): KafkaConfig {
    const sessionMs = context.duration('broker.session.timeout.ms');
    const heartbeatMs = context.duration('broker.heartbeat.interval.ms');
    const fetchTimeoutMs = context.duration('controller.quorum.fetch.timeout.ms');
    const since = (version: string): boolean => isSince(context.version, version);
    return {
        sessionMs,
        heartbeatMs,
        registrationMs: context.duration('initial.broker.registration.timeout.ms'),
        fenceCheckMs: since('4.0') ? Math.max(1, Math.floor(sessionMs / 8)) : undefined,
        eligibleLeaderReplicas: since('4.0') && context.number('eligible.leader.replicas.version') >= 1,
        rebalanceMs: context.boolean('auto.leader.rebalance.enable')
            ? context.duration('leader.imbalance.check.interval.seconds')
            : undefined,
        quorum: {
            fetchTimeoutMs,
            electionTimeoutMs: context.duration('controller.quorum.election.timeout.ms'),
            maximumBackoffMs: context.duration('controller.quorum.election.backoff.max.ms'),
            preVote: since('4.0'),
            checkQuorum: since('3.7'),
        },
        slowestToControllersMs: Math.min(fetchTimeoutMs - QUORUM_FETCH_WAIT_MS, sessionMs - heartbeatMs) / 2,
        slowestFetchMs: context.duration('replica.lag.time.max.ms') / 4,
    };
}

/**
 * How many in-sync replicas a write with `acks=all` needs: from 3.7 on never more than there are replicas (KAFKA-15583), before
 * that as many as are asked for.
 */
export function inSyncNeeded(context: EngineContext, shard: Shard): number {
    const asked = context.number('min.insync.replicas', { shard });
    return capsInSync(context) ? Math.min(asked, shard.copies.length) : asked;
}

export function capsInSync({ version }: EngineContext): boolean {
    return isSince(version, '3.7');
}

/** How long a write may stay in memory alone, in ms: until Kafka or the operating system writes it to disk. */
export function unflushedMs(context: EngineContext, shard: Shard, member: Member): number {
    return Math.min(forcedMs(context, shard, member), context.duration(FLUSH_TIME, { member }));
}

/** How long until Kafka itself forces a write to disk; Infinity: it leaves that to the operating system. */
function forcedMs(context: EngineContext, shard: Shard, member: Member): number {
    if (context.written('flush.ms', { shard }) !== undefined) {
        return context.duration('flush.ms', { shard });
    }
    return context.written('log.flush.interval.ms', { member }) === undefined
        ? Infinity
        : context.duration('log.flush.interval.ms', { member });
}
