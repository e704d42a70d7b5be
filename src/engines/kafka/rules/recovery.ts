/** How long clients of a partition wait until the controllers have taken dead brokers out of it. */
import type { DelayBound, DelayPart, FailureState } from '../../../proof/index.js';
import { BASE_DELAY_MS } from '../../../simulator/index.js';
import type { NodeId, Operation, Shard } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { audienceFrom, streamsTo, type Audience, type Stream } from '../../shared/audience.js';
import { kafkaConfig, METADATA_MS, NEXT_FENCE_MS, type KafkaConfig } from '../config.js';
import { LONGEST_RECONNECT_MS, NO_END, producerTimes, type ProducerTimes } from '../patience.js';

export const AT_ONCE: DelayBound = { minMs: 0, maxMs: 0, parts: [], assumptions: [] };

/** A request and its answer, and the question for the leader before it. */
const CLIENT_MS = 6 * BASE_DELAY_MS;

export class RecoveryBounds {
    private readonly config: KafkaConfig;
    private readonly audiences = new Map<string, Audience>();

    constructor(
        private readonly context: EngineContext,
        private readonly controllers: readonly NodeId[],
    ) {
        this.config = kafkaConfig(context);
    }

    /** @param leads whether the partition keeps its leader and only waits for dead followers */
    of(shard: Shard, operation: Operation, leads: boolean, state: FailureState): DelayBound {
        const mayElect = this.controllers.some((node) => state.alive[node] !== 1);
        const bySession = [...(mayElect ? [this.election()] : []), this.session(state)];
        const parts = leads ? this.sooner(bySession, this.lag(shard, mayElect)) : bySession;
        const detected = sum([...parts, SPREAD]);
        const streams = streamsTo(this.context.topology, shard.id, operation);
        const own = this.producersAmong(streams).map((producer) => ({
            ...producer,
            learns: producerLearns(producer, leads, state),
        }));
        const waiting = own.filter(({ times, learns }) => mayFail(times, detected.maxMs + learns.maxMs));
        const others = streams.filter(({ deadlineMs }) => deadlineMs === undefined);
        const patient = own.length > waiting.length ? [PATIENT] : [];
        if (others.length === 0 && waiting.length === 0) {
            return { ...AT_ONCE, assumptions: patient };
        }
        const audience = this.audienceFrom(streams);
        const fails = audience.leastPatienceMs + audience.periodMs < detected.minMs;
        const notices = [
            ...(others.length === 0
                ? []
                : [
                      leads
                          ? leaderAnswers(this.audienceFrom(others))
                          : clientsNotice(this.audienceFrom(others), leaderlessMs(state, detected)),
                  ]),
            ...waiting.map(({ learns }) => learns),
        ];
        const slowest = notices.reduce((one, other) => (other.maxMs > one.maxMs ? other : one));
        const all = [...parts, SPREAD, slowest];
        const { minMs, maxMs } = sum(all);
        return {
            minMs: fails ? minMs : 0,
            maxMs,
            parts: all,
            assumptions: [
                `A message between two nodes takes ${String(BASE_DELAY_MS)} ms.`,
                'Heartbeats, elections and changes of the metadata are processed at once.',
                ...(mayElect ? ['At most one election of a controller stays undecided.'] : []),
                ...(others.length > 0
                    ? ['A client that has lost its leader asks another broker for the new one with every request.']
                    : []),
                ...patient,
            ],
        };
    }

    /** Followers of the dead controller run out of patience at their last fetch plus the timeout; a tie costs another round. */
    private election(): DelayPart {
        const { fetchTimeoutMs, electionTimeoutMs, maximumBackoffMs, preVote } = this.config.quorum;
        const again = 2 * electionTimeoutMs + (preVote ? 0 : maximumBackoffMs);
        return {
            label: 'the controllers elect another active one, if theirs is gone',
            minMs: 0,
            maxMs: fetchTimeoutMs + again + 2 * METADATA_MS,
        };
    }

    private session(state: FailureState): DelayPart {
        const { sessionMs, heartbeatMs, fenceCheckMs } = this.config;
        const others = state.failed.length * NEXT_FENCE_MS;
        return {
            label: 'the session of the dead broker ends',
            minMs: Math.max(0, sessionMs - heartbeatMs - 2 * BASE_DELAY_MS),
            maxMs: sessionMs + (fenceCheckMs ?? 0) + others,
        };
    }

    /** The leader itself drops a follower that does not fetch; it looks every half of the time that it grants. */
    private lag(shard: Shard, mayElect: boolean): readonly DelayPart[] {
        const member = this.context.cluster.members.find(({ node }) => node === shard.copies[0])!;
        const lagMs = this.context.duration('replica.lag.time.max.ms', { member });
        const part = { label: 'the leader gives the dead follower up', minMs: lagMs, maxMs: 1.5 * lagMs };
        return mayElect ? [this.election(), part] : [part];
    }

    /** Whichever of two detectors strikes first ends the wait. */
    private sooner(one: readonly DelayPart[], other: readonly DelayPart[]): readonly DelayPart[] {
        const [first, second] = [sum(one), sum(other)];
        if (first.maxMs <= second.minMs) {
            return one;
        }
        const label = [...one, ...other]
            .map((part) => part.label)
            .at(second.maxMs < first.maxMs ? -1 : one.length - 1)!;
        return [
            {
                label,
                minMs: Math.min(first.minMs, second.minMs),
                maxMs: Math.min(first.maxMs, second.maxMs),
            },
        ];
    }

    /** What is asked of many partitions by the same clients is worked out once. */
    private audienceFrom(streams: readonly Stream[]): Audience {
        const key = streams.map(({ timeoutMs, retries, periodMs }) => `${timeoutMs} ${retries} ${periodMs}`).join();
        const audience = this.audiences.get(key) ?? audienceFrom(streams);
        this.audiences.set(key, audience);
        return audience;
    }

    private producersAmong(streams: readonly Stream[]): readonly Waiting[] {
        return streams.flatMap(({ settings, periodMs, deadlineMs }) => {
            const times = deadlineMs === undefined ? undefined : producerTimes(settings, this.context.version);
            return times === undefined ? [] : [{ times, periodMs }];
        });
    }
}

/** A producer whose own keys say how patient it is, and the time between two of its records. */
interface Waiting {
    readonly times: ProducerTimes;
    readonly periodMs: number;
}

const PATIENT =
    'Producers go on with a record for `delivery.timeout.ms`, which is longer than the partition can be without service: they report no failure.';

/** Whether a record may fail that is served again after this time at the latest. */
function mayFail({ deliveryMs, retries }: ProducerTimes, maxMs: number): boolean {
    return deliveryMs <= maxMs || retries < NO_END;
}

/**
 * When the new leader leads, the producer may just have begun to wait for an answer of the old one, or for a connection to it,
 * and then ask somebody who is dead as well. Where the leader is the same, it connects again at worst.
 */
function producerLearns({ times, periodMs }: Waiting, leads: boolean, { failed }: FailureState): DelayPart {
    const { requestMs, longestSetupMs, longestBackoffMs, backoffMs } = times;
    const pausesMs = 1.2 * (longestBackoffMs + 2 * LONGEST_RECONNECT_MS) + backoffMs;
    const waitsMs = leads ? 0 : Math.max(requestMs, 1.2 * longestSetupMs) + (failed.length - 1) * requestMs;
    return {
        label: leads
            ? 'producers send again'
            : 'producers give the dead leader up (`request.timeout.ms`, `socket.connection.setup.timeout.max.ms`) and ask for the new one',
        minMs: 0,
        maxMs: Math.ceil(pausesMs + waitsMs + periodMs) + CLIENT_MS,
    };
}

/**
 * How long clients know at least that their leader is gone. Of several dead brokers each may be made leader until its own session
 * ends, or be asked for the leader, so a client may have turned to the last of them just before.
 */
function leaderlessMs({ failed }: FailureState, detected: { readonly minMs: number }): number {
    return failed.length > 1 ? 0 : detected.minMs;
}

const SPREAD: DelayPart = { label: 'the brokers learn of it', minMs: 0, maxMs: 2 * METADATA_MS };

/** The leader answers what it holds; where clients give up sooner than they ask again, it may hold nothing just then. */
function leaderAnswers({ leastPatienceMs, periodMs }: Audience): DelayPart {
    const waitsMs = leastPatienceMs > periodMs ? 0 : Math.ceil(periodMs);
    return { label: 'the leader answers what it holds', minMs: 0, maxMs: waitsMs + CLIENT_MS };
}

/**
 * A client knows that its leader is gone when its first request has failed; from then on each request finds the new one.
 *
 * @param knownMs how long the partition is without a leader at least
 */
function clientsNotice({ timeoutMs, periodMs }: Audience, knownMs: number): DelayPart {
    const learnsLate = Math.max(0, timeoutMs + Math.ceil(periodMs) - knownMs);
    return { label: 'the next request', minMs: 0, maxMs: learnsLate + Math.ceil(periodMs) + CLIENT_MS };
}

function sum(parts: readonly DelayPart[]): { readonly minMs: number; readonly maxMs: number } {
    return {
        minMs: parts.reduce((total, { minMs }) => total + minMs, 0),
        maxMs: parts.reduce((total, { maxMs }) => total + maxMs, 0),
    };
}
