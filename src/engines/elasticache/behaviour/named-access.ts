import type { Attempt, AttemptContext, Steadiness, StreamContext, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';
import { addressFor, ReaderAddress, type Watch } from '../../shared/managed/index.js';
import { NameCaches, steadinessOf } from '../../shared/simulation/index.js';
import { failoverDelay } from '../delays.js';
import type { Access, Ask } from './access.js';
import type { CacheShard } from './cache-shard.js';

/** Cluster mode disabled: the primary endpoint and the reader endpoint, both names that clients keep for a while. */
export class NamedAccess implements Access {
    private readonly names: NameCaches<NodeId>;
    private readonly readers: ReaderAddress;

    constructor(
        world: World,
        watch: Watch,
        private readonly shard: CacheShard,
        private readonly ask: Ask,
    ) {
        const { cluster } = world;
        const primary = (): NodeId => shard.leader.node;
        this.names = new NameCaches(world, addressFor(cluster, 'leader'), primary());
        const readers = addressFor(cluster, 'readers');
        this.readers = new ReaderAddress(world, watch, shard.shard.copies, readers, failoverDelay(cluster), primary);
    }

    attempt(context: AttemptContext): Attempt {
        return this.ask(context, context.fromReplicas ? this.readers.next(context) : this.names.lookUp(context.client));
    }

    steadiness(context: StreamContext): Steadiness {
        const nodes = context.fromReplicas ? this.readers.choices(context.client) : [this.names.lookUp(context.client)];
        return nodes.some((node) => this.shard.history.isAboutToMiss(node))
            ? { kind: 'varies' }
            : steadinessOf(nodes.map((node) => this.ask(context, node)));
    }

    review(): void {
        if (this.names.current !== this.shard.leader.node) {
            this.names.change(this.shard.leader.node);
        }
        this.readers.review();
    }
}
