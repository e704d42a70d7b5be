import type { World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';

/** The servers in the order in which the service falls to them, as whoever watches them from outside sees them. */
export class Servers {
    constructor(
        private readonly world: World,
        readonly inOrder: readonly NodeId[],
    ) {}

    isAlive(node: NodeId): boolean {
        return this.world.reach(this.world.outside, node) === 'open';
    }

    /** The first that lives. */
    heir(): NodeId | undefined {
        return this.inOrder.find((node) => this.isAlive(node));
    }

    /** One that does not answer the heir. */
    silentTo(heir: NodeId): NodeId | undefined {
        return this.inOrder.find((node) => node !== heir && this.world.reach(heir, node) === 'silent');
    }

    nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.qualifiedName;
    }
}
