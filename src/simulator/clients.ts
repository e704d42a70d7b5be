import { assertNever, shardsBehind, type NodeId, type ShardId } from '../topology/index.js';
import { Acknowledgements } from './acknowledgements.js';
import type { Cause, Steadiness } from './behaviour.js';
import { ClientStream, type StreamTimes } from './client-stream.js';
import { streamName, type ClientStreamSpec } from './demands.js';
import { lossTo } from './lossy-way.js';
import type { Completed, TrackedOutage } from './outages.js';
import { Priority } from './queue.js';
import { randomStream } from './random.js';
import { Requests, type RequestHost } from './requests.js';
import type { IfWaiting, Window, WorkloadCount } from './result.js';
import { workloadCounts } from './workload-counts.js';

/** What the clients need to know of the rest of the simulation. */
export interface ClientHost extends RequestHost {
    readonly seed: number;
    /** Called once in a millisecond in which the world has changed, when everything has reacted. */
    reviewed(): void;
}

/**
 * All clients of a run. Requests that must end alike as long as nothing changes are counted in one step, exactly; the
 * others are simulated one by one.
 */
export class Clients {
    private readonly streams: readonly ClientStream[];
    /** Positions of the streams to each shard, if only by way of an address. */
    private readonly streamsOf = new Map<ShardId, number[]>();
    private readonly acknowledgements = new Acknowledgements();
    private readonly requests: Requests;
    private readonly arrive: number;
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
            for (const answering of [shard, ...shardsBehind(host.topology, shard)]) {
                const indexes = this.streamsOf.get(answering) ?? [];
                indexes.push(index);
                this.streamsOf.set(answering, indexes);
            }
        });
        this.arrive = host.register((index, generation) => this.onArrival(this.streams[index]!, index, generation));
        this.requests = new Requests(host, this.acknowledgements);
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

    /** Writes of the shard that the node acknowledged until now; without a node, that any did. */
    acknowledged(shard: ShardId, node?: NodeId): number {
        for (const stream of (this.streamsOf.get(shard) ?? []).map((index) => this.streams[index]!)) {
            if (stream.spec.operation === 'write') {
                this.settle(stream, this.host.queue.time - 1);
            }
        }
        return node === undefined ? this.acknowledgements.all(shard) : this.acknowledgements.of(shard, node);
    }

    /** Settles everything that was sent before `untilMs`, when the run has ended. */
    finish(untilMs: number): void {
        this.endMs = untilMs;
        for (const stream of this.streams) {
            this.settle(stream, untilMs - 1);
        }
        this.requests.finish();
    }

    results(): readonly {
        readonly spec: ClientStreamSpec;
        readonly outages: readonly TrackedOutage[];
        /** Missing if no request waited when the run ended. */
        readonly ifWaiting?: IfWaiting<TrackedOutage>;
        readonly completed: readonly Completed[];
        readonly stale: ClientStream['stale'];
        readonly windows: readonly Window[];
    }[] {
        return this.streams.map((stream) => ({
            spec: stream.spec,
            ...this.outagesOf(stream),
            completed: stream.tracker.completed(),
            stale: stream.stale,
            windows: stream.windows.map(({ waiting, ...window }) => ({
                ...window,
                ...(waiting > 0 && { waiting }),
                shard: stream.spec.shard,
                cluster: this.host.topology.shards[stream.spec.shard]!.cluster,
                operation: stream.spec.operation,
                ...(stream.spec.workload === undefined ? {} : { workload: stream.spec.workload }),
            })),
        }));
    }

    private outagesOf({ tracker, waiting }: ClientStream): {
        readonly outages: readonly TrackedOutage[];
        readonly ifWaiting?: IfWaiting<TrackedOutage>;
    } {
        const outages = tracker.outages(this.endMs);
        if (waiting === 0) {
            return { outages };
        }
        const succeed = tracker.hasAny('failing') ? tracker.outages(this.endMs, ['failed']) : outages;
        const fail = tracker.hasAny('waiting')
            ? tracker.outages(this.endMs, ['failed', 'failing', 'waiting'])
            : outages;
        return { outages, ifWaiting: { succeed, fail } };
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
        this.requests.askAgain(stream);
        stream.mode = this.steadinessOf(stream);
        stream.modeCause = this.causeOf(stream);
        if (stream.mode.kind === 'ok') {
            this.host.assertCanAnswer(stream.mode.behind ?? stream.spec.shard, stream.mode.node);
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
                return mode.cause ?? this.host.lastEventBehind(spec.shard, mode.node, mode.behind);
            case 'fails':
                return mode.cause ?? this.host.lastEventAbout(mode.behind ?? spec.shard, mode.node);
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
        if (mode.kind === 'ok') {
            stream.tally(from, to, true);
            stream.tracker.succeeded(from, to, mode.afterMs, stream.modeCause);
            stream.tallyStale(from, to, mode.stale);
            this.acknowledgements.note(stream.spec, mode.node, to - from, mode.behind);
        } else {
            this.settleFailing(stream, from, to, mode);
        }
    }

    /** What the run ends before its client has an error, or gives up, has not failed yet. */
    private settleFailing(
        stream: ClientStream,
        from: number,
        to: number,
        { afterMs, reason }: Extract<Steadiness, { kind: 'fails' }>,
    ): void {
        const { arrivals, tracker, modeCause: cause } = stream;
        const known = arrivals.at(to - 1) + afterMs < this.endMs ? to : arrivals.countThrough(this.endMs - afterMs - 1);
        const open = Math.max(from, known);
        if (open > from) {
            stream.tally(from, open, false);
            tracker.failed(from, open, arrivals.at(from) + afterMs, reason, cause);
        }
        if (open < to) {
            stream.tallyWaiting(open, to);
            tracker.open(open, to, this.endMs, reason, cause, 'failing');
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
            this.requests.send(stream, stream.next++);
        }
        this.expect(stream, index);
    }
}
