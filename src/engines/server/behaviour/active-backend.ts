import type { Cause, World } from '../../../simulator/index.js';
import type { NodeId, ShardId } from '../../../topology/index.js';
import type { BalancerFront } from '../front.js';

/**
 * The one server that a balancer sends every request to. The balancer alone decides who it is, so there are never two: a
 * server that is cut off from the balancer gets no requests, whatever it believes itself.
 */
export class ActiveBackend {
    private node: NodeId | undefined;
    private claims = 0;

    constructor(
        private readonly world: World,
        private readonly front: BalancerFront,
        /** Whose leader the server is; undefined for an address whose server leads nothing, such as one for reads alone. */
        private readonly service: ShardId | undefined,
    ) {}

    start(node: NodeId | undefined): void {
        this.node = node;
        this.claim(-1);
    }

    leaders(): readonly NodeId[] {
        return this.node === undefined ? [] : [this.node];
    }

    /** To be called when the balancer's choice or a server's process may have changed. */
    follow(choice: NodeId | undefined, cause: Cause): void {
        this.claim(choice === this.node ? cause : this.move(choice, cause));
    }

    private move(to: NodeId | undefined, cause: Cause): Cause {
        const from = this.node;
        this.node = to;
        if (from !== undefined && this.service !== undefined) {
            this.world.release(this.service, from, cause);
        }
        return to === undefined ? cause : this.tell(to, from, cause);
    }

    private tell(to: NodeId, from: NodeId | undefined, cause: Cause): Cause {
        const instead = from === undefined ? '' : ` instead of ${this.nameOf(from)}`;
        return this.world.record({
            kind: 'promotion',
            text: `${this.nameOf(to)} becomes the active server behind ${this.front.address}${instead}`,
            cause,
            node: to,
            ...(this.service !== undefined && { shard: this.service }),
            source: this.front.source,
        });
    }

    /** A server that restarts before the balancer misses it is the active one again; a dead one cannot act. */
    private claim(cause: Cause): void {
        const { node, service, world } = this;
        if (node === undefined || service === undefined) {
            return;
        }
        const state = world.process(node);
        if (state === 'running' || state === 'frozen') {
            world.claim(service, node, ++this.claims, cause);
        }
    }

    private nameOf(node: NodeId): string {
        return this.world.topology.nodes[node]!.qualifiedName;
    }
}
