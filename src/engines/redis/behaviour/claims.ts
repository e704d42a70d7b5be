import type { Bus } from './bus.js';
import type { ClusterState, Peer } from './state.js';

/** What every message tells of its sender besides: its epoch, and which slots it claims since which epoch. */
export class Claims {
    constructor(
        private readonly state: ClusterState,
        private readonly bus: Bus,
        /** The observer takes the owner for that of the shard if the epoch is later than that of the one it knows. */
        private readonly adopt: (observer: Peer, shard: number, owner: Peer, epoch: number) => void,
    ) {}

    /** A message arrives in the moment in which it is sent. */
    meet(observer: Peer, sender: Peer): void {
        const shard = this.state.shardClaimedBy(sender);
        const epoch = shard >= 0 ? this.state.epochSeenBy(sender, shard) : 0;
        this.hear(observer, sender, this.state.currentEpoch[sender]!, shard, epoch);
    }

    /** The sender was in this epoch, and claimed the shard since another; -1: none. */
    hear(observer: Peer, sender: Peer, currentEpoch: number, shard: number, epoch: number): void {
        this.state.currentEpoch[observer] = Math.max(this.state.currentEpoch[observer]!, currentEpoch);
        if (shard >= 0) {
            this.weigh(observer, sender, shard, epoch);
        }
    }

    /** The newer claim on slots wins; whoever claims with an older one is told. */
    private weigh(observer: Peer, claimant: Peer, shard: number, epoch: number): void {
        const known = this.state.epochSeenBy(observer, shard);
        if (epoch > known) {
            this.adopt(observer, shard, claimant, epoch);
        } else if (epoch < known) {
            const owner = this.state.ownerSeenBy(observer, shard);
            this.bus.send(observer, claimant, { kind: 'update', shard, owner, ownerEpoch: known });
        }
    }
}
