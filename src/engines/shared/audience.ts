/** How long clients of a service take to see that it is back, and how patient they are. */
import type { DelayPart } from '../../proof/index.js';
import { clientStreams, LONGEST_GAP, patienceMs } from '../../simulator/index.js';
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
    return audienceFrom(streamsTo(topology, shard, operation));
}

/** Everyone who watches one operation of a service, one by one. */
export function streamsTo(topology: Topology, shard: ShardId, operation: Operation): readonly Stream[] {
    return watchersOf(topology).get(`${shard} ${operation}`) ?? [];
}

/** Of some of them; there must be one. */
export function audienceFrom(streams: readonly Stream[]): Audience {
    const periodMs = Math.max(...streams.map(longestGapMs));
    const timeoutMs = Math.max(...streams.map((stream) => stream.timeoutMs));
    return {
        part: {
            label: 'last failing request and the next one',
            minMs: 0,
            maxMs: timeoutMs + Math.ceil(periodMs) + ROUND_TRIP_MS,
        },
        leastPatienceMs: Math.min(...streams.map((stream) => patienceMs(stream))),
        triesOnce: streams.some((stream) => stream.retries === 0),
        periodMs,
        timeoutMs,
    };
}

/** Random arrivals come with gaps that are far longer than the mean at times. */
function longestGapMs({ periodMs, random }: Stream): number {
    return random === true ? periodMs * LONGEST_GAP : periodMs;
}

/** Requests and answers take a millisecond each way, unless a scenario slows them. */
const ROUND_TRIP_MS = 4;

export type Stream = ReturnType<typeof clientStreams>[number];

/** Every shard of a model is asked about, so its clients are listed once. */
const known = new WeakMap<Topology, ReadonlyMap<string, readonly Stream[]>>();

function watchersOf(topology: Topology): ReadonlyMap<string, readonly Stream[]> {
    let watchers = known.get(topology);
    if (watchers === undefined) {
        const lists = new Map<string, Stream[]>();
        for (const stream of clientStreams(topology, 0)) {
            const key = `${stream.shard} ${stream.operation}`;
            const list = lists.get(key) ?? [];
            list.push(stream);
            lists.set(key, list);
        }
        watchers = lists;
        known.set(topology, watchers);
    }
    return watchers;
}
