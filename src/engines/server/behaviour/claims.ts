import type { Cause, World } from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';

/** Servers that act as the active one, in the order in which they began to. */
export class Claims {
    private nodes: readonly NodeId[] = [];
    private count = 0;

    constructor(
        private readonly world: World,
        /** Whose leader they are; undefined: they lead nothing. */
        private readonly service: ShardId | undefined,
    ) {}

    list(): readonly NodeId[] {
        return this.nodes;
    }

    includes(node: NodeId): boolean {
        return this.nodes.includes(node);
    }

    add(node: NodeId, cause: Cause): void {
        this.nodes = [...this.nodes.filter((other) => other !== node), node];
        if (this.service !== undefined) {
            this.world.claim(this.service, node, ++this.count, cause);
        }
    }

    drop(node: NodeId, cause: Cause): void {
        this.nodes = this.nodes.filter((other) => other !== node);
        if (this.service !== undefined) {
            this.world.release(this.service, node, cause);
        }
    }
}
