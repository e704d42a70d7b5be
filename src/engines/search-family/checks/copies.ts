import { useReplicas } from '../../shared/checks/fixes.js';
/** Copies that an index lacks, and those for which there is no place. */
import { counted, type Finding, type ShardGroup } from '../../../topology/index.js';
import { copiesPerValue, type Awareness } from '../awareness.js';
import { hasRemoteStore } from '../config.js';
import { found, holdersOf, nodeNames, shardsOfGroup, type SearchView } from './view.js';

export function checkIndexCopies(view: SearchView): readonly Finding[] {
    return view.groups.flatMap((group) => [...noReplica(view, group), ...unassigned(view, group)]);
}

function noReplica(view: SearchView, group: ShardGroup): readonly Finding[] {
    const shards = shardsOfGroup(view, group);
    const lonely = shards.filter(({ copies, placedBy }) => (placedBy === 'file' ? copies.length : group.copies) === 1);
    const [first] = lonely;
    if (first === undefined) {
        return [];
    }
    const node = first.copies[0] === undefined ? 'its node' : nodeNames(view, [first.copies[0]]);
    const all = lonely.length === shards.length;
    return [
        found(view, 'no-replica', 'warning', {
            message: `${all ? group.name : first.name} has no replica: when ${node} fails, ${first.name} can be neither read nor written until that node is back${isKeptElsewhere(view) ? '' : ', and a lost disk loses its data'}.`,
            help: all ? 'Give the index a replica: `replicas 1`.' : `Name a second node for ${first.name}.`,
            source: all ? group.source : first.source,
            fixes: all ? [useReplicas(group.source, 1)] : [],
        }),
    ];
}

export function isKeptElsewhere({ product, context }: SearchView): boolean {
    return hasRemoteStore(product, context);
}

function unassigned(view: SearchView, group: ShardGroup): readonly Finding[] {
    const shards = shardsOfGroup(view, group).filter(({ placedBy }) => placedBy === 'engine');
    const short = shards.filter(({ copies }) => copies.length < group.copies);
    const [first] = short;
    if (first === undefined || view.data.length === 0) {
        return [];
    }
    return [first.copies.length === 0 ? noPrimary(view, group) : noRoom(view, group, first.copies.length)];
}

function noPrimary(view: SearchView, group: ShardGroup): Finding {
    const tiers = view.product.tiersOf(view.context, { group });
    const isTierMissing = holdersOf(view, group).length === 0;
    const lacking = view.awareness.map(({ attribute }) => attribute).join(' and ');
    return found(view, 'unassigned-primary', 'error', {
        message: isTierMissing
            ? `${group.name} may only stand on nodes of the tier ${tiers.join(' or ')}, and no node belongs to it: its primaries are not assigned, so it can be neither read nor written.`
            : `No node that may hold ${group.name} has a ${lacking}, which awareness asks for: its primaries are not assigned, so it can be neither read nor written.`,
        help: isTierMissing
            ? `Give some nodes the role ${tiers[0] ?? 'data'} or data, or name other tiers for the index.`
            : `Say where the nodes stand, or take ${lacking} out of the awareness attributes.`,
        source: group.source,
    });
}

/** Why some copies are not assigned, although others are. */
function noRoom(view: SearchView, group: ShardGroup, assigned: number): Finding {
    const nodes = holdersOf(view, group).length;
    if (group.copies > nodes) {
        return moreThanNodes(view, group, nodes);
    }
    const forced = view.awareness.find(
        (awareness) =>
            awareness.absent.length > 0 &&
            room(view, group, awareness) < group.copies &&
            room(view, group, { ...awareness, absent: [] }) >= group.copies,
    );
    return forced === undefined ? spreadLeaves(view, group, assigned) : forcedLeaves(view, group, forced, assigned);
}

/** Copies of one shard that one attribute lets find a node. */
function room(view: SearchView, group: ShardGroup, awareness: Awareness): number {
    const nodes = new Map<string, number>();
    for (const { node } of holdersOf(view, group)) {
        const value = awareness.valueAt(node);
        if (value !== undefined) {
            nodes.set(value, (nodes.get(value) ?? 0) + 1);
        }
    }
    const most = copiesPerValue(awareness, group.copies);
    return [...nodes.values()].reduce((sum, count) => sum + Math.min(count, most), 0);
}

function moreThanNodes(view: SearchView, group: ShardGroup, nodes: number): Finding {
    return found(view, 'more-copies-than-nodes', 'warning', {
        message: `${group.name} asks for ${counted(group.copies, 'copy', 'copies')} of each shard, and ${nodes === 1 ? '1 node may hold one' : `${String(nodes)} nodes may hold one each`}: a node never holds two copies of a shard. So ${shortBy(group.copies - nodes)} and the health of the index is yellow until there are ${counted(group.copies, 'data node')}, however healthy the cluster is.`,
        help: `Lower replicas to ${String(nodes - 1)}, or add ${counted(group.copies - nodes, 'data node')}.`,
        source: group.source,
        fixes: nodes > 1 ? [useReplicas(group.source, nodes - 1)] : [],
    });
}

function spreadLeaves(view: SearchView, group: ShardGroup, assigned: number): Finding {
    const attributes = view.awareness.map(({ attribute }) => attribute).join(' and ');
    const limits = view.awareness
        .map((each) => `${String(copiesPerValue(each, group.copies))} in a ${each.attribute}`)
        .join(' and ');
    return found(view, 'awareness-leaves-unassigned', 'warning', {
        message: `${group.name} asks for ${counted(group.copies, 'copy', 'copies')} of each shard, and awareness of ${attributes} allows at most ${limits}. The data nodes are not spread evenly enough for that, so ${shortBy(group.copies - assigned)} and the health of the index is yellow forever.`,
        help: `Put as many data nodes into every ${attributes} as copies may stand there, or lower replicas to ${String(assigned - 1)}.`,
        source: group.source,
        fixes: [useReplicas(group.source, assigned - 1)],
    });
}

function forcedLeaves(view: SearchView, group: ShardGroup, forced: Awareness, assigned: number): Finding {
    const values = forced.present.size + forced.absent.length;
    return found(view, 'forced-awareness-leaves-unassigned', 'warning', {
        message: `${group.name} asks for ${counted(group.copies, 'copy', 'copies')} of each shard over the ${String(values)} values that forced awareness names, of which ${forced.absent.join(', ')} has no data node. The places there are kept free, so ${shortBy(group.copies - assigned)} and the health of the index is yellow until such a node comes.`,
        help: `Add data nodes there, name only values that have nodes, or lower replicas to ${String(assigned - 1)}.`,
        source: group.source,
        fixes: [useReplicas(group.source, assigned - 1)],
    });
}

function shortBy(copies: number): string {
    return copies === 1
        ? 'one copy of each shard is never assigned'
        : `${String(copies)} copies of each shard are never assigned`;
}
