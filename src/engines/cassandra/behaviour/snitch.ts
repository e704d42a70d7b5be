import type { HandlerId, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { Reviews } from '../../shared/simulation/index.js';
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
    private readonly orders = new WeakMap<readonly NodeId[], Map<string | NodeId, readonly NodeId[]>>();
    private readonly places = new Map<NodeId, string>();
    private readonly shunned = new Map<NodeId, Set<NodeId>>();
    /** Grows with every change of whom anybody asks last. */
    revision = 0;
    private readonly waiting = new Map<NodeId, Set<NodeId>>();
    /** How many coordinators shun each replica. */
    private readonly shunnedBy = new Map<NodeId, number>();
    private readonly shun: HandlerId;
    private readonly reset: HandlerId;

    constructor(
        private readonly world: World,
        private readonly nodes: Nodes,
        private readonly reviews: Reviews,
    ) {
        this.shun = world.handler((coordinator, replica) => this.onTimeout(coordinator, replica));
        this.reset = world.handler((coordinator, replica) => this.onReset(coordinator, replica));
    }

    /** The same list of replicas must always hold the same ones. */
    nearest(coordinator: NodeId, replicas: readonly NodeId[]): readonly NodeId[] {
        const near = this.byDistance(coordinator, replicas);
        const shunned = this.shunned.get(coordinator);
        return shunned === undefined || !replicas.some((replica) => shunned.has(replica))
            ? near
            : [...near.filter((replica) => !shunned.has(replica)), ...near.filter((replica) => shunned.has(replica))];
    }

    /** Nodes of one rack that hold none of the replicas see them in one order. */
    private byDistance(coordinator: NodeId, replicas: readonly NodeId[]): readonly NodeId[] {
        const orders = this.orders.get(replicas) ?? new Map<string | NodeId, readonly NodeId[]>();
        this.orders.set(replicas, orders);
        const viewpoint = replicas.includes(coordinator) ? coordinator : this.placeOf(coordinator);
        const order =
            orders.get(viewpoint) ??
            replicas.toSorted((one, other) => this.distance(coordinator, one) - this.distance(coordinator, other));
        orders.set(viewpoint, order);
        return order;
    }

    private placeOf(node: NodeId): string {
        let place = this.places.get(node);
        if (place === undefined) {
            const { region, zone, rack } = this.world.topology.nodes[node]!;
            place = `${region} ${zone} ${rack}`;
            this.places.set(node, place);
        }
        return place;
    }

    /** The coordinator has asked these replicas, and they do not answer. */
    unanswered(coordinator: NodeId, replicas: readonly NodeId[]): void {
        const waiting = this.waiting.get(coordinator) ?? new Set<NodeId>();
        this.waiting.set(coordinator, waiting);
        for (const replica of replicas) {
            if (!waiting.has(replica)) {
                waiting.add(replica);
                const { readTimeoutMs } = this.nodes.config(coordinator);
                this.world.schedule(this.world.now + readTimeoutMs + UPDATE_MS, this.shun, coordinator, replica);
            }
        }
    }

    /** The replicas are asked as ever. */
    trust(coordinator: NodeId, replicas: readonly NodeId[]): void {
        const shunned = this.shunned.get(coordinator);
        for (const replica of shunned === undefined ? [] : replicas) {
            if (shunned!.delete(replica)) {
                this.shunnedBy.set(replica, this.shunnedBy.get(replica)! - 1);
                this.revision++;
            }
        }
    }

    /** Whether any coordinator asks the replica last. */
    isShunned(replica: NodeId): boolean {
        return (this.shunnedBy.get(replica) ?? 0) > 0;
    }

    /** The process has lost all that it knew. */
    forget(coordinator: NodeId): void {
        this.trust(coordinator, [...(this.shunned.get(coordinator) ?? [])]);
    }

    private onTimeout(coordinator: NodeId, replica: NodeId): void {
        this.waiting.get(coordinator)!.delete(replica);
        if (this.nodes.gossips(coordinator) && !this.nodes.answers(coordinator, replica)) {
            const shunned = this.shunned.get(coordinator) ?? new Set<NodeId>();
            this.shunnedBy.set(replica, (this.shunnedBy.get(replica) ?? 0) + (shunned.has(replica) ? 0 : 1));
            this.shunned.set(coordinator, shunned.add(replica));
            this.revision++;
            this.world.schedule(this.world.now + RESET_MS, this.reset, coordinator, replica);
            // Only reads that met the silent replica change by it, and these are looked at one by one.
            this.reviews.soon();
        }
    }

    private onReset(coordinator: NodeId, replica: NodeId): void {
        if (this.shunned.get(coordinator)?.has(replica) === true) {
            this.trust(coordinator, [replica]);
            this.world.changed();
        }
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
