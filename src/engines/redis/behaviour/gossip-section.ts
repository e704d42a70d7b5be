import type { RandomStream } from '../../../simulator/index.js';
import type { GossipEntry } from './bus.js';
import { Flag, type ClusterState, type Peer } from './state.js';

/** A section tells about a tenth of the nodes, at least three, and about every node that is suspected. */
const SHARE = 10;
const MINIMUM = 3;
/** Drawing stops after this many tries for each wanted entry. */
const TRIES = 3;

/** What a node tells about third nodes in a ping or pong; see clusterSendPing of Redis 7 (src/cluster.c). */
export function composeSection(
    state: ClusterState,
    peer: Peer,
    random: RandomStream,
    lastPongOf: (other: Peer) => number,
): GossipEntry[] {
    const wanted = Math.min(Math.max(MINIMUM, Math.floor(state.size / SHARE)), state.size - 2);
    const entries: GossipEntry[] = [];
    const tell = (other: Peer): void => {
        entries.push({ peer: other, flag: state.flag(peer, other), pongMs: lastPongOf(other) });
    };
    for (let tries = TRIES * wanted; tries > 0 && entries.length < wanted; tries--) {
        const other = random.below(state.size);
        const isNews = other !== peer && !entries.some((entry) => entry.peer === other);
        if (isNews && state.flag(peer, other) !== Flag.suspected) {
            tell(other);
        }
    }
    for (let other = 0; other < state.size; other++) {
        if (other !== peer && state.flag(peer, other) === Flag.suspected) {
            tell(other);
        }
    }
    return entries;
}
