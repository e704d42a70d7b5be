import type { HandlerId, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { Nodes } from './nodes.js';

/** How often a coordinator works out anew which replicas answer fast. Source: `dynamic_snitch_update_interval`. */
const UPDATE_MS = 100;
/** How often it forgets what it has measured. Source: `dynamic_snitch_reset_interval`. */
const RESET_MS = 600_000;

/**
 * Which replicas a coordinator asks first: its own copy, then those of its rack and of its datacenter; those that let it wait
 * until the timeout come last, until they are heard of again or all measurements are forgotten.
 *
 * Source: https://github.com/apache/cassandra/blob/trunk/src/java/org/apache/cassandra/locator/DynamicEndpointSnitch.java
 */
export class Snitch {
    private readonly shunned = new Map<NodeId, Set<NodeId>>();
    private readonly waiting = new Set<string>();
    private readonly shun: HandlerId;
    private readonly reset: HandlerId;

    constructor(
        private readonly world: World,
        private readonly nodes: Nodes,
    ) {
        this.shun = world.handler((coordinator, replica) => this.onTimeout(coordinator, replica));
        this.reset = world.handler((coordinator, replica) => this.onReset(coordinator, replica));
    }

    nearest(coordinator: NodeId, replicas: readonly NodeId[]): readonly NodeId[] {
        const shunned = this.shunned.get(coordinator);
        const rank = (replica: NodeId): number =>
            (shunned?.has(replica) ? FAR : 0) + this.distance(coordinator, replica);
        return replicas.toSorted((one, other) => rank(one) - rank(other));
    }

    /** The coordinator has asked these replicas, and they do not answer. */
    unanswered(coordinator: NodeId, replicas: readonly NodeId[]): void {
        for (const replica of replicas) {
            const key = `${coordinator} ${replica}`;
            if (!this.waiting.has(key)) {
                this.waiting.add(key);
                const { readTimeoutMs } = this.nodes.config(coordinator);
                this.world.schedule(this.world.now + readTimeoutMs + UPDATE_MS, this.shun, coordinator, replica);
            }
        }
    }

    /** The replicas are asked as ever. */
    trust(coordinator: NodeId, replicas: readonly NodeId[]): void {
        replicas.forEach((replica) => this.shunned.get(coordinator)?.delete(replica));
    }

    /** The process has lost all that it knew. */
    forget(coordinator: NodeId): void {
        this.shunned.delete(coordinator);
    }

    private onTimeout(coordinator: NodeId, replica: NodeId): void {
        this.waiting.delete(`${coordinator} ${replica}`);
        if (this.nodes.gossips(coordinator) && !this.nodes.answers(coordinator, replica)) {
            const shunned = this.shunned.get(coordinator) ?? new Set<NodeId>();
            this.shunned.set(coordinator, shunned.add(replica));
            this.world.schedule(this.world.now + RESET_MS, this.reset, coordinator, replica);
            this.world.changed();
        }
    }

    private onReset(coordinator: NodeId, replica: NodeId): void {
        this.trust(coordinator, [replica]);
        this.world.changed();
    }

    private distance(coordinator: NodeId, replica: NodeId): number {
        if (coordinator === replica) {
            return 0;
        }
        const one = this.world.topology.nodes[coordinator]!;
        const other = this.world.topology.nodes[replica]!;
        const sameRack = one.zone === other.zone && one.rack === other.rack;
        return one.region !== other.region ? 3 : sameRack ? 1 : 2;
    }
}

/** Further than any distance. */
const FAR = 10;
