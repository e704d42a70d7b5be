import type { Cause, HandlerId, RandomStream } from '../../../simulator/index.js';
import { BASE_DELAY_MS } from '../../../simulator/index.js';
import { setDuration, type NodeId } from '../../../topology/index.js';
import type { ActiveController } from './controller.js';
import type { KafkaState } from './state.js';

/** After it has joined, a broker sends two heartbeats 10 ms apart: it has read the metadata, and it is ready (BrokerLifecycleManager.java). */
const READY_MS = 20 + 4 * BASE_DELAY_MS;
/** A broker that is refused asks again after this time, twice as long with each refusal, give or take a fiftieth (BrokerLifecycleManager.java). */
const FIRST_BACKOFF_MS = 100;
const BACKOFF_JITTER = 0.02;
/** A request that finds no active controller is held, and one is looked for so often (NodeToControllerRequestThread.java). */
const LOOK_MS = 100;

/** A new process joins the cluster before it serves: it registers, reads the metadata and is unfenced. */
export class Joining {
    private readonly stoppedCleanly = new Set<NodeId>();
    private readonly dead = new Set<NodeId>();
    /** Processes count, so that a step meant for an earlier one is void. */
    private readonly processes = new Map<NodeId, number>();
    private readonly causes = new Map<NodeId, Cause>();
    /** How often the process has been refused; brokers that are registered are not among them. */
    private readonly refusals = new Map<NodeId, number>();
    /** Brokers whose next step waits for an active controller, or until their process goes on. */
    private readonly waiting = new Map<NodeId, HandlerId>();
    private readonly onRegister: HandlerId;
    private readonly onReady: HandlerId;
    private readonly onTimeout: HandlerId;

    constructor(
        private readonly state: KafkaState,
        private readonly controller: ActiveController,
        /** The broker serves from now on. */
        private readonly joined: (broker: NodeId, cause: Cause) => void,
    ) {
        this.onRegister = state.world.handler((broker, process) => this.register(broker, process));
        this.onReady = state.world.handler((broker, process) => this.ready(broker, process));
        this.onTimeout = state.world.handler((broker, process) => this.giveUp(broker, process));
    }

    died(broker: NodeId, isClean: boolean): void {
        if (isClean) {
            this.stoppedCleanly.add(broker);
        } else if (!this.dead.has(broker)) {
            this.stoppedCleanly.delete(broker);
        }
        this.end(broker);
    }

    private end(broker: NodeId): void {
        this.processes.set(broker, this.processOf(broker) + 1);
        this.waiting.delete(broker);
        this.state.serving[broker] = 0;
        this.dead.add(broker);
    }

    /** The file that tells of a clean stop is gone with the disk. */
    wiped(broker: NodeId): void {
        this.state.emptied[broker] = 1;
        this.stoppedCleanly.delete(broker);
    }

    started(broker: NodeId, cause: Cause): void {
        const { world, config } = this.state;
        const process = this.processOf(broker) + 1;
        this.dead.delete(broker);
        this.processes.set(broker, process);
        this.causes.set(broker, this.state.emptied[broker] === 1 ? this.tellEmpty(broker, cause) : cause);
        this.state.emptied[broker] = 0;
        this.refusals.set(broker, 0);
        world.schedule(world.now, this.onRegister, broker, process);
        world.schedule(world.now + config.registrationMs, this.onTimeout, broker, process);
    }

    /** Processes, links or the active controller are different now. */
    review(): void {
        const { world } = this.state;
        for (const [broker, step] of [...this.waiting]) {
            if (this.state.isUp(broker) && this.controller.hears(broker)) {
                this.waiting.delete(broker);
                const lookMs = this.stream(broker, 'controller looked for').below(LOOK_MS);
                world.schedule(world.now + lookMs, step, broker, this.processOf(broker));
            }
        }
    }

    private tellEmpty(broker: NodeId, cause: Cause): Cause {
        const text = `${this.state.nameOf(broker)} starts with an empty disk, which has been formatted for the cluster`;
        return this.state.world.record({ kind: 'state', text, cause, node: broker });
    }

    private register(broker: NodeId, process: number): void {
        const { world, config } = this.state;
        if (process !== this.processOf(broker)) {
            return;
        }
        if (!this.state.isUp(broker) || !this.controller.hears(broker)) {
            this.waiting.set(broker, this.onRegister);
        } else if (this.controller.register(broker, this.stoppedCleanly.has(broker), this.causes.get(broker)!)) {
            this.refusals.delete(broker);
            world.schedule(world.now + READY_MS, this.onReady, broker, process);
        } else {
            const refusals = this.refusals.get(broker)!;
            this.refusals.set(broker, refusals + 1);
            const meanMs = Math.min(FIRST_BACKOFF_MS * 2 ** refusals, config.sessionMs);
            const spreadMs = Math.floor(meanMs * BACKOFF_JITTER);
            const backoffMs = this.stream(broker, 'registration').between(meanMs - spreadMs, meanMs + spreadMs);
            world.schedule(world.now + backoffMs, this.onRegister, broker, process);
        }
    }

    /** A broker that cannot register for `initial.broker.registration.timeout.ms` ends itself. */
    private giveUp(broker: NodeId, process: number): void {
        const { state } = this;
        if (process !== this.processOf(broker) || !this.refusals.has(broker)) {
            return;
        }
        if (!state.isUp(broker)) {
            state.world.schedule(state.world.now + LOOK_MS, this.onTimeout, broker, process);
            return;
        }
        state.world.record({
            kind: 'state',
            text: `${state.nameOf(broker)} ends itself: no active controller has let it register for ${setDuration(state.config.registrationMs)}`,
            cause: this.causes.get(broker)!,
            node: broker,
        });
        state.ended[broker] = 1;
        this.end(broker);
        state.world.changed();
    }

    private stream(broker: NodeId, purpose: string): RandomStream {
        const { world, context } = this.state;
        return world.stream(context.topology.nodes[broker]!.qualifiedName, `${purpose} at ${String(world.now)}`);
    }

    private ready(broker: NodeId, process: number): void {
        const { world } = this.state;
        if (process !== this.processOf(broker)) {
            return;
        }
        if (!this.state.isUp(broker) || !this.controller.hears(broker)) {
            this.waiting.set(broker, this.onReady);
            return;
        }
        const cause = world.record({
            kind: 'recovery',
            text: `${this.state.nameOf(broker)} has joined the cluster and serves again`,
            cause: this.causes.get(broker)!,
            node: broker,
            belief: { holds: 'alive', about: [broker], by: 'cluster' },
        });
        this.state.serving[broker] = 1;
        this.joined(broker, cause);
    }

    private processOf(broker: NodeId): number {
        return this.processes.get(broker) ?? 0;
    }
}
