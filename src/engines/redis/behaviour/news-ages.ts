import type { RandomStream } from '../../../simulator/index.js';
import type { ClusterState, Peer } from './state.js';

/**
 * In a large cluster a section tells of so many nodes that a pong is soon known to nearly all, and grows old for all alike until
 * the first of them pings anew; in a smaller one every observer has news of its own. Between these numbers of nodes, found by
 * comparing with runs whose pings were followed for minutes, a part of the news are as old to all.
 */
const ALIKE = { none: 60, all: 300 };
const SHARES = 1000;

/** How old news of healthy nodes are when gossip has gone on for long: up to half a node timeout, and any age is as likely. */
export class NewsAges {
    private readonly common: RandomStream;
    private readonly oldestMs: number;

    constructor(
        private readonly state: ClusterState,
        private readonly random: readonly RandomStream[],
    ) {
        this.common = state.world.stream(state.context.cluster.name, 'ages of news');
        this.oldestMs = Math.max(1, Math.floor(state.config.nodeTimeoutMs / 2));
    }

    /** As they are at one moment, in milliseconds. */
    drawn(): (observer: Peer, other: Peer) => number {
        const { size, isLarge, members } = this.state;
        if (!isLarge) {
            return (observer) => this.random[observer]!.below(this.oldestMs);
        }
        const known = members.map(() => this.common.below(this.oldestMs));
        const alike = (SHARES * (size - ALIKE.none)) / (ALIKE.all - ALIKE.none);
        return (observer, other) => {
            const random = this.random[observer]!;
            return random.below(SHARES) < alike ? known[other]! : random.below(this.oldestMs);
        };
    }
}
