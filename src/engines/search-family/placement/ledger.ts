/** How many copies each data node holds while they are dealt out. */
import type { NodeId } from '../../../topology/index.js';
import type { Awareness, Site } from '../awareness.js';
import { dataMembers, type SearchProduct } from '../product.js';

/** Data nodes are numbered in order of declaration: their slots. */
export class Ledger {
    readonly nodes: readonly NodeId[];
    readonly copies: number[];
    readonly primaries: number[];
    private readonly slots: ReadonlyMap<NodeId, number>;
    private readonly watchers: ((slot: number) => void)[] = [];

    constructor(
        product: SearchProduct,
        site: Site,
        readonly awareness: readonly Awareness[],
    ) {
        this.nodes = dataMembers(product, site.members).map(({ node }) => node);
        this.slots = new Map(this.nodes.map((node, slot) => [node, slot]));
        this.copies = this.nodes.map(() => 0);
        this.primaries = this.nodes.map(() => 0);
    }

    slotOf(node: NodeId): number | undefined {
        return this.slots.get(node);
    }

    /** Values of the attributes that keep copies apart; undefined: the node lacks one, so it gets no copies. */
    valuesOf(slot: number): readonly string[] | undefined {
        const values = this.awareness.flatMap(({ valueAt }) => valueAt(this.nodes[slot]!) ?? []);
        return values.length === this.awareness.length ? values : undefined;
    }

    /** Groups of slots that awareness does not tell apart, each in rising order. */
    alike(
        slots: Iterable<number>,
    ): readonly { readonly values: readonly string[]; readonly slots: readonly number[] }[] {
        const groups = new Map<string, { values: readonly string[]; slots: number[] }>();
        for (const slot of slots) {
            const values = this.valuesOf(slot);
            if (values !== undefined) {
                const key = JSON.stringify(values);
                const group = groups.get(key) ?? { values, slots: [] };
                groups.set(key, group);
                group.slots.push(slot);
            }
        }
        return [...groups.values()];
    }

    add(slot: number, kind: 'primary' | 'replica'): void {
        this.copies[slot]!++;
        this.primaries[slot]! += kind === 'primary' ? 1 : 0;
        this.watchers.forEach((watch) => watch(slot));
    }

    /** Is told of every copy that is dealt out. */
    watch(watcher: (slot: number) => void): void {
        this.watchers.push(watcher);
    }
}
