/** How an address before several clusters finds out which of them answer, with every default filled in. */
import type { Assumed } from '../../../simulator/index.js';
import { setDuration, type Route, type SharedAddress } from '../../../topology/index.js';
import { checkOf, type ServiceCheck } from '../balancer/index.js';
import { ASSUMED_TTL_MS, type LookedUp } from '../ttl.js';

/**
 * What health checks of Amazon Route 53 do: every 30 s or 10 s, and so many in a row turn an endpoint healthy or unhealthy; it has 4 s
 * to accept the connection. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
const ROUTE_53 = { everyMs: 30_000, timeoutMs: 4_000, fall: 3, startToStart: true };

export function checkingOf(address: SharedAddress): ServiceCheck {
    const fall = address.fall ?? ROUTE_53.fall;
    // Route 53 has one threshold for both ways.
    return checkOf(address, { ...ROUTE_53, rise: fall }) ?? { ...ROUTE_53, rise: fall };
}

/** How long clients keep an answer. What is no name is asked for every request. */
export function lookedUp({ kind, ttlMs }: SharedAddress): LookedUp {
    return kind === 'dns'
        ? { ttlMs: ttlMs ?? ASSUMED_TTL_MS, ttlDeclared: ttlMs !== undefined }
        : { ttlMs: 0, ttlDeclared: true };
}

/** What is taken for granted wherever the checks of an address count. */
export function assumedOf(address: SharedAddress): readonly Assumed[] {
    const { name, by, checkMs, timeoutMs, fall } = address;
    const { everyMs, timeoutMs: longestMs, fall: times, rise } = checkingOf(address);
    const isDeclared = checkMs !== undefined && timeoutMs !== undefined && fall !== undefined;
    return [
        {
            brief: `the checks of ${name} come from outside all places`,
            sentence: `The checks of ${name} come from one place outside all regions and zones; each reads once from every shard of a cluster behind it and fails if one of them does not answer. While none passes, all count as healthy, as in Route 53.`,
        },
        ...(isDeclared
            ? []
            : [
                  {
                      brief: `the checks of ${name} run every ${setDuration(everyMs)}, wait for ${setDuration(longestMs)}, and ${times} in a row that fail, or ${rise} that pass, decide`,
                      sentence: `What ${name} does not declare of its checks is as in Route 53: every ${setDuration(everyMs)}, ${setDuration(longestMs)} to answer, ${times} in a row that fail and ${rise} that pass decide.`,
                  },
              ]),
        ...(by === 'latency'
            ? [
                  {
                      brief: `the nearest behind ${name} is what stands in the client's region, then the order of the file`,
                      sentence: `No file says how far regions are apart: the nearest cluster behind ${name} is one in the client's own region, then the first one listed.`,
                  },
              ]
            : []),
    ];
}

/** Whom a client is sent to: one, or by weight each in turn. `order`: its own, nearest first where that counts. */
export function chosenFrom(
    { by }: SharedAddress,
    order: readonly Route[],
    isUp: (route: Route) => boolean,
): readonly Route[] {
    const healthy = order.filter(isUp);
    const usable = healthy.length > 0 ? healthy : order;
    return by === 'weight' ? usable : usable.slice(0, 1);
}
