import type { Attempt, AttemptContext, Steadiness, StreamContext } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';

/** How clients find the node that answers. */
export interface Access {
    attempt(context: AttemptContext): Attempt;
    steadiness(context: StreamContext): Steadiness;
    /** To be called after every change. */
    review(): void;
}

/** What a request meets at a node, without any effect. */
export type Ask = (context: StreamContext, node: NodeId) => Attempt;
