import type { RandomStream } from '../../../simulator/index.js';
import type { GossipSection } from './bus.js';
import { Flag, type ClusterState, type Peer } from './state.js';

/** A section tells about a tenth of the nodes, at least three, and about every node that is suspected. */
const SHARE = 10;
const MINIMUM = 3;
/** Drawing stops after this many tries for each wanted entry. */
const TRIES = 3;

/** A message without any gossip. */
export const NO_GOSSIP: GossipSection = { peers: [], flags: [], pongsMs: [] };

/** What a node tells about third nodes in a ping or pong; see clusterSendPing of Redis 7 (src/cluster.c). */
export function composeSection(
    state: ClusterState,
    peer: Peer,
    random: RandomStream,
    lastPongOf: (other: Peer) => number,
): GossipSection {
    const wanted = Math.min(Math.max(MINIMUM, Math.floor(state.size / SHARE)), state.size - 2);
    const told = new Set<Peer>();
    for (let tries = TRIES * wanted; tries > 0 && told.size < wanted; tries--) {
        const other = random.below(state.size);
        if (other !== peer && state.flag(peer, other) !== Flag.suspected) {
            told.add(other);
        }
    }
    for (let other = 0; other < state.size; other++) {
        if (other !== peer && state.flag(peer, other) === Flag.suspected) {
            told.add(other);
        }
    }
    const peers = [...told];
    return { peers, flags: peers.map((other) => state.flag(peer, other)), pongsMs: peers.map(lastPongOf) };
}
