import type { World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';

/** The servers in the order in which the service falls to them, seen by whoever watches them from outside. */
export class Succession {
    constructor(
        private readonly world: World,
        readonly nodes: readonly NodeId[],
    ) {}

    isAlive(node: NodeId): boolean {
        return this.world.reach(this.world.outside, node) === 'open';
    }

    /** The first that lives. */
    heir(): NodeId | undefined {
        return this.nodes.find((node) => this.isAlive(node));
    }

    /** One that does not answer the heir. */
    silentTo(heir: NodeId): NodeId | undefined {
        return this.nodes.find((node) => node !== heir && this.world.reach(heir, node) === 'silent');
    }

    nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.qualifiedName;
    }
}
