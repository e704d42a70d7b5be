import { clientStreams } from '../../simulator/index.js';
import type { Operation, ShardId, Topology } from '../../topology/index.js';

/** Which of a shard's clients ask its primary, and which are content with any node. */
export class Watchers {
    private readonly primary: ReadonlySet<string>;
    private readonly replicas: ReadonlySet<string>;

    constructor(topology: Topology) {
        const streams = clientStreams(topology, 0);
        const keys = (spread: boolean): ReadonlySet<string> =>
            new Set(
                streams
                    .filter((each) => (each.operation === 'read' && each.fromReplicas) === spread)
                    .map(({ shard, operation }) => `${shard} ${operation}`),
            );
        this.primary = keys(false);
        this.replicas = keys(true);
    }

    askPrimary(shard: ShardId, operation: Operation): boolean {
        return this.primary.has(`${shard} ${operation}`);
    }

    readReplicas(shard: ShardId): boolean {
        return this.replicas.has(`${shard} read`);
    }

    readReplicasOnly(shard: ShardId): boolean {
        return this.readReplicas(shard) && !this.askPrimary(shard, 'read');
    }
}
