import type { PlacementGround, UnplacedShard } from '../../engines/index.js';
import type { Node, NodeId, ShardId, SourceRange } from '../../topology/index.js';
import { MAXIMUM_COPIES, type Resolution } from './state.js';
import type { Workshop } from './workshop.js';

/** A shard that the file does not place. */
export interface Unplaced extends UnplacedShard {
    readonly shard: ShardId;
    readonly source: SourceRange;
}

/** Asks the engine where the copies of the shards stand that the file does not place. */
export function placeByEngine(workshop: Workshop): void {
    const { cluster, engine, resolution, unplaced } = workshop;
    const [first] = unplaced;
    // A cluster without any member gets a finding of its own.
    if (!first || cluster.members.length === 0 || resolution.incomplete.has(cluster.id)) return;
    if (resolution.copies > MAXIMUM_COPIES) {
        reportTooMany(first, resolution);
        return;
    }
    const placed = cluster.shards.flatMap((id) => {
        const shard = resolution.shards[id];
        return shard?.placedBy === 'file' ? [shard] : [];
    });
    const placement = engine.place({ ...groundOf(workshop), shards: unplaced, placed });
    if (placement.kind === 'impossible') {
        resolution.report.error('topology/placement-impossible', first.source, placement.message, placement.help);
        return;
    }
    unplaced.forEach(({ shard }, index) => {
        const known = resolution.shards[shard];
        if (known) resolution.shards[shard] = { ...known, copies: placement.copies[index] ?? [] };
    });
}

/** The members of the cluster and where they stand. */
export function groundOf({ cluster, settings, resolution }: Workshop): PlacementGround {
    return {
        cluster,
        members: cluster.members,
        node: (id) => nodeOf(id, resolution),
        zoneOf: (node) => resolution.zones[resolution.nodes[node]?.zone ?? -1],
        settings,
    };
}

function reportTooMany(first: Unplaced, resolution: Resolution): void {
    resolution.report.error(
        'language/too-many-copies',
        first.source,
        `With these there are more than ${MAXIMUM_COPIES.toLocaleString('en')} copies of shards, which is the most that is worked with.`,
        'Declare fewer shards or fewer copies.',
    );
}

function nodeOf(id: NodeId, { nodes }: Resolution): Node {
    const node = nodes[id];
    if (!node) throw new Error(`There is no node ${String(id)}.`);
    return node;
}
