/** What else the clients of a shard ask of the cluster. */
import type { clientStreams } from '../../../simulator/index.js';
import type { Cluster, Operation, ShardId } from '../../../topology/index.js';

export type ClientStream = ReturnType<typeof clientStreams>[number];

/** Requests of one kind to one shard. */
interface Service {
    readonly shard: ShardId;
    readonly operation: Operation;
}

/** The streams of requests to one cluster, by what they ask and by who sends them. */
export class Streams {
    private readonly byService = new Map<string, ClientStream[]>();
    private readonly ofWorkload = new Map<number, Service[]>();

    constructor(streams: readonly ClientStream[], { shards }: Cluster) {
        const own = new Set(shards);
        for (const stream of streams.filter(({ shard }) => own.has(shard))) {
            append(this.byService, keyOf(stream), stream);
            if (stream.workload !== undefined) {
                append(this.ofWorkload, stream.workload, { shard: stream.shard, operation: stream.operation });
            }
        }
    }

    to(shard: ShardId, operation: Operation): readonly ClientStream[] {
        return this.byService.get(keyOf({ shard, operation })) ?? [];
    }

    /** What the workloads that ask for this service ask for besides. The probe is no workload, and learns nothing. */
    besides(shard: ShardId, operation: Operation): readonly Service[] {
        const workloads = new Set(this.to(shard, operation).flatMap(({ workload }) => workload ?? []));
        return [...workloads]
            .flatMap((workload) => this.ofWorkload.get(workload) ?? [])
            .filter((other) => other.shard !== shard || other.operation !== operation);
    }
}

function keyOf({ shard, operation }: Service): string {
    return `${operation} ${String(shard)}`;
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
    const known = map.get(key) ?? [];
    map.set(key, known);
    known.push(value);
}
