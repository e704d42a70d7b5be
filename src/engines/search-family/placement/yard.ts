/** The nodes on which an index may stand, and which of them takes its next copy. */
import { copiesPerValue } from '../awareness.js';
import type { Ledger } from './ledger.js';
import { LoadTree } from './load-tree.js';

/** More than there are copies in a workspace, so that primaries count before copies. */
const PRIMARY_WEIGHT = 2 ** 21;

/** Nodes that awareness does not tell apart: those of a zone, of a rack, or all. */
interface Domain {
    readonly index: number;
    readonly values: readonly string[];
    readonly slots: readonly number[];
    readonly loads: LoadTree;
}

export class Yard {
    private readonly domains: readonly Domain[];
    private readonly places = new Map<number, { readonly domain: Domain; readonly position: number }>();
    /** By slot: how much a node leads and holds. */
    private readonly leaders: LoadTree;
    /** By domain: the copies of its emptiest node. */
    private readonly emptiest: LoadTree;
    /** Domains that have no room for another copy of the shard at hand. */
    private readonly full = new Set<Domain>();

    constructor(
        private readonly ledger: Ledger,
        slots: readonly number[],
    ) {
        this.leaders = new LoadTree(ledger.nodes.length);
        this.domains = ledger
            .alike(slots)
            .map((alike, index) => ({ ...alike, index, loads: new LoadTree(alike.slots.length) }));
        this.emptiest = new LoadTree(this.domains.length);
        for (const domain of this.domains) {
            domain.slots.forEach((slot, position) => {
                this.places.set(slot, { domain, position });
                this.refresh(slot);
            });
        }
        ledger.watch((slot) => this.refresh(slot));
    }

    holds(slot: number): boolean {
        return this.places.has(slot);
    }

    /** Gives a primary to the node that leads the fewest shards, then holds the fewest copies, then is declared first. */
    dealPrimary(): number | undefined {
        if (this.leaders.least === Infinity) {
            return undefined;
        }
        const slot = this.leaders.firstLeast(0);
        this.ledger.add(slot, 'primary');
        return slot;
    }

    /**
     * Gives the replicas of a shard, as many as find room, to the nodes with the fewest copies; of equal ones to those of
     * the next domain behind the primary's, and there to the next behind the primary's node.
     */
    dealReplicas(primary: number, wanted: number): readonly number[] {
        const held = [primary];
        const counts = this.ledger.awareness.map(() => new Map<string, number>());
        this.take(primary, counts, wanted);
        while (held.length < wanted && this.emptiest.least !== Infinity) {
            const domain = this.domains[this.emptiest.firstLeast((this.places.get(primary)?.domain.index ?? -1) + 1)]!;
            const slot = domain.slots[domain.loads.firstLeast(positionBehind(domain.slots, primary))]!;
            this.ledger.add(slot, 'replica');
            this.take(slot, counts, wanted);
            held.push(slot);
        }
        const full = [...this.full];
        this.full.clear();
        full.forEach((domain) => this.refreshDomain(domain));
        held.forEach((slot) => this.refresh(slot));
        return held.slice(1);
    }

    /** Keeps the shard's further copies off the slot, and off the values that it fills. */
    private take(slot: number, counts: readonly Map<string, number>[], wanted: number): void {
        const place = this.places.get(slot)!;
        place.domain.loads.set(place.position, Infinity);
        this.refreshDomain(place.domain);
        this.ledger.awareness.forEach((awareness, index) => {
            const value = place.domain.values[index]!;
            const count = (counts[index]!.get(value) ?? 0) + 1;
            counts[index]!.set(value, count);
            if (count >= copiesPerValue(awareness, wanted)) {
                this.close(index, value);
            }
        });
    }

    private close(attribute: number, value: string): void {
        for (const domain of this.domains) {
            if (domain.values[attribute] === value) {
                this.full.add(domain);
                this.refreshDomain(domain);
            }
        }
    }

    private refresh(slot: number): void {
        const place = this.places.get(slot);
        if (place !== undefined) {
            const { copies, primaries } = this.ledger;
            place.domain.loads.set(place.position, copies[slot]!);
            this.leaders.set(slot, primaries[slot]! * PRIMARY_WEIGHT + copies[slot]!);
            this.refreshDomain(place.domain);
        }
    }

    private refreshDomain(domain: Domain): void {
        this.emptiest.set(domain.index, this.full.has(domain) ? Infinity : domain.loads.least);
    }
}

/** Position of the first slot behind this one; slots are in rising order. */
function positionBehind(slots: readonly number[], slot: number): number {
    let low = 0;
    let high = slots.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (slots[middle]! > slot) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}
