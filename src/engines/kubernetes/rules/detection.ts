/** How long it takes until somebody acts on nodes that lost power. */
import type { DelayPart } from '../../../proof/index.js';
import { BASE_DELAY_MS } from '../../../simulator/index.js';
import { longestLookMs, staleAfterMs, type ControlPlaneConfig } from '../config.js';
import type { RaftConfig } from '../../shared/raft/index.js';
import type { Replacements } from './replacement.js';

/** A follower counts whole heartbeats, and the first one may be almost over. */
export function etcdElection({ electionMs, heartbeatMs }: RaftConfig): readonly DelayPart[] {
    return [
        { label: 'a member of etcd misses its leader', minMs: 0, maxMs: 2 * electionMs + 2 * heartbeatMs },
        { label: 'one round without a winner', minMs: 0, maxMs: 2 * electionMs + heartbeatMs },
        { label: 'votes and the first heartbeat', minMs: 0, maxMs: 6 * BASE_DELAY_MS },
    ];
}

/**
 * Until a standby of the controller manager or of the scheduler acts instead of one that died: it counts from when it saw the last
 * renewal, at a look that may fail until the API works, and takes the lease at another.
 */
export function leaseTakeover(config: ControlPlaneConfig, apiOutageMs: number): DelayPart {
    return {
        label: 'a controller manager takes over the lease',
        minMs: 0,
        maxMs: apiOutageMs + config.election.leaseMs + 2 * longestLookMs(config),
    };
}

/**
 * A node is not ready at the first pass at which the renewal that the controller saw last is too old. The last renewal came up to
 * one interval before the failure and was seen up to one pass later.
 */
export function notReady(config: ControlPlaneConfig, renewalMs: number): DelayPart {
    const stale = staleAfterMs(config);
    return {
        label: 'silent nodes count as not ready and their pods leave the endpoints',
        minMs: Math.max(0, stale - renewalMs),
        maxMs: stale + config.monitorMs,
    };
}

/** A zone's first failed node is given up at once, and each further one in its turn. */
export function evictionTurns({ nodesInTurn, perSecond }: Replacements): DelayPart {
    const maxMs = nodesInTurn < 2 ? 0 : Math.ceil(((nodesInTurn - 1) * 1000) / perSecond);
    return { label: 'nodes of a zone are given up one after the other', minMs: 0, maxMs };
}

export function total(parts: readonly DelayPart[], bound: 'minMs' | 'maxMs'): number {
    return parts.reduce((sum, part) => sum + part[bound], 0);
}
