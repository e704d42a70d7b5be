/**
 * Token ranges of a keyspace, and the replicas of each.
 *
 * A range is one set of replicas. As many are made as the ring has nodes in the datacenters of the keyspace, times the
 * rounds in which these may be neighbours of others (see `ring.ts`): at most `num_tokens`, and no more than bring something
 * new. So each node owns as many ranges, and nodes of different racks that may share one do share one.
 */
import type { NodeId, ShardGroup } from '../../topology/index.js';
import type { Placement, PlacementGround, PlacementRequest, UnplacedShard } from '../engine.js';
import { datacentersOf, type Datacenter } from './datacenters.js';
import { copiesIn, strategyOf } from './replication.js';
import { replicasByPosition, roundsUntilRepeated, type Racks } from './ring.js';

/** Rounds end when they have made so many copies: large clusters show in fewer rounds what small ones show in more. */
const ENOUGH_COPIES = 100_000;

/** A ring on its own: a datacenter, or all nodes where the strategy knows no datacenters. */
interface Ring {
    readonly racks: Racks;
    readonly copies: number;
    readonly size: number;
}

export function rangeCount(ground: PlacementGround, group: ShardGroup): number {
    const rings = ringsOf(ground, group);
    return Math.max(1, roundCount(ground, rings) * sizeOf(rings));
}

export function place(request: PlacementRequest): Placement {
    const ranges = new Map<UnplacedShard['group'], Iterator<readonly NodeId[]>>();
    const copies: (readonly NodeId[])[] = [];
    for (const { name, group } of request.shards) {
        const own = ranges.get(group) ?? (group === undefined ? [] : rangesOf(request, group)).values();
        ranges.set(group, own);
        const range = own.next();
        if (range.done === true) {
            return {
                kind: 'impossible',
                message: `No datacenter that ${group?.name ?? name} names has a node of ${request.cluster.name}, so it has no copy anywhere.`,
                help: 'Name regions in which the cluster has nodes.',
            };
        }
        copies.push(range.value);
    }
    return { kind: 'placed', copies };
}

/** The ranges of all rounds: in each the rings side by side, every node of which owns one range. */
function rangesOf(ground: PlacementGround, group: ShardGroup): readonly (readonly NodeId[])[] {
    const rings = ringsOf(ground, group);
    return Array.from({ length: roundCount(ground, rings) }, (_, round) => rangesOfRound(rings, round)).flat();
}

/** The owner’s datacenter comes first in each range; in the others the copies begin with the next node of the ring. */
function rangesOfRound(rings: readonly Ring[], round: number): readonly (readonly NodeId[])[] {
    const replicas = rings.map(({ racks, copies }) => replicasByPosition(racks, copies, round));
    const positions = rings
        .flatMap(({ size }, ring) =>
            Array.from({ length: size }, (_, index) => ({ ring, index, at: (index + 0.5) / size })),
        )
        .sort((one, other) => one.at - other.at || one.ring - other.ring);
    const next = rings.map(() => 0);
    return positions.map(({ ring: owner, index }) => {
        const others = rings.flatMap(({ size }, ring) => (ring === owner ? [] : replicas[ring]![next[ring]! % size]!));
        next[owner]!++;
        return [...replicas[owner]![index]!, ...others];
    });
}

function ringsOf(ground: PlacementGround, group: ShardGroup): readonly Ring[] {
    const datacenters = datacentersOf(ground);
    if (strategyOf(ground.settings, group) === 'SimpleStrategy') {
        // Rack by rack, so that the ranges with all copies in one rack, which it may make, are among them.
        return [ring(alone(datacenters.flatMap(({ racks }) => racks.flatMap(({ nodes }) => nodes))), group.copies)];
    }
    const copies = copiesIn(datacenters, group);
    return datacenters.flatMap((datacenter, index) =>
        copies[index]! > 0 ? [ring(racksOf(datacenter), copies[index]!)] : [],
    );
}

/** In a single rack nothing tells nodes apart but themselves. */
function racksOf({ racks, nodes }: Datacenter): Racks {
    return racks.length > 1 ? racks.map((rack) => rack.nodes) : alone(nodes);
}

function alone(nodes: readonly NodeId[]): Racks {
    return nodes.map((node) => [node]);
}

function ring(racks: Racks, copies: number): Ring {
    return { racks, copies, size: racks.reduce((sum, nodes) => sum + nodes.length, 0) };
}

function sizeOf(rings: readonly Ring[]): number {
    return rings.reduce((sum, { size }) => sum + size, 0);
}

function roundCount({ settings }: PlacementGround, rings: readonly Ring[]): number {
    const useful = Math.max(0, ...rings.map(({ racks }) => roundsUntilRepeated(racks)));
    const perRange = rings.reduce((sum, { copies, size }) => sum + Math.min(copies, size), 0);
    const affordable = Math.max(1, Math.floor(ENOUGH_COPIES / (sizeOf(rings) * perRange)));
    return Math.min(useful, settings.number('num_tokens'), affordable);
}
