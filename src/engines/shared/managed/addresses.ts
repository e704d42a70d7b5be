import type { DelayPart } from '../../../proof/index.js';
import type { Cluster, Endpoint } from '../../../topology/index.js';
import { ASSUMED_TTL_MS, type LookedUp } from '../ttl.js';

/** The address of the leader, or of the nodes that follow it; a reader address that is not declared is like the other. */
export function addressFor(cluster: Cluster, what: 'leader' | 'readers'): LookedUp {
    const own = cluster.endpoints.find(({ serves }) => (serves === 'reads') === (what === 'readers'));
    return addressOf(own ?? cluster.endpoints[0]);
}

/** The time until clients have looked a name up again, as a part of a bound. */
export function namePart(label: string, { ttlMs }: LookedUp): readonly DelayPart[] {
    return ttlMs > 0 ? [{ label, minMs: 0, maxMs: ttlMs }] : [];
}

/** Only a name is cached: whoever discovers the nodes, or stands behind a fixed address, is told of a change at once. */
function addressOf(endpoint: Endpoint | undefined): LookedUp {
    if (endpoint !== undefined && endpoint.kind !== 'dns') {
        return { ttlMs: 0, ttlDeclared: true };
    }
    return { ttlMs: endpoint?.ttlMs ?? ASSUMED_TTL_MS, ttlDeclared: endpoint?.ttlMs !== undefined };
}
