import type { DelayPart } from '../../../proof/index.js';
import type { Cluster, Endpoint } from '../../../topology/index.js';

/** An assumption where a file gives none: what many DNS providers take. */
const ASSUMED_TTL_MS = 60_000;

/** An address that the provider keeps up to date, as its clients see it. */
export interface ManagedAddress {
    /** How long a client may go on using what it has looked up. */
    readonly ttlMs: number;
    readonly ttlDeclared: boolean;
}

/** The address of the leader, or of the nodes that follow it; a reader address that is not declared is like the other. */
export function addressFor(cluster: Cluster, what: 'leader' | 'readers'): ManagedAddress {
    const own = cluster.endpoints.find(({ serves }) => (serves === 'reads') === (what === 'readers'));
    return addressOf(own ?? cluster.endpoints[0]);
}

/** The time until clients have looked a name up again, as a part of a bound. */
export function namePart(label: string, { ttlMs }: ManagedAddress): readonly DelayPart[] {
    return ttlMs > 0 ? [{ label, minMs: 0, maxMs: ttlMs }] : [];
}

/** Only a name is cached: whoever discovers the nodes, or stands behind a fixed address, is told of a change at once. */
function addressOf(endpoint: Endpoint | undefined): ManagedAddress {
    if (endpoint !== undefined && endpoint.kind !== 'dns') {
        return { ttlMs: 0, ttlDeclared: true };
    }
    return { ttlMs: endpoint?.ttlMs ?? ASSUMED_TTL_MS, ttlDeclared: endpoint?.ttlMs !== undefined };
}
