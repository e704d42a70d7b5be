import type { FailureState } from '../../proof/index.js';
import type { NodeId, Shard } from '../../topology/index.js';

/** Which shards a failure set concerns: all others are as in health, and there may be hundreds. */
export class StruckShards {
    private readonly holders = new Map<NodeId, number[]>();
    private readonly known = new WeakMap<FailureState, readonly Shard[]>();

    constructor(private readonly shards: readonly Shard[]) {
        shards.forEach(({ copies }, index) =>
            copies.forEach((node) => this.holders.set(node, [...(this.holders.get(node) ?? []), index])),
        );
    }

    /** Shards that lost a node, in order of declaration. */
    by(state: FailureState): readonly Shard[] {
        const struck = this.known.get(state) ?? this.find(state);
        this.known.set(state, struck);
        return struck;
    }

    private find({ failed }: FailureState): readonly Shard[] {
        const indices = new Set(failed.flatMap((node) => this.holders.get(node) ?? []));
        return [...indices].sort((one, other) => one - other).map((index) => this.shards[index]!);
    }
}
