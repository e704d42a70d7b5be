import type { RandomStream } from '../../../simulator/index.js';
import type { News } from './news.js';
import { Flag, type ClusterState, type Peer } from './state.js';

/** A section tells about a tenth of the nodes, at least three, and about every node that is suspected. */
const SHARE = 10;
const MINIMUM = 3;
/** Drawing stops after this many tries for each wanted entry. */
export const TRIES = 3;

/**
 * The gossip section of a ping or pong: what the sender believes about third nodes. Its doubts are told in full by every
 * section: they are the first `doubts` entries of the sender's journal; see Reports. Of the other nodes it tells a sample.
 */
export interface GossipSection {
    readonly doubts: number;
    /** Nodes that the sender takes for alive, and the second of its last news of each; see News. */
    readonly sample?: { readonly peers: readonly Peer[]; readonly seconds: readonly number[] };
    /** Without a sample: as many nodes as are wanted, from this word of its news on, as they are when the message arrives. */
    readonly startWord: number;
}

/** A message without any gossip. */
export const NO_GOSSIP: GossipSection = { doubts: 0, sample: { peers: [], seconds: [] }, startWord: 0 };

/**
 * What nodes tell about third nodes in a ping or pong; see clusterSendPing of Redis 7 (src/cluster.c).
 *
 * In a large cluster the sampled nodes are not drawn one by one: they stand side by side in the list of members, and the
 * first of them is drawn anew for each section. Every node is told about as often as before, whoever its neighbours are, so
 * the news of any one node spreads as before; a test holds that against the drawn sample. It saves a hundred draws for each
 * of some hundred thousand messages. That the entries are read on arrival makes them younger by the delay of one message,
 * and gossip carries whole seconds.
 */
export class GossipSections {
    readonly wanted: number;

    constructor(
        private readonly state: ClusterState,
        private readonly news: News,
    ) {
        this.wanted = Math.min(Math.max(MINIMUM, Math.floor(state.size / SHARE)), state.size - 2);
    }

    /** Where a section without a sample begins. */
    drawStart(random: RandomStream): number {
        return random.below(this.news.rowWords);
    }

    compose(sender: Peer, random: RandomStream, doubts: number): GossipSection {
        return this.state.isLarge
            ? { doubts, startWord: this.drawStart(random) }
            : { doubts, sample: this.drawn(sender, random), startWord: 0 };
    }

    private drawn(sender: Peer, random: RandomStream): GossipSection['sample'] & object {
        const { state } = this;
        const told = new Set<Peer>();
        for (let tries = TRIES * this.wanted; tries > 0 && told.size < this.wanted; tries--) {
            const other = random.below(state.size);
            if (other !== sender && state.flag(sender, other) !== Flag.suspected) {
                told.add(other);
            }
        }
        const peers = [...told].filter((other) => state.flag(sender, other) === Flag.alive);
        return { peers, seconds: peers.map((other) => this.news.secondKnownTo(sender, other)) };
    }
}
