import { settingReader, type Engine, type UnplacedShard } from '../../engines/index.js';
import type { Cluster, Node, NodeId, ShardId, SourceRange } from '../../topology/index.js';
import { MAXIMUM_COPIES, type Draft, type Resolution } from './state.js';

/** A shard that the file does not place. */
export interface Unplaced extends UnplacedShard {
    readonly shard: ShardId;
    readonly source: SourceRange;
}

/** Asks the engine where the copies of these shards stand. */
export function placeByEngine(
    unplaced: readonly Unplaced[],
    engine: Engine,
    cluster: Draft<Cluster>,
    resolution: Resolution,
): void {
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
    const placement = engine.place({
        cluster,
        members: cluster.members,
        node: (id) => nodeOf(id, resolution),
        zoneOf: (node) => resolution.zones[resolution.nodes[node]?.zone ?? -1],
        settings: settingReader(engine, cluster, (group) => resolution.groups[group]),
        shards: unplaced,
        placed,
    });
    if (placement.kind === 'impossible') {
        resolution.report.error('topology/placement-impossible', first.source, placement.message, placement.help);
        return;
    }
    unplaced.forEach(({ shard }, index) => {
        const known = resolution.shards[shard];
        if (known) resolution.shards[shard] = { ...known, copies: placement.copies[index] ?? [] };
    });
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
