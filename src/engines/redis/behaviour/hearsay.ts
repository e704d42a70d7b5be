import { TRIES, type GossipSection } from './gossip-section.js';
import type { News } from './news.js';
import type { Reports } from './reports.js';
import type { ClusterState, Peer } from './state.js';

/** What a node believes of what others tell about third nodes; see clusterProcessGossipSection of Redis 7 (src/cluster.c). */
export class Hearsay {
    constructor(
        private readonly state: ClusterState,
        private readonly reports: Reports,
        private readonly news: News,
        /** How many nodes a section tells about. */
        private readonly wanted: number,
    ) {}

    learn(observer: Peer, sender: Peer, { sample, startWord }: GossipSection): void {
        if (sample) {
            this.reports.expire(observer);
            sample.peers.forEach((other, entry) => this.believe(observer, other, sample.seconds[entry]!));
        } else {
            this.learnFrom(observer, sender, startWord);
        }
    }

    /** The same from a section without a sample. */
    learnFrom(observer: Peer, sender: Peer, startWord: number): void {
        this.reports.expire(observer);
        this.news.tellAll(sender, observer, startWord, this.lengthOf(sender));
    }

    /** First-hand news that are awaited, and doubts, count for more. */
    private believe(observer: Peer, other: Peer, second: number): void {
        if (!this.news.isAside(observer, other)) {
            this.news.believe(observer, other, second);
        }
    }

    /** In words of the table. Whom the sender suspects takes no place that is meant for those it takes for well. */
    private lengthOf(sender: Peer): number {
        const { size, suspects } = this.state;
        const others = Math.min(TRIES * this.wanted, (this.wanted * size) / (size - suspects[sender]!));
        return Math.min(this.news.rowWords, Math.ceil((others / size) * this.news.rowWords));
    }
}
