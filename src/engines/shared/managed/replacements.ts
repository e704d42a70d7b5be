import type { Cause, HandlerId, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { drawDelay, type ManagedDelay } from './delays.js';
import type { Watch } from './watch.js';

interface Order {
    readonly number: number;
    readonly cause: Cause;
}

/**
 * Dead nodes that the provider creates anew where they stood, as soon as their zone has power. A node that was stopped on
 * purpose stays stopped.
 */
export class Replacements {
    private readonly orders = new Map<NodeId, Order>();
    private readonly create: HandlerId;
    private ordered = 0;
    /** The node that is being put in the place of a dead one in this instant. */
    creating: NodeId | undefined;

    constructor(
        private readonly world: World,
        private readonly watch: Watch,
        private readonly delay: ManagedDelay,
        /** What has come, and as what: `A new instance is ready in the place of db-1, as a reader`. */
        private readonly told: (node: NodeId) => string,
        /** Whether something has to happen first, such as a failover. */
        private readonly mustWait: (node: NodeId) => boolean,
    ) {
        this.create = world.handler((node, number) => this.onDue(node, number));
    }

    /** To be called after every change: the dead are replaced, and those whose zone was dark are looked at again. */
    review(): void {
        for (const { node } of this.world.cluster.members) {
            const state = this.world.process(node);
            if (state !== 'off' && state !== 'crashed') {
                this.orders.delete(node);
            } else if (!this.orders.has(node) && this.world.hasPower(node) && !this.mustWait(node)) {
                this.order(node);
            }
        }
    }

    private order(node: NodeId): void {
        const { now } = this.world;
        this.orders.set(node, { number: ++this.ordered, cause: this.world.lastFault(node) });
        const takes = drawDelay(this.world, this.delay, this.world.stream(this.nameOf(node), `replacement at ${now}`));
        this.world.schedule(now + takes, this.create, node, this.ordered);
    }

    private onDue(node: NodeId, number: number): void {
        const order = this.orders.get(node);
        if (order?.number !== number) {
            return;
        }
        this.orders.delete(node);
        if (this.world.hasPower(node)) {
            this.creating = node;
            const text = this.told(node);
            const belief = this.watch.healthy(node);
            const cause = this.world.record({ kind: 'recovery', text, cause: order.cause, node, belief });
            this.world.replaceHost(node, cause);
            this.creating = undefined;
        }
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.qualifiedName;
    }
}
