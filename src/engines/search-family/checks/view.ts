/** A cluster as the checks of both products look at it. */
import {
    listed,
    type Finding,
    type Member,
    type NodeId,
    type Shard,
    type ShardGroup,
} from '../../../topology/index.js';
import type { EngineContext } from '../../engine.js';
import { awarenessOf, siteOf, type Awareness, type Site } from '../awareness.js';
import { codeOf, dataMembers, holders, type SearchProduct } from '../product.js';

export interface SearchView {
    readonly product: SearchProduct;
    readonly context: EngineContext;
    readonly site: Site;
    readonly awareness: readonly Awareness[];
    readonly groups: readonly ShardGroup[];
    /** Nodes that hold copies of any index. */
    readonly data: readonly Member[];
}

export function viewOf(product: SearchProduct, context: EngineContext): SearchView {
    const { cluster, topology } = context;
    const site = siteOf(context);
    return {
        product,
        context,
        site,
        awareness: awarenessOf(product, site),
        groups: cluster.groups.map((id) => topology.groups[id]!),
        data: dataMembers(product, cluster.members),
    };
}

/** A finding under a code of the product. */
export function found(
    { product }: SearchView,
    name: string,
    severity: Finding['severity'],
    rest: Omit<Finding, 'code' | 'severity'>,
): Finding {
    return { code: codeOf(product, name), severity, ...rest };
}

/** Nodes that may hold copies of an index. */
export function holdersOf({ product, context, site }: SearchView, group: ShardGroup): readonly Member[] {
    return holders(product, site.members, product.tiersOf(context, { group }));
}

export function shardsOfGroup({ context }: SearchView, group: ShardGroup): readonly Shard[] {
    return group.shards.map((id) => context.topology.shards[id]!);
}

/** Names of nodes in a sentence, at most four of them. */
export function nodeNames({ site }: SearchView, nodes: readonly NodeId[]): string {
    return listed(
        nodes.map((node) => site.node(node).name),
        { limit: 4 },
    );
}
