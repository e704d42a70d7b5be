/**
 * The order of a datacenter's nodes round the ring, and the replicas that begin at each of them.
 *
 * Tokens are random, so nobody can tell from a file which nodes are neighbours. Instead the ring is gone round several
 * times, each time in another fixed order, as nodes with several tokens stand in several places: racks in turn and the
 * nodes of a rack in turn, each rack one node further than the one before it in every new round. With two or three racks of
 * equal size and three copies or more, every two nodes of different racks share a range in one of the rounds.
 *
 * Source of the rule: https://github.com/apache/cassandra/blob/trunk/src/java/org/apache/cassandra/locator/NetworkTopologyStrategy.java
 */
import type { NodeId } from '../../topology/index.js';
import { Chain } from './chain.js';

/** Nodes that a strategy tells apart from each other: racks, or single nodes where racks do not count. */
export type Racks = readonly (readonly NodeId[])[];

interface Seat {
    readonly node: NodeId;
    /** Index of its rack. */
    readonly rack: number;
}

/** Rounds after which another one repeats what was there. */
export function roundsUntilRepeated(racks: Racks): number {
    return strides(racks) * Math.max(1, ...racks.map((nodes) => nodes.length));
}

/**
 * For each position of the ring the replicas that NetworkTopologyStrategy puts there, the owner of the range first: the next
 * nodes of the ring in racks that have no copy yet, and if there are fewer racks than copies, as many others as are missing,
 * as they come.
 */
export function replicasByPosition(racks: Racks, copies: number, round: number): readonly (readonly NodeId[])[] {
    const seats = seatsOf(racks, round);
    const wanted = Math.min(copies, seats.length);
    return nextInOtherRacks(seats, racks.length, wanted).map((first, position) => {
        const chosen = new Set(first);
        for (let step = 0; chosen.size < wanted; step++) {
            chosen.add((position + step) % seats.length);
        }
        const distance = (seat: number): number => (seat - position + seats.length) % seats.length;
        return [...chosen].sort((one, other) => distance(one) - distance(other)).map((seat) => seats[seat]!.node);
    });
}

/** Racks in turn, smaller ones as evenly between the others as they can be. */
function seatsOf(racks: Racks, round: number): readonly Seat[] {
    const stride = 1 + (round % strides(racks));
    const turn = Math.floor(round / strides(racks));
    const order = racks
        .map((_, rack) => rack)
        .sort((one, other) => ((one * stride) % racks.length) - ((other * stride) % racks.length) || one - other);
    return order
        .flatMap((rack, place) => {
            const nodes = racks[rack]!;
            return nodes.map((_, index) => ({
                node: nodes[(index + turn * place) % nodes.length]!,
                rack,
                place,
                at: (index + 0.5) / nodes.length,
            }));
        })
        .sort((one, other) => one.at - other.at || one.place - other.place);
}

/** Orders of the racks in which other racks become neighbours. */
function strides(racks: Racks): number {
    return Math.max(1, Math.floor(racks.length / 2));
}

/**
 * For each position the next seats from there on in so many different racks, fewer if there are fewer racks. Going round
 * backwards twice, the racks in order of their next seat are those in order of when they were met last.
 */
function nextInOtherRacks(seats: readonly Seat[], racks: number, count: number): readonly (readonly number[])[] {
    const found: number[][] = seats.map(() => []);
    const next = new Map<number, number>();
    const met = new Chain(racks);
    for (let step = 2 * seats.length - 1; step >= 0; step--) {
        const position = step % seats.length;
        const { rack } = seats[position]!;
        met.toFront(rack);
        next.set(rack, position);
        if (step < seats.length) {
            found[position] = met.first(count).map((other) => next.get(other)!);
        }
    }
    return found;
}
