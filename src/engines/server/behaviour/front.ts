/** One address of a server cluster during a run. */
import type { Attempt, AttemptContext, Cause, HostChange, Steadiness } from '../../../simulator/index.js';
import type { Fault, NodeId } from '../../../topology/index.js';

/** Part of a request's context that tells who asks. */
export type Asker = Pick<AttemptContext, 'client'>;

export interface FrontBehaviour {
    start(): void;
    hostChanged(node: NodeId, change: HostChange, cause: Cause): void;
    networkChanged(cause: Cause): void;
    attempt(context: AttemptContext): Attempt;
    steadiness(asker: Asker): Steadiness;
    /** Nodes that act as the one active server; empty where all serve. */
    leaders(): readonly NodeId[];
    serving(node: NodeId): boolean;
    unsupported(fault: Fault): string | undefined;
}
