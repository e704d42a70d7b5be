/**
 * The order of a datacenter's nodes round the ring, and the replicas that begin at each of them.
 *
 * Tokens are random, so nobody can tell from a file which nodes are neighbours. Instead the ring is gone round several
 * times, each time in another fixed order, as nodes with several tokens stand in several places: racks in turn and the
 * nodes of a rack in turn, each rack one node further than the one before it in every new round. Up to four racks every two
 * nodes of different racks share a range in some round if there are enough tokens and three copies or more; a test holds
 * that.
 */
import type { NodeId } from '../../topology/index.js';

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

/** For each position of the ring the replicas that stand there and behind it, the owner of the range first. */
export function replicasByPosition(racks: Racks, copies: number, round: number): readonly (readonly NodeId[])[] {
    const seats = seatsOf(racks, round);
    return seats.map((_, position) => replicasFrom(seats, position, Math.min(copies, seats.length), racks.length));
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
 * What NetworkTopologyStrategy takes in one datacenter: the next nodes of the ring in racks that have no copy yet; if there
 * are fewer racks than copies, as many others as are missing, as they come.
 */
function replicasFrom(seats: readonly Seat[], position: number, copies: number, racks: number): readonly NodeId[] {
    const replicas: NodeId[] = [];
    const taken = new Set<number>();
    let repeats = copies - racks;
    for (let step = 0; replicas.length < copies && step < seats.length; step++) {
        const { node, rack } = seats[(position + step) % seats.length]!;
        if (taken.has(rack) && repeats-- <= 0) {
            continue;
        }
        taken.add(rack);
        replicas.push(node);
    }
    return replicas;
}
