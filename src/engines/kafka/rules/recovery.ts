/** How long clients of a partition wait until the controllers have taken dead brokers out of it. */
import type { DelayBound, DelayPart, FailureState } from '../../../proof/index.js';
import { BASE_DELAY_MS } from '../../../simulator/index.js';
import type { NodeId, Operation, Shard, ShardId } from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { audienceOf, type Audience } from '../../shared/audience.js';
import { kafkaConfig, METADATA_MS, NEXT_FENCE_MS, type KafkaConfig } from '../config.js';

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
        const audience = this.audienceOf(shard.id, operation);
        const fails = audience.leastPatienceMs + audience.periodMs < detected.minMs;
        const all = [...parts, SPREAD, clientsNotice(audience, leads ? Infinity : leaderlessMs(state, detected))];
        const { minMs, maxMs } = sum(all);
        return {
            minMs: fails ? minMs : 0,
            maxMs,
            parts: all,
            assumptions: [
                `A message between two nodes takes ${String(BASE_DELAY_MS)} ms.`,
                'Heartbeats, elections and changes of the metadata are processed at once.',
                ...(mayElect ? ['At most one election of a controller stays undecided.'] : []),
                'A client that has lost its leader asks another broker for the new one with every request.',
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

    private audienceOf(shard: ShardId, operation: Operation): Audience {
        const key = `${String(shard)}/${operation}`;
        const audience = this.audiences.get(key) ?? audienceOf(this.context.topology, shard, operation);
        this.audiences.set(key, audience);
        return audience;
    }
}

/**
 * How long clients know at least that their leader is gone. Of several dead brokers each may be made leader until its own session
 * ends, or be asked for the leader, so a client may have turned to the last of them just before.
 */
function leaderlessMs({ failed }: FailureState, detected: { readonly minMs: number }): number {
    return failed.length > 1 ? 0 : detected.minMs;
}

const SPREAD: DelayPart = { label: 'the brokers learn of it', minMs: 0, maxMs: 2 * METADATA_MS };

/**
 * A client knows that its leader is gone when its first request has failed; from then on each request finds the new one.
 *
 * @param knownMs how long the partition is without a leader at least; Infinity: nothing has to be found
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
