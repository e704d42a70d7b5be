import type { Member, ShardGroup } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import type { RaftConfig } from '../shared/raft/index.js';

/** A kubelet renews its lease four times while the lease is valid. */
const RENEWALS_IN_A_LEASE = 4;

/** What decides how the control plane acts, read once. Durations in milliseconds. */
export interface ControlPlaneConfig {
    readonly monitorMs: number;
    readonly graceMs: number;
    readonly election: LeaderElectionConfig;
    readonly evictions: EvictionConfig;
}

/** How schedulers and controller managers choose the one that acts. */
interface LeaderElectionConfig {
    readonly leaseMs: number;
    readonly renewDeadlineMs: number;
    readonly retryMs: number;
}

/** Rates in nodes per second. */
export interface EvictionConfig {
    readonly usualRate: number;
    readonly secondaryRate: number;
    readonly unhealthyShare: number;
    readonly largeClusterNodes: number;
}

export function controlPlaneConfig(context: EngineContext): ControlPlaneConfig {
    return {
        monitorMs: context.duration('node-monitor-period'),
        graceMs: context.duration('node-monitor-grace-period'),
        election: {
            leaseMs: context.duration('leader-elect-lease-duration'),
            renewDeadlineMs: context.duration('leader-elect-renew-deadline'),
            retryMs: context.duration('leader-elect-retry-period'),
        },
        evictions: {
            usualRate: context.number('node-eviction-rate'),
            secondaryRate: context.number('secondary-node-eviction-rate'),
            unhealthyShare: context.number('unhealthy-zone-threshold'),
            largeClusterNodes: context.number('large-cluster-size-threshold'),
        },
    };
}

export function etcdConfig(context: EngineContext): RaftConfig {
    return {
        heartbeatMs: context.duration('heartbeat-interval'),
        electionMs: context.duration('election-timeout'),
        preVote: context.boolean('pre-vote'),
    };
}

/** The longest from one look at a lease that another holds to the next, in ms (client-go, leaderelection.go: `JitterFactor`). */
export function longestLookMs({ election }: ControlPlaneConfig): number {
    return Math.floor(2.2 * election.retryMs);
}

/** How often the node's kubelet renews its lease, in ms. */
export function renewalMs(context: EngineContext, member: Member): number {
    return Math.max(1, Math.floor(context.duration('nodeLeaseDurationSeconds', { member }) / RENEWALS_IN_A_LEASE));
}

export const POD_START = 'assumed-pod-start-time';

/** From a pod's place on a node until it is ready, in ms. */
export function podStartMs(context: EngineContext, group: ShardGroup): number {
    return context.duration(POD_START, { group });
}

/** Whole monitor passes until a lease that one of them saw is too old, in ms. */
export function staleAfterMs({ monitorMs, graceMs }: ControlPlaneConfig): number {
    return Math.ceil(graceMs / monitorMs) * monitorMs;
}
