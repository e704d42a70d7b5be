/** What packets lost on the way do to one request. */
import type { Topology } from '../topology/index.js';
import type { Attempt, NodeOrNone, Point } from './behaviour.js';
import type { ClientStream } from './client-stream.js';
import { requestLossMs } from './loss.js';

interface Ways {
    readonly topology: Topology;
    /** Chance that a packet on the way is lost. */
    loss(from: Point, to: Point): number;
}

/** The answer comes later, perhaps too late. */
export function overLossyWay(
    ways: Ways,
    stream: ClientStream,
    answer: Exclude<Attempt, { readonly outcome: 'hang' }>,
): Attempt {
    const { client, timeoutMs } = stream.spec;
    const { node } = answer;
    if (lossTo(ways, client, node) === 0) {
        return answer;
    }
    const afterMs = answer.afterMs + requestLossMs(ways.loss(client, node), ways.loss(node, client), stream.luck);
    const name = ways.topology.nodes[node]?.name;
    return afterMs <= timeoutMs
        ? { ...answer, afterMs }
        : {
              outcome: 'hang',
              node,
              reason: `packets between the client and ${String(name)} are lost`,
              ...(answer.behind !== undefined && { behind: answer.behind }),
          };
}

/** Chance that a packet to the node or one back is lost; 0 where nobody answers. */
export function lossTo(ways: Ways, client: Point, node: NodeOrNone): number {
    return node < 0 ? 0 : Math.max(ways.loss(client, node), ways.loss(node, client));
}
