import { clientStreams } from '../../../simulator/index.js';
import type { Operation, ShardId, Topology } from '../../../topology/index.js';

/** Every cluster of a topology asks for the same. */
const known = new WeakMap<Topology, Watchers>();

export function watchersOf(topology: Topology): Watchers {
    const watchers = known.get(topology) ?? new Watchers(topology);
    known.set(topology, watchers);
    return watchers;
}

/** Which of a shard's clients ask its leader, and which are content with any node. */
export class Watchers {
    private readonly leader: ReadonlySet<string>;
    private readonly replicas: ReadonlySet<string>;

    constructor(topology: Topology) {
        const streams = clientStreams(topology, 0);
        const keys = (spread: boolean): ReadonlySet<string> =>
            new Set(
                streams
                    .filter((each) => (each.operation === 'read' && each.fromReplicas) === spread)
                    .map(({ shard, operation }) => `${shard} ${operation}`),
            );
        this.leader = keys(false);
        this.replicas = keys(true);
    }

    askLeader(shard: ShardId, operation: Operation): boolean {
        return this.leader.has(`${shard} ${operation}`);
    }

    readReplicas(shard: ShardId): boolean {
        return this.replicas.has(`${shard} read`);
    }

    readReplicasOnly(shard: ShardId): boolean {
        return this.readReplicas(shard) && !this.askLeader(shard, 'read');
    }
}
