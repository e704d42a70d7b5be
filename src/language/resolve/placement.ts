import type { PlacementGround, UnplacedShard } from '../../engines/index.js';
import type { GroupId, Node, NodeId, Shard, ShardId, SourceRange } from '../../topology/index.js';
import { present } from './references.js';
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
    if (placement.kind === 'impossible') placeOneByOne(placed, workshop);
    else keep(unplaced, placement.copies, resolution);
}

/** One group that finds no room must not take the places of the others: each gets what those before it leave. */
function placeOneByOne(byFile: readonly Shard[], workshop: Workshop): void {
    const { engine, resolution, unplaced } = workshop;
    const placed = [...byFile];
    for (const shards of byGroup(unplaced)) {
        const placement = engine.place({ ...groundOf(workshop), shards, placed });
        if (placement.kind === 'impossible') {
            const source = shards[0]?.source;
            if (source) resolution.report.error(IMPOSSIBLE, source, placement.message, placement.help);
            continue;
        }
        keep(shards, placement.copies, resolution);
        placed.push(...present(shards.map(({ shard }) => resolution.shards[shard])));
    }
}

function byGroup(shards: readonly Unplaced[]): Iterable<readonly Unplaced[]> {
    const groups = new Map<GroupId | undefined, Unplaced[]>();
    for (const shard of shards) {
        const known = groups.get(shard.group?.id);
        if (known) known.push(shard);
        else groups.set(shard.group?.id, [shard]);
    }
    return groups.values();
}

const IMPOSSIBLE = 'topology/placement-impossible';

function keep(shards: readonly Unplaced[], copies: readonly (readonly NodeId[])[], { shards: all }: Resolution): void {
    shards.forEach(({ shard }, index) => {
        const known = all[shard];
        if (known) all[shard] = { ...known, copies: copies[index] ?? [] };
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
