/** What else the clients of a shard ask of the cluster. */
import type { Block, Condition, FailureState, Reach } from '../../../proof/index.js';
import type { clientStreams } from '../../../simulator/index.js';
import type { Cluster, NodeId, Operation, Shard, ShardId } from '../../../topology/index.js';

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
        return this.workloadsOf(shard, operation)
            .flatMap((workload) => this.ofWorkload.get(workload) ?? [])
            .filter((other) => other.shard !== shard || other.operation !== operation);
    }

    workloadsOf(shard: ShardId, operation: Operation): readonly number[] {
        return [...new Set(this.to(shard, operation).flatMap(({ workload }) => workload ?? []))];
    }

    shardsOf(workload: number): readonly ShardId[] {
        return [...new Set((this.ofWorkload.get(workload) ?? []).map(({ shard }) => shard))];
    }
}

/**
 * Whether the clients of one workload miss a whole shard, so that they take whoever they asked about it for failed. All shards of the
 * workload share the answer.
 */
export class MissingShards implements Condition {
    private readonly positionsAt = new Map<NodeId, number[]>();
    private last: { readonly state: FailureState; readonly missing: boolean } | undefined;

    constructor(
        private readonly shards: readonly Shard[],
        private readonly entries: readonly Block[],
    ) {
        shards.forEach(({ copies }, position) => copies.forEach((node) => append(this.positionsAt, node, position)));
    }

    /** No entry is dead to which they could be led back, or every shard has a copy left. */
    holds(state: FailureState): boolean {
        if (this.last?.state !== state) {
            const isEntryDead = this.entries.some(([node]) => !isAlive(state, node!));
            this.last = { state, missing: isEntryDead && this.isAnyMissing(state) };
        }
        return !this.last.missing;
    }

    private isAnyMissing(state: FailureState): boolean {
        return state.failed.some((node) =>
            (this.positionsAt.get(node) ?? []).some((position) => this.left(position, state) === 0),
        );
    }

    /** Copies that could still be the last ones to go. */
    readonly reach = (struck: FailureState, more: number): Reach => {
        const near = this.shards.filter((_, position) => this.left(position, struck) <= more);
        return { nodes: [...new Set(near.flatMap(({ copies }) => copies))], counted: [this.entries] };
    };

    private left(position: number, state: FailureState): number {
        return this.shards[position]!.copies.filter((node) => isAlive(state, node)).length;
    }
}

export function isAlive(state: FailureState, node: NodeId): boolean {
    return state.alive[node] === 1;
}

function keyOf({ shard, operation }: Service): string {
    return `${operation} ${String(shard)}`;
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
    const known = map.get(key) ?? [];
    map.set(key, known);
    known.push(value);
}
