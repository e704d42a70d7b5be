/** The nodes as the API holds them. */
import type { Cause } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import type { Candidate } from '../spread.js';

export interface NodeObject {
    readonly node: NodeId;
    ready: boolean;
    /** Since when the taint is set that evicts its pods, in ms. */
    taintedMs: number | undefined;
    cordoned: boolean;
    /** The event in the trace by which its state came about. */
    cause: Cause;
}

export class NodeObjects {
    private readonly all: ReadonlyMap<NodeId, NodeObject>;

    constructor(
        nodes: readonly NodeId[],
        private readonly workers: readonly NodeId[],
    ) {
        this.all = new Map(
            nodes.map((node) => [node, { node, ready: true, taintedMs: undefined, cordoned: false, cause: -1 }]),
        );
    }

    get(node: NodeId): NodeObject {
        return this.all.get(node)!;
    }

    find(node: NodeId): NodeObject | undefined {
        return this.all.get(node);
    }

    list(): readonly NodeObject[] {
        return [...this.all.values()];
    }

    /** Workers as the scheduler sees them: one that is not ready carries a taint at once that keeps new pods away. */
    candidates(): readonly Candidate[] {
        return this.workers.map((node) => {
            const { ready, taintedMs, cordoned } = this.get(node);
            return { node, tainted: !ready || taintedMs !== undefined, cordoned };
        });
    }
}
