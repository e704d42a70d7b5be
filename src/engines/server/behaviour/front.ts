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
    /** The longest way in ms, one way, of which it is known what those make of it who watch the servers; missing: any. */
    readonly slowestLinkMs?: number | undefined;
    /** An operator makes the server the active one, or the next in order; missing: it takes no such orders. */
    readonly appoint?: (node: NodeId | undefined, cause: Cause) => void;
    /** An operator wants the server to get no further requests; missing: why not, {@link unsupported} says. */
    readonly drain?: (node: NodeId, cause: Cause) => void;
    readonly endDrain?: (node: NodeId) => void;
    isDrained?(node: NodeId): boolean;
    unsupported(fault: Fault): string | undefined;
}
