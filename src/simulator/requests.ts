import type { NodeId, ShardId, Topology } from '../topology/index.js';
import type { Acknowledgements } from './acknowledgements.js';
import type { Attempt, Cause, ClusterBehaviour, NodeOrNone, Point } from './behaviour.js';
import { TOO_LATE, type ClientStream } from './client-stream.js';
import { pauseAfter } from './demands.js';
import { Flights, type Flight, type Try } from './flights.js';
import { overLossyWay } from './lossy-way.js';
import { Priority, type EventQueue } from './queue.js';

/** What single requests need to know of the rest of the simulation. */
export interface RequestHost {
    readonly topology: Topology;
    readonly queue: EventQueue;
    /** Chance that a packet on the way is lost. */
    loss(from: Point, to: Point): number;
    register(callback: (a: number, b: number) => void): number;
    behaviourOf(shard: ShardId): ClusterBehaviour;
    /** Whether the place that the client stands in has power. */
    placeLives(client: Point): boolean;
    /** The last event that the trace tells about the node where it concerns the shard, else about the shard or its cluster. */
    lastEventAbout(shard: ShardId, node: NodeOrNone): Cause;
    /**
     * As before, or the last one about what the cluster needs, or about the address that sent the request on to the shard behind
     * it, if that is later: it may be why the node answers again.
     */
    lastEventBehind(shard: ShardId, node: NodeId, behind?: ShardId): Cause;
    /** The last fault that struck the client's links, if nothing passes between it and the node any more; -1 if it does. */
    linkFault(client: Point, node: NodeOrNone): Cause;
    /** The last fault that slowed the links of either, as long as they are slow; -1 if they are not. */
    delayFault(client: Point, node: NodeOrNone): Cause;
    /** Throws if the process cannot have answered. */
    assertCanAnswer(shard: ShardId, node: NodeId): void;
}

/** Requests that are simulated one by one, with all of their tries. */
export class Requests {
    private readonly flights = new Flights();
    private readonly resume: number;

    constructor(
        private readonly host: RequestHost,
        private readonly acknowledgements: Acknowledgements,
    ) {
        this.resume = host.register((slot, generation) => this.onResume(slot, generation));
    }

    /** The request is sent now. */
    send(stream: ClientStream, index: number): void {
        this.attempt(stream, index, 0, -1);
    }

    /** Something has changed: whoever has tries of this stream may answer them now. */
    askAgain(stream: ClientStream): void {
        for (const { held, attempt, previous } of this.flights.heldOf(stream)) {
            const answer = this.ask(stream, attempt, previous, held);
            if (answer.outcome === 'ok' || answer.held !== held) {
                this.flights.takeHeld(stream, held!).forEach((flight) => this.conclude(flight, answer));
            }
        }
    }

    /**
     * The run has ended: a request that is still under way has no outcome. If its remaining tries fail as things stand now, its
     * shard is out for its client, which nobody knows for sure.
     */
    finish(): void {
        for (const flight of this.flights) {
            if (this.host.placeLives(flight.stream.spec.client)) {
                flight.stream.tallyWaiting(flight.index, flight.index + 1);
                this.endFlight(flight);
            }
        }
    }

    /** A client whose try somebody has, or that goes on for a time, is asked as if it tried once more. */
    private endFlight({ stream, index, attempt, previous, reason, cause, held }: Flight): void {
        let last: Pick<Flight, 'previous' | 'reason' | 'cause'> = { previous, reason, cause };
        let fate: 'failing' | 'waiting' = 'failing';
        const { retries, deadlineMs } = stream.spec;
        // As nothing changes any more, a client that has tried every node would only be told the same again.
        const lastTry = Math.min(retries, attempt + 1 + this.host.topology.nodes.length);
        const final = held === undefined && deadlineMs === undefined ? lastTry : attempt + 1;
        for (let next = attempt + 1; next <= final && fate === 'failing'; next++) {
            const answer = this.ask(stream, next, last.previous, undefined, deadlineMs !== undefined);
            if (answer.outcome === 'ok' && answer.afterMs <= stream.spec.timeoutMs) {
                fate = 'waiting';
            } else {
                last = { previous: answer.node, ...this.failure(stream.spec, answer) };
            }
        }
        stream.tracker.open(index, index + 1, this.host.queue.time, last.reason, last.cause, fate);
    }

    private attempt(stream: ClientStream, index: number, attempt: number, previous: NodeOrNone): void {
        const sinceMs = this.host.queue.time;
        const untilMs = Math.min(sinceMs + stream.spec.timeoutMs, stream.lastMs(index));
        this.conclude({ stream, index, attempt, sinceMs, untilMs }, this.ask(stream, attempt, previous));
    }

    private conclude(one: Try, answer: Attempt): void {
        const { stream, index, attempt, sinceMs, untilMs } = one;
        const { shard } = stream.spec;
        const now = this.host.queue.time;
        if (answer.outcome === 'ok' && now + answer.afterMs <= untilMs) {
            this.host.assertCanAnswer(answer.behind ?? shard, answer.node);
            stream.tally(index, index + 1, true);
            stream.tallyStale(index, index + 1, answer.stale);
            const afterMs = now + answer.afterMs - stream.arrivals.at(index);
            const cause = answer.cause ?? this.host.lastEventBehind(shard, answer.node, answer.behind);
            stream.tracker.succeeded(index, index + 1, afterMs, cause);
            this.acknowledgements.note(stream.spec, answer.node, 1, answer.behind);
            return;
        }
        const resumeMs = answer.outcome === 'error' ? Math.min(now + answer.afterMs, untilMs) : untilMs;
        const held = answer.outcome === 'ok' ? undefined : answer.held;
        const { reason, cause } = this.failure(stream.spec, answer);
        this.resumeAt(resumeMs, {
            stream,
            index,
            attempt,
            sinceMs,
            untilMs,
            previous: answer.node,
            reason,
            cause,
            held,
        });
    }

    private resumeAt(timeMs: number, flight: Flight): void {
        const [slot, generation] = this.flights.add(flight);
        this.host.queue.schedule(timeMs, Priority.client, this.resume, slot, generation);
    }

    private ask(stream: ClientStream, attempt: number, previous: NodeOrNone, held?: number, final = false): Attempt {
        // Spelled out: a spread of the whole stream costs more than all that a try does otherwise.
        const { client, shard, operation, fromReplicas, timeoutMs, settings, turn } = stream.spec;
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
            turn,
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
                this.attempt(stream, index, attempt + 1, previous);
            }
            return;
        }
        stream.tally(index, index + 1, false);
        stream.tracker.failed(index, index + 1, queue.time, flight.reason, flight.cause, flight.sinceMs);
    }

    /** What the last try met is how the request failed, and why. */
    private failure(
        { client, shard, timeoutMs }: ClientStream['spec'],
        answer: Attempt,
    ): Pick<Flight, 'reason' | 'cause'> {
        // A refusal that a slow link brings too late is none.
        const slowness =
            answer.outcome !== 'hang' && answer.afterMs > timeoutMs ? this.host.delayFault(client, answer.node) : -1;
        const isLate = answer.outcome === 'ok' || slowness >= 0;
        const [reason, cause] = isLate ? [TOO_LATE, slowness] : [answer.reason, answer.cause];
        const known = [this.host.linkFault(client, answer.node), cause ?? -1].find((each) => each >= 0);
        return { reason, cause: known ?? this.host.lastEventAbout(answer.behind ?? shard, answer.node) };
    }
}
