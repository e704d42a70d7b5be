/** How long clients of a service take to see that it is back, and how patient they are. */
import type { DelayPart } from '../../proof/index.js';
import { clientStreams } from '../../simulator/index.js';
import type { Operation, ShardId, Topology } from '../../topology/index.js';

/** Everyone who watches one operation of a service, taken together. */
export interface Audience {
    /** The longest that one of them still waits after the service is back. */
    readonly part: DelayPart;
    /** The longest that a request of the least patient one may go unanswered before it fails. */
    readonly leastPatienceMs: number;
    /** Whether one of them never tries a second time. */
    readonly triesOnce: boolean;
    /** The largest distance between two requests of one of them. */
    readonly periodMs: number;
    readonly timeoutMs: number;
}

/**
 * A try that was sent just before the end of the failure fails a whole timeout later, and the next request may come one
 * period after that.
 */
export function audienceOf(topology: Topology, shard: ShardId, operation: Operation): Audience {
    const streams = clientStreams(topology, 0).filter(
        (stream) => stream.shard === shard && stream.operation === operation,
    );
    const periodMs = Math.max(...streams.map((stream) => stream.periodMs));
    const timeoutMs = Math.max(...streams.map((stream) => stream.timeoutMs));
    return {
        part: {
            label: 'last failing request and the next one',
            minMs: 0,
            maxMs: timeoutMs + Math.ceil(periodMs) + ROUND_TRIP_MS,
        },
        leastPatienceMs: Math.min(...streams.map((stream) => stream.timeoutMs * (1 + stream.retries))),
        triesOnce: streams.some((stream) => stream.retries === 0),
        periodMs,
        timeoutMs,
    };
}

/** Requests and answers take a millisecond each way, unless a scenario slows them. */
const ROUND_TRIP_MS = 4;
