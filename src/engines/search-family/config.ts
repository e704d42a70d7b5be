/** What decides how a cluster fails, read once. Durations in milliseconds. */
import type { Setting, Shard } from '../../topology/index.js';
import type { EngineContext, SettingPlace } from '../engine.js';
import type { SearchProduct } from './product.js';
import { ACTIVE_SHARDS, DURABILITY, INDEX_ACTIVE_SHARDS, SYNC_INTERVAL } from './settings/indices.js';

/** A check that one node sends another: how long after an answer it is repeated, and how many failures in a row count. */
export interface CheckTimes {
    readonly intervalMs: number;
    readonly timeoutMs: number;
    readonly retries: number;
}

/** What a node refuses while it knows no manager. */
type ManagerlessBlock = 'all' | 'write' | 'metadata_write';

export interface SearchConfig {
    /** The manager asks the others. */
    readonly followerCheck: CheckTimes;
    /** The others ask the manager. */
    readonly leaderCheck: CheckTimes;
    readonly publishTimeoutMs: number;
    readonly followerLagMs: number;
    readonly firstWaitMs: number;
    readonly backOffMs: number;
    readonly longestWaitMs: number;
    readonly electionMs: number;
    readonly findPeersMs: number;
    readonly probeConnectMs: number;
    readonly probeHandshakeMs: number;
    readonly autoShrink: boolean;
    readonly block: ManagerlessBlock;
}

export function searchConfig(product: SearchProduct, context: EngineContext): SearchConfig {
    const block = context.text(firstWritten(context, product.blockKeys));
    return {
        followerCheck: checkTimes(context, 'follower'),
        leaderCheck: checkTimes(context, 'leader'),
        publishTimeoutMs: context.duration('cluster.publish.timeout'),
        followerLagMs: context.duration('cluster.follower_lag.timeout'),
        firstWaitMs: context.duration('cluster.election.initial_timeout'),
        backOffMs: context.duration('cluster.election.back_off_time'),
        longestWaitMs: context.duration('cluster.election.max_timeout'),
        electionMs: context.duration('cluster.election.duration'),
        findPeersMs: Math.max(1, context.duration('discovery.find_peers_interval')),
        probeConnectMs: context.duration('discovery.probe.connect_timeout'),
        probeHandshakeMs: context.duration('discovery.probe.handshake_timeout'),
        autoShrink: context.boolean('cluster.auto_shrink_voting_configuration'),
        block: block === 'all' || block === 'write' ? block : 'metadata_write',
    };
}

/** Of several keys that say the same, the first that the file sets; else the first. */
function firstWritten(
    context: EngineContext,
    keys: readonly [string, ...string[]],
    at?: SettingPlace,
): (typeof keys)[number] {
    return keys.find((key) => context.written(key, at) !== undefined) ?? keys[0];
}

function checkTimes(context: EngineContext, whom: 'follower' | 'leader'): CheckTimes {
    const prefix = `cluster.fault_detection.${whom}_check`;
    return {
        intervalMs: context.duration(`${prefix}.interval`),
        timeoutMs: context.duration(`${prefix}.timeout`),
        retries: Math.max(1, context.number(`${prefix}.retry_count`)),
    };
}

/** From the first check that nobody answers until the failure is believed: every try times out, with pauses between. */
export function silenceMs({ intervalMs, timeoutMs, retries }: CheckTimes): number {
    return retries * timeoutMs + (retries - 1) * intervalMs;
}

/** The longest random wait before an election's try, counted from 0. */
export function longestWait(config: SearchConfig, tries: number): number {
    return Math.max(1, Math.min(config.longestWaitMs, config.firstWaitMs + tries * config.backOffMs));
}

/** How long lost copies are left alone, in case their node returns. */
export function delayedMs(product: SearchProduct, context: EngineContext, shard: Shard): number {
    return context.duration(firstWritten(context, product.delayKeys, { shard }), { shard });
}

/** Copies that each shard is to have; what the file places by hand is all there is. */
export function wantedCopies({ topology }: EngineContext, { placedBy, copies, group }: Shard): number {
    return placedBy === 'file' ? copies.length : Math.max(1, topology.groups[group ?? -1]?.copies ?? copies.length);
}

/** Copies that must be active before a write begins: the request's own word, else the index's. */
export function activeCopiesAsked(context: EngineContext, shard: Shard, client: readonly Setting[]): number {
    const own = client.findLast(({ key }) => key === ACTIVE_SHARDS)?.values[0]?.text;
    const text = own ?? context.text(INDEX_ACTIVE_SHARDS, { shard });
    return text === 'all' ? wantedCopies(context, shard) : /^\d+$/.test(text) ? Number(text) : 1;
}

/** How often acknowledged writes are forced to disk; undefined: before each acknowledgement. */
export function syncIntervalMs(context: EngineContext, shard: Shard): number | undefined {
    return context.text(DURABILITY, { shard }) === 'async' ? context.duration(SYNC_INTERVAL, { shard }) : undefined;
}

/** Whether a remote store has what the copies have. */
export function hasRemoteStore({ remoteStoreKey }: SearchProduct, context: EngineContext): boolean {
    return (
        remoteStoreKey !== undefined &&
        context.cluster.members.some((member) => context.written(remoteStoreKey, { member }) !== undefined)
    );
}

/** Whether replicas copy finished segments from the primary, in place of indexing every document themselves. */
export function copiesSegments({ replicationKeys }: SearchProduct, context: EngineContext, at: SettingPlace): boolean {
    const [index, cluster] = replicationKeys ?? [];
    if (index === undefined || cluster === undefined) {
        return false;
    }
    return (context.written(index, at) === undefined ? context.text(cluster) : context.text(index, at)) === 'SEGMENT';
}
