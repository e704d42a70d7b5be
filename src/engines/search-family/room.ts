/** Where another copy of a shard may be made while some nodes are gone. */
import type { Member, NodeId, Shard } from '../../topology/index.js';
import type { EngineContext } from '../engine.js';
import { awarenessOf, copiesPerValue, siteOf, type Awareness } from './awareness.js';
import { wantedCopies } from './config.js';
import { holders, type SearchProduct } from './product.js';

/** The nodes of a cluster that are left, as the allocation of copies sees them. */
export class Rooms {
    private readonly members: readonly Member[];
    private readonly awareness: readonly Awareness[];
    private readonly openBeside = new Map<string, readonly NodeId[]>();
    private readonly holdersOf = new Map<string, readonly NodeId[]>();

    constructor(
        private readonly product: SearchProduct,
        private readonly context: EngineContext,
        isThere: (node: NodeId) => boolean,
    ) {
        this.members = context.cluster.members.filter(({ node }) => isThere(node));
        this.awareness = awarenessOf(product, { ...siteOf(context), members: this.members });
    }

    /** Nodes that may take one more copy of the shard, in order of declaration. */
    for(shard: Shard, held: readonly NodeId[]): readonly NodeId[] {
        const wanted = wantedCopies(this.context, shard);
        return this.beside(shard, held, wanted).filter((node) => !held.includes(node));
    }

    /** Nodes whose awareness values have room for a copy beside these. */
    private beside(shard: Shard, held: readonly NodeId[], wanted: number): readonly NodeId[] {
        const full = this.awareness.map((attribute) => fullValues(attribute, held, wanted));
        const key = JSON.stringify([this.product.tiersOf(this.context, { shard }), full]);
        let open = this.openBeside.get(key);
        if (open === undefined) {
            open = this.allowed(shard).filter((node) =>
                this.awareness.every(({ valueAt }, index) => {
                    const value = valueAt(node);
                    return value !== undefined && !full[index]!.includes(value);
                }),
            );
            this.openBeside.set(key, open);
        }
        return open;
    }

    /** Copies that the shard has when all that can be made anew are. */
    copiesInTheEnd(shard: Shard, held: readonly NodeId[]): number {
        const wanted = wantedCopies(this.context, shard);
        const all = [...held];
        while (all.length < wanted) {
            const [next] = this.for(shard, all);
            if (next === undefined) {
                break;
            }
            all.push(next);
        }
        return all.length;
    }

    private allowed(shard: Shard): readonly NodeId[] {
        const tiers = this.product.tiersOf(this.context, { shard });
        const key = tiers.join(' ');
        const known = this.holdersOf.get(key) ?? holders(this.product, this.members, tiers).map(({ node }) => node);
        this.holdersOf.set(key, known);
        return known;
    }
}

/** Values under which no further copy may stand beside these. */
function fullValues(attribute: Awareness, held: readonly NodeId[], wanted: number): readonly string[] {
    const most = copiesPerValue(attribute, wanted);
    const counts = new Map<string, number>();
    for (const value of held.flatMap((node) => attribute.valueAt(node) ?? [])) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts].filter(([, count]) => count >= most).map(([value]) => value);
}
