import type { EngineContext } from '../engine.js';

/** Factors that are constants in the server's source. */
export const FAIL_REPORT_VALIDITY = 2;
export const FAIL_UNDO_TIMEOUTS = 2;
/** The cluster cron runs ten times a second. */
export const CRON_MS = 100;
/** An election is put off by this much, so that the FAIL message can spread, and by a random part on top. */
export const ELECTION_DELAY_MS = 500;
export const ELECTION_JITTER_MS = 500;
export const RANK_DELAY_MS = 1000;
/** A primary must have been without replicas for this long before one moves to it (CLUSTER_SLAVE_MIGRATION_DELAY). */
export const MIGRATION_DELAY_MS = 5000;
/** A node that has just started refuses requests for this long if it is a primary. */
export const WRITABLE_DELAY_MS = 2000;
/** Bounds of the time that a primary waits after it was in the minority. */
export const REJOIN_DELAY_MS = { minimum: 500, maximum: 5000 };

/** What decides how a cluster fails, read once. Durations in milliseconds. */
export interface RedisConfig {
    readonly nodeTimeoutMs: number;
    readonly fullCoverage: boolean;
    readonly readsWhenDown: boolean;
    /** Whether replicas move to primaries that lost all of theirs, and how many their own primary must keep. */
    readonly replicasMove: boolean;
    readonly migrationBarrier: number;
}

export function redisConfig(context: EngineContext): RedisConfig {
    return {
        nodeTimeoutMs: context.duration('cluster-node-timeout'),
        fullCoverage: context.boolean('cluster-require-full-coverage'),
        readsWhenDown: context.boolean('cluster-allow-reads-when-down'),
        replicasMove: context.boolean('cluster-allow-replica-migration'),
        migrationBarrier: context.number('cluster-migration-barrier'),
    };
}

/** How old a replica's data may be, beyond the node timeout, for it to stand for election; Infinity: any age. */
export function maximumDataAgeMs(context: EngineContext, at: Parameters<EngineContext['number']>[1]): number {
    const factor = context.number('cluster-replica-validity-factor', at);
    return factor === 0
        ? Number.POSITIVE_INFINITY
        : context.duration('repl-ping-replica-period', at) + context.duration('cluster-node-timeout') * factor;
}

/** Votes that decide: more than half of the shards' owners, failed ones counted. */
export function quorum(shards: number): number {
    return Math.floor(shards / 2) + 1;
}
