import type { DelayPart } from '../../proof/index.js';
import { BASE_DELAY_MS, clientStreams } from '../../simulator/index.js';
import type { Operation, ShardId, Topology } from '../../topology/index.js';

/**
 * How long the slowest observer of a shard may still see failures after the service is back: a try that goes to the dead
 * address first costs its timeout, and the next request comes a period later. Milliseconds.
 */
export function clientDelay(
    topology: Topology,
    shard: ShardId,
    operation: Operation,
    { addressMayBeDead }: { readonly addressMayBeDead: boolean },
): { readonly part: DelayPart; readonly assumptions: readonly string[] } {
    const waits = clientStreams(topology, 0)
        .filter((stream) => stream.shard === shard && stream.operation === operation)
        .map(({ periodMs, timeoutMs }) => Math.ceil(periodMs) + (addressMayBeDead ? timeoutMs : 0) + 6 * BASE_DELAY_MS);
    return {
        part: { label: 'clients find the new leader', minMs: 0, maxMs: Math.max(0, ...waits) },
        assumptions: ['Clients ask another node for the new leader as soon as a try has failed.'],
    };
}
