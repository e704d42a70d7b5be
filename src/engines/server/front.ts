/** What stands in front of a server cluster, with every default filled in. */
import {
    assertNever,
    type Cluster,
    type Endpoint,
    type NodeId,
    type Operation,
    type SourceRange,
} from '../../topology/index.js';
import type { EngineContext, SettingReader } from '../engine.js';
import { balancingOf, checkOf, type Balancing, type ServiceCheck } from '../shared/balancer/index.js';
import { awsBalancing } from './aws.js';
import { haproxyKeys, type HaproxyKeys } from './haproxy.js';
import { ASSUMED_TTL_MS } from '../shared/ttl.js';
import { keptIntervalMs, type VrrpTimers } from './timers.js';

/** An address that the members pass among themselves by VRRP. */
export interface VipFront {
    readonly kind: 'vip';
    readonly address: string;
    readonly timers: VrrpTimers;
    readonly preempt: boolean;
    readonly preemptDelayMs: number;
    /** Without it a member holds the address although its service is dead. */
    readonly check?: ServiceCheck;
    readonly source: SourceRange;
}

/** A load balancer and the servers behind it. */
export interface BalancerFront extends Balancing, HaproxyKeys {
    readonly kind: 'balancer';
    /** active-passive: only the first server in order that passes its checks gets requests. */
    readonly standby: boolean;
}

/** Clients hold a list of all servers and choose themselves. */
interface ListFront {
    readonly kind: 'list';
    readonly source: SourceRange;
}

/** The holder renews a lease; when it runs out another takes it. Milliseconds. */
export interface LeaseDetection {
    readonly kind: 'lease';
    readonly ttlMs: number;
    /** Distance between two renewals. */
    readonly loopMs: number;
    /** How long a holder tries to renew before it steps back. */
    readonly retryMs: number;
    /** The longest that whoever has taken the lease needs before it serves. */
    readonly promotionMs: number;
    /** What the file says itself of these figures. */
    readonly written: SettingReader['written'];
}

/** `within`: the longest time is all that is declared. */
export type Detection = { readonly kind: 'within'; readonly maxMs: number } | LeaseDetection;

/** One active server, found by a name or known to the clients; something outside decides who it is. */
export interface ActiveFront {
    readonly kind: 'active';
    /** The DNS name; undefined if clients know the servers. */
    readonly address?: string;
    /** How long a client may go on using what it has looked up. */
    readonly ttlMs: number;
    readonly ttlDeclared: boolean;
    /** How a dead active server is noticed; undefined: nothing says so. */
    readonly detection?: Detection;
    readonly promote: 'automatically' | 'manually';
    readonly fence: boolean;
    readonly failback: 'automatically' | 'manually';
    readonly source: SourceRange;
}

export const PROMOTION_TIME = 'assumed.promotion-time';

/** What a verdict takes for granted that counts on a promotion of which nothing more is known. */
export const PROMOTED_AT_ONCE = 'Whoever is promoted serves at once: what a promotion itself takes is not modelled.';

export type Front = VipFront | BalancerFront | ListFront | ActiveFront;

const LEASED_DATA = 'what servers that pass a lease on hold and copy to each other is not modelled';
const NO_DATA = 'a server cluster holds no data of its own, so what becomes of acknowledged writes is not modelled';

/** Why nothing is known of what the servers acknowledged: such as pass a lease on keep data, the others somewhere else. */
export function dataNotModelled(context: EngineContext): string {
    return leaseOf(context) === undefined ? NO_DATA : LEASED_DATA;
}

const DEFAULT_ADVERTISE_MS = 1000;
const VIP_CHECK = { fall: 1, rise: 1 };

/** The endpoint that an operation goes through; undefined: the clients know the servers. */
export function endpointFor(cluster: Cluster, operation: Operation): Endpoint | undefined {
    const own = operation === 'read' ? 'reads' : 'writes';
    return (
        cluster.endpoints.find((endpoint) => endpoint.serves === own) ??
        cluster.endpoints.find((endpoint) => endpoint.serves === 'all')
    );
}

export function frontFor(context: EngineContext, operation: Operation): Front {
    const endpoint = endpointFor(context.cluster, operation);
    if (endpoint === undefined) {
        return clientSideFront(context, undefined);
    }
    switch (endpoint.kind) {
        case 'vip':
            return vipFront(context, endpoint);
        case 'load-balancer':
            return balancerFront(context, endpoint);
        case 'dns':
        case 'discovery':
            return clientSideFront(context, endpoint);
        default:
            return assertNever(endpoint.kind);
    }
}

function vipFront(context: EngineContext, endpoint: Endpoint): VipFront {
    const check = checkOf(endpoint, VIP_CHECK);
    const version = context.text('vrrp_version') === '3' ? 3 : 2;
    return {
        kind: 'vip',
        address: endpoint.address ?? 'the address',
        timers: { version, advertiseMs: keptIntervalMs(version, endpoint.advertiseMs ?? DEFAULT_ADVERTISE_MS) },
        preempt: endpoint.preempt ?? true,
        preemptDelayMs: endpoint.preemptDelayMs ?? 0,
        ...(check && { check }),
        source: endpoint.source,
    };
}

function balancerFront(context: EngineContext, endpoint: Endpoint): BalancerFront {
    const aws = awsBalancing(context);
    const balancing = balancingOf(endpoint, aws);
    return {
        kind: 'balancer',
        ...balancing,
        ...(aws === undefined ? haproxyKeys(context, endpoint, balancing.check) : { retries: 0, redispatch: false }),
        standby: context.cluster.failover?.kind === 'active-passive',
    };
}

function clientSideFront(context: EngineContext, endpoint: Endpoint | undefined): ListFront | ActiveFront {
    const { cluster } = context;
    const { failover } = cluster;
    const source = endpoint?.source ?? cluster.source;
    if (failover?.kind !== 'active-passive') {
        return { kind: 'list', source };
    }
    const cached = endpoint?.kind === 'dns';
    const detection = leaseOf(context) ?? within(failover.detectMs);
    return {
        kind: 'active',
        ...(cached && endpoint.address !== undefined && { address: endpoint.address }),
        ttlMs: cached ? (endpoint.ttlMs ?? ASSUMED_TTL_MS) : 0,
        ttlDeclared: !cached || endpoint.ttlMs !== undefined,
        ...(detection && { detection }),
        promote: failover.promote ?? 'automatically',
        fence: failover.fence ?? false,
        failback: failover.failback ?? 'manually',
        source,
    };
}

/** The lease that the file's settings tell of, whatever stands in front of the servers. */
export function leaseOf(context: EngineContext): LeaseDetection | undefined {
    return context.written('ttl') === undefined
        ? undefined
        : {
              kind: 'lease',
              ttlMs: context.duration('ttl'),
              loopMs: context.duration('loop_wait'),
              retryMs: context.duration('retry_timeout'),
              promotionMs: context.duration(PROMOTION_TIME),
              written: (key, at) => context.written(key, at),
          };
}

function within(maxMs: number | undefined): Detection | undefined {
    return maxMs === undefined ? undefined : { kind: 'within', maxMs };
}

/** Whether only one server serves at a time. */
export function isActivePassive(front: Front): boolean {
    return front.kind === 'vip' || front.kind === 'active' || (front.kind === 'balancer' && front.standby);
}

/** Members in the order in which the service falls to them; the shard lists them so. */
export function successionOf(context: EngineContext): readonly NodeId[] {
    return context.topology.shards[context.cluster.shards[0] ?? -1]?.copies ?? [];
}
