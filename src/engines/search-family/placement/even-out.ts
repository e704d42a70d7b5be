/** Evens out what dealing out one by one leaves: the last copies may find the emptiest node taken by their own shard. */
import type { Ledger } from './ledger.js';
import type { Yard } from './yard.js';

export interface DealtShard {
    readonly yard: Yard;
    /** Slots that hold a copy, the primary first. */
    readonly held: number[];
}

/** Moves replicas between nodes that awareness does not tell apart, until none holds two copies more than another. */
export function evenOut(ledger: Ledger, shards: readonly DealtShard[]): void {
    const holdings = ledger.nodes.map((): DealtShard[] => []);
    for (const shard of shards) {
        shard.held.forEach((slot) => holdings[slot]!.push(shard));
    }
    for (const { slots } of ledger.alike(ledger.nodes.keys())) {
        while (moveOne(ledger, holdings, slots)) {
            // Every move brings the fullest and the emptiest node nearer to each other, so there is a last one.
        }
    }
}

/** Moves a replica from the fullest to the emptiest of these nodes; false: they are even, or there is none to move. */
function moveOne(ledger: Ledger, holdings: readonly DealtShard[][], slots: readonly number[]): boolean {
    const load = (slot: number): number => ledger.copies[slot]!;
    const fullest = slots.reduce((best, slot) => (load(slot) > load(best) ? slot : best));
    const emptiest = slots.reduce((best, slot) => (load(slot) < load(best) ? slot : best));
    if (load(fullest) - load(emptiest) < 2) {
        return false;
    }
    const index = holdings[fullest]!.findIndex(
        ({ held, yard }) => held[0] !== fullest && !held.includes(emptiest) && yard.holds(emptiest),
    );
    const shard = holdings[fullest]![index];
    if (shard === undefined) {
        return false;
    }
    shard.held[shard.held.indexOf(fullest)] = emptiest;
    holdings[fullest]!.splice(index, 1);
    holdings[emptiest]!.push(shard);
    ledger.copies[fullest]!--;
    ledger.copies[emptiest]!++;
    return true;
}
