import type { Attempt, AttemptContext, HandlerId, Point, Steadiness } from '../../../simulator/index.js';
import { assertNever, type NodeId } from '../../../topology/index.js';
import { NO_END, type ProducerTimes } from '../patience.js';
import { roundTrip, steadinessOf } from '../../shared/simulation/index.js';
import type { LeaderAnswers, Request } from './answers.js';
import { backoffMs, Connections, METADATA, QUEUED, type Line } from './connections.js';
import { NO_LEADER } from './partition.js';
import type { KafkaState, PartitionId } from './state.js';

type Tried = Request & Pick<AttemptContext, 'held'>;

/** The numbers of what calls a producer back; each is called with the producer's own number first. */
export interface ProducerTimers {
    readonly number: number;
    /** With a broker: something about the connection to it is due. */
    readonly onLine: HandlerId;
    /** With a partition: its records are sent again. */
    readonly onRetry: HandlerId;
    /** The metadata is asked for. */
    readonly onAsk: HandlerId;
    /** It asks once more for a leader. */
    readonly onLook: HandlerId;
    /** With a broker: its answer with the metadata is there. */
    readonly onLearnt: HandlerId;
}

/**
 * A producer whose own keys say how patient it is (Sender.java, NetworkClient.java). It keeps connections. One on which a
 * request goes unanswered for too long is given up with all that was sent over it, and only then, or when a connection breaks,
 * does not come about, or a broker says that it does not lead, it asks for the metadata: whichever broker it has the fewest
 * requests under way to, whatever that one believes. Records wait inside the producer meanwhile.
 */
export class Producer {
    /** Up to where it has read the metadata: of two answers the newer one counts, since leaders have epochs. */
    private offset = 0;
    private readonly connections: Connections;
    private readonly pauses = new Map<PartitionId, { untilMs: number; failures: number }>();
    private asksAt: number | undefined;
    private lastAsked = Number.NEGATIVE_INFINITY;
    /** It wants the metadata and has nobody to ask. */
    private isAtLoss = false;
    /** A partition has no leader, as far as it knows. */
    private isLooking = false;
    private isPlanned = false;

    constructor(
        private readonly state: KafkaState,
        private readonly answers: LeaderAnswers,
        private readonly client: Point,
        private readonly times: ProducerTimes,
        private readonly timers: ProducerTimers,
        private readonly draw: (purpose: string) => number,
    ) {
        this.connections = new Connections(state, client, times, draw, timers.onLine, timers.number, {
            lost: () => this.want(),
            turned: (node) => this.turned(node),
        });
    }

    attempt(context: AttemptContext): Attempt {
        const partition = this.state.partitionOf(context.shard);
        if (context.final === true) {
            const { leader } = this.state.current(partition);
            return leader === NO_LEADER
                ? this.queued(partition, `${this.state.titleOf(partition)} has no leader`)
                : this.answers.ask(context, partition, leader, 0);
        }
        const line = this.connections.of(context.held);
        if (line !== undefined) {
            return this.over(line, context, partition);
        }
        const wasSent = context.held !== undefined && context.held !== QUEUED;
        return wasSent && this.times.retries < NO_END ? this.lost(context.previous) : this.send(context, partition);
    }

    /** What was sent over a connection that is lost has failed once (Sender.java: NETWORK_EXCEPTION); the next try is counted. */
    private lost(node: NodeId): Attempt {
        const reason = `the producer has lost its connection to ${this.state.nameOf(node)}`;
        return { outcome: 'error', node, afterMs: 0, reason, cause: this.state.world.lastFault(node) };
    }

    steadiness(request: Request): Steadiness {
        const partition = this.state.partitionOf(request.shard);
        const { leader } = this.state.at(this.offset, partition);
        if (leader === NO_LEADER || !this.connections.flowsTo(leader) || this.pauses.has(partition)) {
            return { kind: 'varies' };
        }
        const answer = this.answers.ask(request, partition, leader, 0);
        return answer.outcome === 'ok' ? steadinessOf([answer]) : { kind: 'varies' };
    }

    // ── Records ────────────────────────────────────────────────────────────────

    private send(request: Tried, partition: PartitionId): Attempt {
        const { leader } = this.state.at(this.offset, partition);
        if (leader === NO_LEADER) {
            this.isLooking = true;
            this.want();
            return this.queued(partition, `${this.state.titleOf(partition)} has no leader`);
        }
        if ((this.pauses.get(partition)?.untilMs ?? 0) > this.state.world.now) {
            return this.queued(partition, `${this.state.nameOf(leader)} has refused, and the producer waits`);
        }
        const line = this.connections.lineTo(leader);
        if (line.state === 'closed') {
            this.connections.connect(line);
        }
        return line.state === 'open'
            ? this.over(line, request, partition)
            : this.queued(partition, `the producer has no connection to ${this.state.nameOf(leader)}`);
    }

    private over(line: Line, request: Tried, partition: PartitionId): Attempt {
        const answer = this.answers.ask(request, partition, line.node, 0);
        if (answer.outcome === 'hang') {
            return this.wait(line, request, partition, answer);
        }
        const wasFull = !this.connections.takesMore(line);
        if (line.unanswered.delete(partition) && wasFull) {
            this.state.world.changed(this.state.shardsOf(this.state.partitionsOf.get(line.node) ?? []));
        }
        if (answer.outcome === 'ok') {
            this.pauses.delete(partition);
            return answer;
        }
        if (this.state.reach(this.client, line.node) === 'refused') {
            this.connections.lose(line);
        } else {
            this.postpone(line.node, partition);
        }
        return this.times.retries >= NO_END ? this.queued(partition, answer.reason) : answer;
    }

    /** So many requests are sent ahead of their answers; further records wait inside the producer, and then go together. */
    private wait(
        line: Line,
        { held }: Tried,
        partition: PartitionId,
        answer: Extract<Attempt, { outcome: 'hang' }>,
    ): Attempt {
        if (held !== line.ticket) {
            if (!this.connections.takesMore(line)) {
                return this.queued(partition, answer.reason);
            }
            this.connections.await(line, partition);
        }
        return { ...answer, held: line.ticket };
    }

    private queued(partition: PartitionId, reason: string): Attempt {
        const { leader } = this.state.at(this.offset, partition);
        const node = leader === NO_LEADER ? this.state.partitions[partition]!.copies[0]! : leader;
        return { outcome: 'hang', node, reason, cause: this.state.world.lastFault(node), held: QUEUED };
    }

    /** The broker refuses a partition's records: they are sent again after a pause. */
    private postpone(node: NodeId, partition: PartitionId): void {
        const { world } = this.state;
        const failures = this.pauses.get(partition)?.failures ?? 0;
        const { backoffMs: firstMs, longestBackoffMs } = this.times;
        const pauseMs = backoffMs(firstMs, longestBackoffMs, failures, this.draw('retry'));
        this.pauses.set(partition, { untilMs: world.now + pauseMs, failures: failures + 1 });
        world.schedule(world.now + pauseMs, this.timers.onRetry, this.timers.number, partition);
        if (!this.answers.takesItselfForLeader(node, partition)) {
            this.want();
        }
    }

    retry(partition: PartitionId): void {
        this.state.world.changed([this.state.partitions[partition]!.id]);
    }

    /** Processes or links are different now. */
    reachChanged(restarted: NodeId | undefined): void {
        this.connections.reachChanged(restarted);
    }

    connectionDue(node: NodeId): void {
        this.connections.due(node);
    }

    /** What waits for this connection, or for anybody to ask, goes on. */
    private turned(node: NodeId): void {
        this.state.world.changed(this.state.shardsOf(this.state.partitionsOf.get(node) ?? []));
        if (this.isAtLoss) {
            this.isAtLoss = false;
            this.want();
        }
    }

    // ── Metadata ───────────────────────────────────────────────────────────────

    /** Asks for the metadata as soon as the pause since the last question is over. */
    want(): void {
        if (this.asksAt === undefined) {
            const { world } = this.state;
            this.asksAt = Math.max(world.now, this.lastAsked + this.times.backoffMs);
            world.schedule(this.asksAt, this.timers.onAsk, this.timers.number);
        }
    }

    ask(): void {
        this.asksAt = undefined;
        const line = this.connections.leastLoaded();
        if (line === undefined) {
            this.isAtLoss = true;
            return;
        }
        const { world } = this.state;
        this.lastAsked = world.now;
        const reach = this.state.reach(this.client, line.node);
        switch (reach) {
            case 'open':
                world.schedule(
                    world.now + roundTrip(world, this.client, line.node),
                    this.timers.onLearnt,
                    this.timers.number,
                    line.node,
                );
                break;
            case 'refused':
                this.connections.lose(line);
                break;
            case 'silent':
                this.connections.await(line, METADATA);
                break;
            default:
                assertNever(reach);
        }
    }

    learnt(node: NodeId): void {
        const { state } = this;
        if (!state.runs(node)) {
            this.want();
            return;
        }
        const offset = Math.max(this.offset, state.offsetOf(node));
        const news = state.changedBetween(this.offset, offset);
        this.offset = offset;
        this.isLooking &&= news.size === 0;
        news.forEach((partition) => this.pauses.delete(partition));
        state.world.changed(state.shardsOf(news));
    }

    /** Brokers have read news: a producer that looks for a leader asks again and again, every pause. */
    metadataChanged(): void {
        if (this.isLooking && !this.isPlanned) {
            this.isPlanned = true;
            const { world } = this.state;
            const afterMs = Math.round(this.draw('look') * this.times.longestBackoffMs);
            world.schedule(world.now + afterMs, this.timers.onLook, this.timers.number);
        }
    }

    look(): void {
        this.isPlanned = false;
        if (this.isLooking) {
            this.want();
        }
    }

    /** Whether there is news that it has not read. */
    isBehind(): boolean {
        return this.offset < this.state.committed;
    }
}
