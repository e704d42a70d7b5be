import type { Cause } from '../../../simulator/index.js';
import { GoodReplicas } from './good-replicas.js';
import type { Replication } from './replication.js';
import type { ClusterState, Peer } from './state.js';

/** Primaries that refuse writes because too few replicas follow them (`min-replicas-to-write`). */
export class WriteGate {
    private readonly refusing = new Set<Peer>();
    private readonly needed: readonly number[];
    private readonly replicas: GoodReplicas;

    constructor(
        private readonly state: ClusterState,
        replication: Replication,
    ) {
        this.replicas = new GoodReplicas(state, replication, () => this.review());
        this.needed = state.members.map((_, peer) =>
            state.context.number('min-replicas-to-write', state.placeOf(peer)),
        );
    }

    /** After the replica was attached to the primary or cut off from it. */
    linkChanged(replica: Peer, primary: Peer): void {
        if (this.needed[primary]! > 0) {
            this.replicas.linkChanged(replica, primary);
        }
    }

    refusesWrites(peer: Peer): boolean {
        return this.refusing.has(peer);
    }

    /** Looks at every primary again and tells what changed. */
    review(): void {
        this.reviewAll(this.state.members.keys());
    }

    /** The same for the primaries of one shard; -1: none. */
    reviewShard(shard: number): void {
        this.reviewAll(this.state.holders[shard] ?? []);
    }

    private reviewAll(peers: Iterable<Peer>): void {
        for (const peer of peers) {
            if (this.state.isPrimary(peer) && this.state.runs(peer)) {
                this.reviewPrimary(peer);
            }
        }
    }

    private reviewPrimary(peer: Peer): void {
        const { state } = this;
        const needed = this.needed[peer]!;
        const good = needed > 0 ? this.replicas.count(peer) : 0;
        const refuses = good < needed;
        if (refuses === this.refusing.has(peer)) {
            return;
        }
        if (refuses) {
            this.refusing.add(peer);
        } else {
            this.refusing.delete(peer);
        }
        const shard = state.shards[state.shardOf[peer]!]!;
        const counts = `${good} of ${needed} replicas that \`min-replicas-to-write\` asks for`;
        state.world.record({
            kind: 'state',
            text: `${state.nameOf(peer)} ${refuses ? 'refuses' : 'accepts'} writes: it counts ${counts}`,
            cause: this.causeOf(peer, refuses),
            node: state.nodeOf(peer),
            shard: shard.id,
        });
        state.world.changed();
    }

    /** What befell the replicas that it does not count, or any of them if they are counted. */
    private causeOf(primary: Peer, refuses: boolean): Cause {
        const { state, replicas } = this;
        const holders = state.holders[state.shardOf[primary]!]!;
        const struck = (peers: readonly Peer[]): Cause =>
            Math.max(-1, ...peers.map((each) => state.world.lastFault(state.nodeOf(each))));
        const missed = holders.filter((each) => each !== primary && !replicas.counts(each, primary));
        const cause = refuses ? struck(missed) : -1;
        return cause >= 0 ? cause : struck(holders);
    }
}
