import { assertNever, type NodeId, type ShardId, type Topology } from '../topology/index.js';
import type { Attempt, Cause, ClusterBehaviour, NodeOrNone, Point, Steadiness } from './behaviour.js';
import { ClientStream, type StreamTimes } from './client-stream.js';
import { pauseAfter, streamName, type ClientStreamSpec } from './demands.js';
import { Flights, type Flight, type Try } from './flights.js';
import { lossTo, overLossyWay } from './lossy-way.js';
import type { TrackedOutage } from './outages.js';
import { Priority, type EventQueue } from './queue.js';
import { randomStream } from './random.js';
import type { Window, WorkloadCount } from './result.js';
import { workloadCounts } from './workload-counts.js';

/** What the clients need to know of the rest of the simulation. */
export interface ClientHost {
    readonly topology: Topology;
    readonly queue: EventQueue;
    readonly seed: number;
    /** Chance that a packet on the way is lost. */
    loss(from: Point, to: Point): number;
    register(callback: (a: number, b: number) => void): number;
    behaviourOf(shard: ShardId): ClusterBehaviour;
    /** Whether the place that the client stands in has power. */
    placeLives(client: Point): boolean;
    /** The last event that the trace tells about the node where it concerns the shard, else about the shard or its cluster. */
    lastEventAbout(shard: ShardId, node: NodeOrNone): Cause;
    /** As before, or the last one about what the cluster needs if that is later: it may be why the node answers again. */
    lastEventBehind(shard: ShardId, node: NodeId): Cause;
    /** Throws if the process cannot have answered. */
    assertCanAnswer(shard: ShardId, node: NodeId): void;
    /** Called once in a millisecond in which the world has changed, when everything has reacted. */
    reviewed(): void;
}

/**
 * All clients of a run. Requests that must end alike as long as nothing changes are counted in one step, exactly; the
 * others are simulated one by one.
 */
export class Clients {
    private readonly streams: readonly ClientStream[];
    /** Positions of the streams to each shard. */
    private readonly streamsOf = new Map<ShardId, number[]>();
    private readonly acknowledgedBy = new Map<ShardId, Map<NodeId, number>>();
    private readonly flights = new Flights();
    private readonly arrive: number;
    private readonly resume: number;
    private readonly review: number;
    private reviewPending = false;
    /** When the run ended. */
    private endMs = Infinity;
    /** Shards whose streams are to be reviewed; undefined: all are. */
    private toReview: Set<ShardId> | undefined = new Set();

    constructor(
        private readonly host: ClientHost,
        specs: readonly ClientStreamSpec[],
        times: StreamTimes,
    ) {
        this.streams = specs.map((spec) => {
            const name = streamName(host.topology, spec);
            return new ClientStream(spec, (purpose) => randomStream(host.seed, name, purpose), times);
        });
        this.streams.forEach(({ spec: { shard } }, index) => {
            const indexes = this.streamsOf.get(shard) ?? [];
            indexes.push(index);
            this.streamsOf.set(shard, indexes);
        });
        this.arrive = host.register((index, generation) => this.onArrival(this.streams[index]!, index, generation));
        this.resume = host.register((slot, generation) => this.onResume(slot, generation));
        this.review = host.register(() => this.reviewStreams());
    }

    /** The answers may differ from now on: of these shards, else of all. */
    worldChanged(shards?: Iterable<ShardId>): void {
        if (shards === undefined) {
            this.toReview = undefined;
        } else if (this.toReview !== undefined) {
            for (const shard of shards) {
                this.toReview.add(shard);
            }
        }
        if (!this.reviewPending) {
            this.reviewPending = true;
            this.host.queue.schedule(this.host.queue.time, Priority.client, this.review, 0, 0);
        }
    }

    acknowledged(shard: ShardId, node: NodeId): number {
        for (const stream of (this.streamsOf.get(shard) ?? []).map((index) => this.streams[index]!)) {
            if (stream.spec.operation === 'write') {
                this.settle(stream, this.host.queue.time - 1);
            }
        }
        return this.acknowledgedBy.get(shard)?.get(node) ?? 0;
    }

    /**
     * Settles everything that was sent before `untilMs`. A request that is still under way has failed if its remaining tries
     * fail as things stand then; one that might yet succeed has no outcome and is not counted.
     */
    finish(untilMs: number): void {
        for (const stream of this.streams) {
            this.settle(stream, untilMs - 1);
        }
        for (const flight of this.flights) {
            if (this.host.placeLives(flight.stream.spec.client)) {
                this.endFlight(flight);
            }
        }
        this.endMs = untilMs;
    }

    /** A client whose try somebody has, or that goes on for a time, is asked as if it tried once more. */
    private endFlight({ stream, index, attempt, previous, reason, cause, held }: Flight): void {
        let last: Pick<Flight, 'previous' | 'reason'> = { previous, reason };
        const { retries, deadlineMs } = stream.spec;
        // As nothing changes any more, a client that has tried every node would only be told the same again.
        const lastTry = Math.min(retries, attempt + 1 + this.host.topology.nodes.length);
        const final = held === undefined && deadlineMs === undefined ? lastTry : attempt + 1;
        for (let next = attempt + 1; next <= final; next++) {
            const answer = this.ask(stream, next, last.previous, undefined, deadlineMs !== undefined);
            if (answer.outcome === 'ok' && answer.afterMs <= stream.spec.timeoutMs) {
                return;
            }
            last = { previous: answer.node, ...this.failure(stream.spec.shard, answer, cause) };
        }
        stream.tally(index, index + 1, false);
        stream.tracker.failed(index, index + 1, this.host.queue.time, last.reason, cause);
    }

    results(): readonly {
        readonly spec: ClientStreamSpec;
        readonly outages: readonly TrackedOutage[];
        readonly stale: ClientStream['stale'];
        readonly windows: readonly Window[];
    }[] {
        return this.streams.map((stream) => ({
            spec: stream.spec,
            outages: stream.tracker.outages(this.endMs),
            stale: stream.stale,
            windows: stream.windows.map((window) => ({
                ...window,
                shard: stream.spec.shard,
                cluster: this.host.topology.shards[stream.spec.shard]!.cluster,
                operation: stream.spec.operation,
                ...(stream.spec.workload === undefined ? {} : { workload: stream.spec.workload }),
            })),
        }));
    }

    counts(): WorkloadCount[] {
        return workloadCounts(this.streams);
    }

    private reviewStreams(): void {
        this.reviewPending = false;
        this.host.reviewed();
        const shards = this.toReview;
        this.toReview = new Set();
        const indexes = shards && [...shards].flatMap((shard) => this.streamsOf.get(shard) ?? []);
        for (const index of indexes?.sort((one, other) => one - other) ?? this.streams.keys()) {
            this.reviewStream(this.streams[index]!, index);
        }
    }

    private reviewStream(stream: ClientStream, index: number): void {
        const now = this.host.queue.time;
        this.settle(stream, now - 1);
        stream.generation++;
        if (!this.host.placeLives(stream.spec.client)) {
            stream.mode = { kind: 'paused' };
            return;
        }
        if (stream.mode.kind === 'paused') {
            stream.next = stream.arrivals.countThrough(now - 1);
        }
        this.askAgain(stream);
        stream.mode = this.steadinessOf(stream);
        stream.modeCause = this.causeOf(stream);
        if (stream.mode.kind === 'ok') {
            this.host.assertCanAnswer(stream.spec.shard, stream.mode.node);
        } else if (stream.mode.kind === 'varies') {
            this.expect(stream, index);
        }
    }

    private steadinessOf({ spec }: ClientStream): Steadiness {
        const steadiness = this.host.behaviourOf(spec.shard).steadiness(spec);
        if (steadiness.kind === 'varies') {
            return steadiness;
        }
        // An answer that comes too late is none, and what is lost on the way is a matter of chance.
        const { afterMs, node } = steadiness;
        return afterMs > spec.timeoutMs || lossTo(this.host, spec.client, node) > 0 ? { kind: 'varies' } : steadiness;
    }

    private causeOf({ spec, mode }: ClientStream): Cause {
        switch (mode.kind) {
            case 'ok':
                return this.host.lastEventBehind(spec.shard, mode.node);
            case 'fails':
                return mode.cause ?? this.host.lastEventAbout(spec.shard, mode.node);
            case 'varies':
            case 'paused':
                return -1;
            default:
                return assertNever(mode);
        }
    }

    /** Counts the requests of a steady stream that arrived up to `time`. */
    private settle(stream: ClientStream, time: number): void {
        const { mode, arrivals } = stream;
        if (mode.kind === 'varies' || mode.kind === 'paused') {
            return;
        }
        const from = stream.next;
        const to = arrivals.countThrough(time);
        if (to <= from) {
            return;
        }
        stream.next = to;
        stream.tally(from, to, mode.kind === 'ok');
        if (mode.kind === 'ok') {
            stream.tracker.succeeded(from, to, mode.afterMs, stream.modeCause);
            stream.tallyStale(from, to, mode.stale);
            this.acknowledge(stream, mode.node, to - from);
        } else {
            stream.tracker.failed(from, to, arrivals.at(from) + mode.afterMs, mode.reason, stream.modeCause);
        }
    }

    private expect(stream: ClientStream, index: number): void {
        const time = Math.max(stream.arrivals.at(stream.next), this.host.queue.time);
        this.host.queue.schedule(time, Priority.client, this.arrive, index, stream.generation);
    }

    private onArrival(stream: ClientStream, index: number, generation: number): void {
        // The place may have lost power in this millisecond, before its clients were reviewed.
        if (generation !== stream.generation || !this.host.placeLives(stream.spec.client)) {
            return;
        }
        while (stream.arrivals.at(stream.next) <= this.host.queue.time) {
            this.attempt(stream, stream.next++, 0, -1);
        }
        this.expect(stream, index);
    }

    private attempt(stream: ClientStream, index: number, attempt: number, previous: NodeOrNone, before?: Cause): void {
        const untilMs = Math.min(this.host.queue.time + stream.spec.timeoutMs, stream.lastMs(index));
        this.conclude({ stream, index, attempt, untilMs }, this.ask(stream, attempt, previous), before);
    }

    private conclude(one: Try, answer: Attempt, before: Cause | undefined): void {
        const { stream, index, attempt, untilMs } = one;
        const { shard } = stream.spec;
        const now = this.host.queue.time;
        if (answer.outcome === 'ok' && now + answer.afterMs <= untilMs) {
            this.host.assertCanAnswer(shard, answer.node);
            stream.tally(index, index + 1, true);
            stream.tallyStale(index, index + 1, answer.stale);
            const afterMs = now + answer.afterMs - stream.arrivals.at(index);
            const cause = answer.cause ?? this.host.lastEventBehind(shard, answer.node);
            stream.tracker.succeeded(index, index + 1, afterMs, cause);
            this.acknowledge(stream, answer.node, 1);
            return;
        }
        const resumeMs = answer.outcome === 'error' ? Math.min(now + answer.afterMs, untilMs) : untilMs;
        const held = answer.outcome === 'ok' ? undefined : answer.held;
        const { reason, cause } = this.failure(shard, answer, before);
        this.resumeAt(resumeMs, { stream, index, attempt, untilMs, previous: answer.node, reason, cause, held });
    }

    private resumeAt(timeMs: number, flight: Flight): void {
        const [slot, generation] = this.flights.add(flight);
        this.host.queue.schedule(timeMs, Priority.client, this.resume, slot, generation);
    }

    /** Something has changed: whoever has tries of this stream may answer them now. */
    private askAgain(stream: ClientStream): void {
        for (const { held, attempt, previous } of this.flights.heldOf(stream)) {
            const answer = this.ask(stream, attempt, previous, held);
            if (answer.outcome === 'ok' || answer.held !== held) {
                this.flights.takeHeld(stream, held!).forEach((flight) => this.conclude(flight, answer, flight.cause));
            }
        }
    }

    private ask(stream: ClientStream, attempt: number, previous: NodeOrNone, held?: number, final = false): Attempt {
        // Spelled out: a spread of the whole stream costs more than all that a try does otherwise.
        const { client, shard, operation, fromReplicas, timeoutMs, settings } = stream.spec;
        const given = this.host.behaviourOf(shard).attempt({
            client,
            shard,
            operation,
            fromReplicas,
            timeoutMs,
            settings,
            attempt,
            previous,
            held,
            ...(final && { final }),
        });
        return given.outcome === 'hang' ? given : overLossyWay(this.host, stream, given);
    }

    /** The client has its error or gave up waiting: it tries again, or the request has failed. */
    private onResume(slot: number, generation: number): void {
        const flight = this.flights.take(slot, generation);
        if (flight === undefined) {
            return;
        }
        const { stream, index, attempt, previous } = flight;
        if (!this.host.placeLives(stream.spec.client)) {
            return;
        }
        const { queue } = this.host;
        if (attempt < stream.spec.retries && queue.time < stream.lastMs(index)) {
            const pauseMs = flight.pauses === true ? 0 : pauseAfter(attempt, stream.spec);
            if (pauseMs > 0) {
                this.resumeAt(queue.time + pauseMs, { ...flight, held: undefined, pauses: true });
            } else {
                this.attempt(stream, index, attempt + 1, previous, flight.cause);
            }
            return;
        }
        stream.tally(index, index + 1, false);
        stream.tracker.failed(index, index + 1, queue.time, flight.reason, flight.cause);
    }

    /** The last try tells how the request failed, the first one why: what happened later cannot be the cause. */
    private failure(
        shard: ShardId,
        answer: Attempt,
        before: Cause | undefined,
    ): { readonly reason: string; readonly cause: Cause } {
        const reason = answer.outcome === 'ok' ? 'the answer came too late' : answer.reason;
        const told = answer.outcome === 'ok' ? undefined : answer.cause;
        return { reason, cause: before ?? told ?? this.host.lastEventAbout(shard, answer.node) };
    }

    private acknowledge(stream: ClientStream, node: NodeId, count: number): void {
        if (stream.spec.operation === 'write') {
            const shard = stream.spec.shard;
            const counts = this.acknowledgedBy.get(shard) ?? new Map<NodeId, number>();
            counts.set(node, (counts.get(node) ?? 0) + count);
            this.acknowledgedBy.set(shard, counts);
        }
    }
}
