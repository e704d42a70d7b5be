/** Evens out what dealing out one by one leaves: the last copies may find the emptiest node taken by their own shard. */
import type { Ledger } from './ledger.js';
import type { Yard } from './yard.js';

export interface DealtShard {
    readonly yard: Yard;
    /** Slots that hold a copy, the primary first. */
    readonly held: number[];
}

/** Two nodes that awareness does not tell apart. */
interface Pair {
    readonly full: number;
    readonly empty: number;
}

/** Moves copies between nodes that awareness does not tell apart, until none holds two more than another. */
export function evenOut(ledger: Ledger, shards: readonly DealtShard[]): void {
    const holdings = ledger.nodes.map((): DealtShard[] => []);
    for (const shard of shards) {
        shard.held.forEach((slot) => holdings[slot]!.push(shard));
    }
    for (const { slots } of ledger.alike(ledger.nodes.keys())) {
        // Every move brings the fullest and the emptiest node nearer to each other, so there is a last one.
        let pair = unevenPair(ledger, slots);
        while (pair !== undefined && moveBetween(ledger, holdings, pair)) {
            pair = unevenPair(ledger, slots);
        }
    }
}

/** The fullest and the emptiest of these nodes; undefined: they differ by no more than one copy. */
function unevenPair({ copies }: Ledger, slots: readonly number[]): Pair | undefined {
    const full = slots.reduce((best, slot) => (copies[slot]! > copies[best]! ? slot : best));
    const empty = slots.reduce((best, slot) => (copies[slot]! < copies[best]! ? slot : best));
    return copies[full]! - copies[empty]! < 2 ? undefined : { full, empty };
}

/** Moves a replica, or else a primary in such a way that both nodes lead about as many shards; false: there is none. */
function moveBetween(ledger: Ledger, holdings: readonly DealtShard[][], pair: Pair): boolean {
    const { full, empty } = pair;
    const movable = holdings[full]!.filter(({ held, yard }) => !held.includes(empty) && yard.holds(empty));
    const shard = movable.find(({ held }) => held[0] !== full) ?? movable[0];
    if (shard === undefined || (shard.held[0] === full && !giveUpLead(ledger, holdings, pair))) {
        return false;
    }
    shard.held[shard.held.indexOf(full)] = empty;
    holdings[full]!.splice(holdings[full]!.indexOf(shard), 1);
    holdings[empty]!.push(shard);
    ledger.copies[full]!--;
    ledger.copies[empty]!++;
    return true;
}

/** Makes up for a primary that goes to the emptier node: it leads fewer, or a shard that is on both changes its leader. */
function giveUpLead({ primaries }: Ledger, holdings: readonly DealtShard[][], { full, empty }: Pair): boolean {
    if (primaries[full]! > primaries[empty]!) {
        primaries[full]!--;
        primaries[empty]!++;
        return true;
    }
    const shared = holdings[empty]!.find(({ held }) => held[0] === empty && held.includes(full));
    if (shared === undefined) {
        return false;
    }
    shared.held[shared.held.indexOf(full)] = empty;
    shared.held[0] = full;
    return true;
}
