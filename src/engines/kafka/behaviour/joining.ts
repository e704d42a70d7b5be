import type { Cause, HandlerId } from '../../../simulator/index.js';
import { BASE_DELAY_MS } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { ActiveController } from './controller.js';
import type { KafkaState } from './state.js';

/** After it has joined, a broker sends two heartbeats 10 ms apart: it has read the metadata, and it is ready (BrokerLifecycleManager.java). */
const READY_MS = 20 + 4 * BASE_DELAY_MS;

/** A new process joins the cluster before it serves: it registers, reads the metadata and is unfenced. */
export class Joining {
    private readonly stoppedCleanly = new Set<NodeId>();
    /** Brokers whose disk is gone and whose next process begins with an empty one. */
    private readonly emptied = new Set<NodeId>();
    /** Processes count, so that a step meant for an earlier one is void. */
    private readonly processes = new Map<NodeId, number>();
    private readonly causes = new Map<NodeId, Cause>();
    private readonly onRegister: HandlerId;
    private readonly onReady: HandlerId;

    constructor(
        private readonly state: KafkaState,
        private readonly controller: ActiveController,
        /** The broker serves from now on. */
        private readonly joined: (broker: NodeId, cause: Cause) => void,
    ) {
        this.onRegister = state.world.handler((broker, process) => this.register(broker, process));
        this.onReady = state.world.handler((broker, process) => this.ready(broker, process));
    }

    died(broker: NodeId, isClean: boolean): void {
        this.processes.set(broker, this.processOf(broker) + 1);
        this.state.serving[broker] = 0;
        if (isClean) {
            this.stoppedCleanly.add(broker);
        } else {
            this.stoppedCleanly.delete(broker);
        }
    }

    /** The file that tells of a clean stop is gone with the disk. */
    wiped(broker: NodeId): void {
        this.emptied.add(broker);
        this.stoppedCleanly.delete(broker);
    }

    isEmpty(broker: NodeId): boolean {
        return this.emptied.has(broker);
    }

    started(broker: NodeId, cause: Cause): void {
        const process = this.processOf(broker) + 1;
        this.processes.set(broker, process);
        this.causes.set(broker, this.emptied.delete(broker) ? this.tellEmpty(broker, cause) : cause);
        this.state.world.schedule(this.state.world.now, this.onRegister, broker, process);
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
        if (
            this.state.isUp(broker) &&
            this.controller.register(broker, this.stoppedCleanly.has(broker), this.causes.get(broker)!)
        ) {
            world.schedule(world.now + READY_MS, this.onReady, broker, process);
        } else {
            world.schedule(world.now + config.heartbeatMs, this.onRegister, broker, process);
        }
    }

    private ready(broker: NodeId, process: number): void {
        const { world } = this.state;
        if (process !== this.processOf(broker)) {
            return;
        }
        if (!this.state.isUp(broker) || !this.controller.hears(broker)) {
            world.schedule(world.now + this.state.config.heartbeatMs, this.onReady, broker, process);
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
