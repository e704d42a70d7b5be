import type { NodeId } from '../../../topology/index.js';
import type { Nodes } from './nodes.js';

/** Groups of nodes among which gossip passes from hand to hand, whether or not every two of them reach each other. */
export class Components {
    /** By node; undefined for those that do not gossip. */
    private readonly groupOf: (number | undefined)[] = [];

    constructor(nodes: Nodes) {
        let left = nodes.ids.filter((node) => nodes.gossips(node));
        for (let group = 0; left.length > 0; group++) {
            const found = [left[0]!];
            left = left.slice(1);
            // The list grows while it is walked.
            for (const node of found) {
                this.groupOf[node] = group;
                const unreached: NodeId[] = [];
                for (const other of left) {
                    (nodes.answers(node, other) ? found : unreached).push(other);
                }
                left = unreached;
            }
        }
    }

    connect(one: NodeId, other: NodeId): boolean {
        const group = this.groupOf[one];
        return group !== undefined && group === this.groupOf[other];
    }
}
