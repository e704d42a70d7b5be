/** How a load balancer is set up, with every default filled in. */
import type { Endpoint, SourceRange } from '../../../topology/index.js';
import type { ServiceCheck } from './health.js';

/** A load balancer, which does not itself fail. */
export interface Balancing {
    readonly address: string;
    /** Without it every server counts as healthy for ever. */
    readonly check?: ServiceCheck;
    readonly leastConnections: boolean;
    readonly crossZone: boolean;
    readonly failOpen: boolean;
    /** Whether every check of it is a request; otherwise some may only connect, which no file says. */
    readonly checksAsk: boolean;
    readonly source: SourceRange;
}

/** What counts where an endpoint says nothing. */
export interface UsualBalancing {
    readonly check: UsualCheck;
    readonly crossZone: boolean;
    readonly failOpen: boolean;
    readonly checksAsk: boolean;
}

interface UsualCheck {
    /** undefined: nothing is checked unless the endpoint says so. */
    readonly everyMs?: number;
    /** undefined: as long as the interval, in keepalived and in HAProxy. */
    readonly timeoutMs?: number;
    readonly fall: number;
    readonly rise: number;
    readonly startToStart?: boolean;
}

const HAPROXY: UsualBalancing = { check: { fall: 3, rise: 2 }, crossZone: true, failOpen: false, checksAsk: false };

export function balancingOf(endpoint: Endpoint, usual = HAPROXY): Balancing {
    const check = checkOf(endpoint, usual.check);
    return {
        address: endpoint.address ?? 'the load balancer',
        ...(check && { check }),
        leastConnections: endpoint.balance === 'least-connections',
        crossZone: endpoint.crossZone ?? usual.crossZone,
        failOpen: endpoint.failOpen ?? usual.failOpen,
        checksAsk: usual.checksAsk,
        source: endpoint.source,
    };
}

export function checkOf(
    endpoint: Pick<Endpoint, 'checkMs' | 'timeoutMs' | 'fall' | 'rise'>,
    usual: UsualCheck,
): ServiceCheck | undefined {
    const everyMs = endpoint.checkMs ?? usual.everyMs;
    return everyMs === undefined
        ? undefined
        : {
              everyMs,
              timeoutMs: endpoint.timeoutMs ?? Math.min(everyMs, usual.timeoutMs ?? everyMs),
              fall: endpoint.fall ?? usual.fall,
              rise: endpoint.rise ?? usual.rise,
              ...(usual.startToStart === true && { startToStart: true }),
          };
}
