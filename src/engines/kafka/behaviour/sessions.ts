import type { Cause, HandlerId } from '../../../simulator/index.js';
import { BASE_DELAY_MS } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { NEXT_FENCE_MS } from '../config.js';
import type { KafkaState } from './state.js';

/**
 * When the active controller had the last heartbeat of each broker. While heartbeats come nothing is counted; when they
 * stop, the last one lies up to an interval back, and the end of the session follows from it.
 */
export class Sessions {
    /** Brokers whose heartbeats do not come, and when the last one did. */
    private readonly silent = new Map<NodeId, number>();
    /** Why they do not come, as things stood when they stopped. */
    private readonly causes = new Map<NodeId, Cause>();
    /** A heartbeat of each broker, from which its others follow at even distances. */
    private readonly phase = new Map<NodeId, number>();
    /** The first of the instants at which the active controller looks for sessions that have ended. */
    private checksFrom: number;
    private activeSince = 0;
    private lastFence = Number.NEGATIVE_INFINITY;
    /** Brokers that are to be fenced and wait for their turn, in order. */
    private readonly queue = new Set<NodeId>();
    private readonly onEnd: HandlerId;
    private readonly onTurn: HandlerId;

    constructor(
        private readonly state: KafkaState,
        private readonly active: () => NodeId | undefined,
        /** The broker's session has ended `silenceMs` after its last heartbeat. */
        private readonly ended: (broker: NodeId, silenceMs: number, cause: Cause) => void,
    ) {
        const { world, config, context } = state;
        for (const broker of state.brokers) {
            const name = context.topology.nodes[broker]!.qualifiedName;
            this.phase.set(broker, world.stream(name, 'heartbeat').below(this.periodMs()) - this.periodMs());
        }
        const checks = world.stream(context.cluster.name, 'session check');
        this.checksFrom = -checks.below(config.fenceCheckMs ?? 1);
        this.onEnd = world.handler((broker) => this.look(broker));
        this.onTurn = world.handler(() => this.takeTurns());
    }

    /** A new active controller takes every broker for alive and counts anew. */
    activated(): void {
        const { now } = this.state.world;
        this.silent.clear();
        this.activeSince = now;
        this.checksFrom = now;
    }

    /** The broker has joined, and sends heartbeats from now on. */
    joined(broker: NodeId): void {
        this.phase.set(broker, this.state.world.now);
        this.silent.delete(broker);
    }

    /** Whether a session of the broker's last process has not ended. */
    isValid(broker: NodeId): boolean {
        const last = this.silent.get(broker);
        return (
            this.state.fenced[broker] === 0 &&
            (last === undefined || this.state.world.now < last + this.state.config.sessionMs)
        );
    }

    /** Looks again whose heartbeats come. */
    review(): void {
        const active = this.active();
        if (active === undefined) {
            return;
        }
        for (const broker of this.state.brokers) {
            const comes = this.state.runs(broker) && this.state.linked(broker, active);
            if (comes) {
                this.silent.delete(broker);
            } else if (this.state.fenced[broker] === 0) {
                this.count(broker);
            }
        }
    }

    private count(broker: NodeId): void {
        const { world, config } = this.state;
        const known = this.silent.get(broker);
        const last = known ?? this.lastHeartbeat(broker);
        const endMs = this.firstCheck(last + config.sessionMs);
        if (known === undefined) {
            this.silent.set(broker, last);
            this.causes.set(broker, this.whySilent(broker));
            world.schedule(endMs, this.onEnd, broker);
        } else if (endMs < world.now) {
            // The active controller could not look just then.
            world.schedule(this.firstCheck(world.now), this.onEnd, broker);
        }
    }

    /** A process that has ended and is back, but has not joined, is silent because of what ended it. */
    private whySilent(broker: NodeId): Cause {
        const { state } = this;
        const blame = state.blameOf(broker);
        return state.serving[broker] === 1 ? Math.max(blame, state.world.lastFault(this.active()!)) : blame;
    }

    private look(broker: NodeId): void {
        const { now } = this.state.world;
        const last = this.endedSession(broker);
        if (last === undefined) {
            return;
        }
        if (now < this.lastFence + this.gapMs()) {
            if (this.queue.size === 0) {
                this.state.world.schedule(this.lastFence + this.gapMs(), this.onTurn);
            }
            this.queue.add(broker);
            return;
        }
        this.lastFence = now;
        this.ended(broker, now - last, this.causes.get(broker) ?? -1);
    }

    private takeTurns(): void {
        const { world } = this.state;
        for (const broker of this.queue) {
            if (world.now < this.lastFence + this.gapMs()) {
                world.schedule(this.lastFence + this.gapMs(), this.onTurn);
                return;
            }
            this.queue.delete(broker);
            this.look(broker);
        }
    }

    /** The last heartbeat of a broker whose session has ended and that is not fenced yet, while somebody can do so. */
    private endedSession(broker: NodeId): number | undefined {
        const last = this.silent.get(broker);
        const isOver =
            last !== undefined && this.state.world.now >= this.firstCheck(last + this.state.config.sessionMs);
        return isOver && this.state.fenced[broker] === 0 && this.active() !== undefined ? last : undefined;
    }

    private lastHeartbeat(broker: NodeId): number {
        const from = this.phase.get(broker)!;
        const { now } = this.state.world;
        const last = from + Math.floor((now - from) / this.periodMs()) * this.periodMs();
        return Math.max(this.activeSince, last);
    }

    /** The next heartbeat is due one interval after the answer to the last one. */
    private periodMs(): number {
        return this.state.config.heartbeatMs + 2 * BASE_DELAY_MS;
    }

    private firstCheck(atMs: number): number {
        const { fenceCheckMs } = this.state.config;
        return fenceCheckMs === undefined
            ? atMs
            : this.checksFrom + Math.ceil((atMs - this.checksFrom) / fenceCheckMs) * fenceCheckMs;
    }

    private gapMs(): number {
        return this.state.config.fenceCheckMs === undefined ? 0 : NEXT_FENCE_MS;
    }
}
