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
    readonly source: SourceRange;
}

/** HAProxy's, where the file gives none. */
const USUAL_CHECK = { fall: 3, rise: 2 };

export function balancingOf(endpoint: Endpoint): Balancing {
    const check = checkOf(endpoint, USUAL_CHECK);
    return {
        address: endpoint.address ?? 'the load balancer',
        ...(check && { check }),
        leastConnections: endpoint.balance === 'least-connections',
        crossZone: endpoint.crossZone ?? true,
        failOpen: endpoint.failOpen ?? false,
        source: endpoint.source,
    };
}

/** A check that names no timeout may take as long as its interval, in keepalived and in HAProxy. */
export function checkOf(
    endpoint: Endpoint,
    usual: { readonly fall: number; readonly rise: number },
): ServiceCheck | undefined {
    return endpoint.checkMs === undefined
        ? undefined
        : {
              everyMs: endpoint.checkMs,
              timeoutMs: endpoint.timeoutMs ?? endpoint.checkMs,
              fall: endpoint.fall ?? usual.fall,
              rise: endpoint.rise ?? usual.rise,
          };
}
