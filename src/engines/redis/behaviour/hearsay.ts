import { TRIES, type GossipSection } from './gossip-section.js';
import type { News } from './news.js';
import type { Pings } from './pings.js';
import type { Reports } from './reports.js';
import { Flag, type ClusterState, type Peer } from './state.js';

/** What a node believes of what others tell about third nodes; see clusterProcessGossipSection of Redis 7 (src/cluster.c). */
export class Hearsay {
    constructor(
        private readonly state: ClusterState,
        private readonly reports: Reports,
        private readonly news: News,
        private readonly pings: Pings,
        /** How many nodes a section tells about. */
        private readonly wanted: number,
    ) {}

    learn(observer: Peer, sender: Peer, { sample, start }: GossipSection): void {
        this.reports.expire(observer);
        const nowSecond = this.news.secondOf(this.state.world.now);
        if (sample) {
            sample.peers.forEach((other, entry) => this.believe(observer, other, sample.seconds[entry]!, nowSecond));
        } else {
            this.readTable(observer, sender, start, nowSecond);
        }
    }

    /**
     * Reads the section out of the sender's table, from one node on. Most entries are older than what the observer knows,
     * which a look at two small numbers tells: this is what a large cluster spends its time with.
     */
    private readTable(observer: Peer, sender: Peer, start: Peer, nowSecond: number): void {
        const { size, flags } = this.state;
        const { seconds } = this.news;
        const [theirs, mine] = [sender * size, observer * size];
        let left = this.wanted;
        let from = start;
        // Twice at most: to the end of the list of members, and on from its beginning.
        for (let tries = TRIES * left; tries > 0 && left > 0; from = 0) {
            const end = Math.min(size, from + tries);
            tries -= end - from;
            for (let other = from; other < end && left > 0; other++) {
                const flag = flags[theirs + other]!;
                left -= flag === Flag.suspected ? 0 : 1;
                if ((seconds[theirs + other]! - seconds[mine + other]!) << 16 > 0 && flag === Flag.alive) {
                    this.believe(observer, other, seconds[theirs + other]!, nowSecond);
                }
            }
        }
    }

    /** First-hand news that are awaited, and doubts, count for more. */
    private believe(observer: Peer, other: Peer, second: number, nowSecond: number): void {
        const pair = observer * this.state.size + other;
        const mayBelieve = this.state.flags[pair] === Flag.alive && !this.pings.isAwaited(pair) && other !== observer;
        if (mayBelieve && this.news.isOlder(pair, second) && this.reports.count(observer, other) === 0) {
            this.news.believe(pair, second, nowSecond);
        }
    }
}
