import { assertNever, type NodeId, type PlaceId } from '../../topology/index.js';
import type { Placement, PlacementRequest, UnplacedShard } from '../engine.js';

/**
 * Primaries first, in turn over the zones; then, round by round, each shard's next replica in the zone that holds fewest
 * of its copies, among equals the zone after that of its last copy. A node belongs to one shard. AWS spreads the nodes that
 * nobody gives a zone, by a rule that it does not publish: this one aims at the same and is an assumption.
 */
export function place(request: PlacementRequest): Placement {
    const zones = freeNodes(request);
    const free = zones.reduce((sum, { queue }) => sum + queue.length, 0);
    const wanted = request.shards.reduce((sum, { copies }) => sum + copies, 0);
    if (wanted > free) {
        return {
            kind: 'impossible',
            message: `The shards of ${request.cluster.name} want ${String(wanted)} nodes, one for each copy, and ${String(free)} are free.`,
            help: 'Add nodes, or lower `replicas`: an ElastiCache node belongs to one shard.',
        };
    }
    const drafts = request.shards.map((shard) => new Draft(shard, zones.length));
    const primaries = new Array<number>(zones.length).fill(0);
    let last = -1;
    for (const draft of drafts) {
        const zone = pick(zones, draft, primaries, last);
        if (zone !== undefined) {
            primaries[zone]! += 1;
            last = zone;
            draft.take(zones, zone);
        }
    }
    const rounds = request.shards.reduce((most, { copies }) => Math.max(most, copies), 0);
    for (let round = 1; round < rounds; round++) {
        for (const draft of drafts.filter(({ shard }) => shard.copies > round)) {
            const zone = pick(zones, draft, draft.copiesByZone, draft.lastZone, draft.placeOfReplica(round));
            if (zone === undefined) {
                return {
                    kind: 'impossible',
                    message: `No node is free where replica ${String(round)} of ${draft.shard.name} is to stand.`,
                    help: 'Add nodes in that place, or ask for fewer replicas there.',
                };
            }
            draft.take(zones, zone);
        }
    }
    return { kind: 'placed', copies: drafts.map(({ copies }) => copies) };
}

/** Free nodes of one zone, or of none, in order of declaration. */
interface Zone {
    readonly zone: number | undefined;
    readonly region: number | undefined;
    readonly queue: { readonly node: NodeId; readonly index: number }[];
}

function freeNodes(request: PlacementRequest): readonly Zone[] {
    const taken = new Set(request.placed.flatMap(({ copies }) => copies));
    const zones = new Map<string, Zone>();
    request.members.forEach(({ node: id }, index) => {
        const { zone, region } = request.node(id);
        const key = `${String(region)}/${String(zone)}`;
        const known = zones.get(key) ?? { zone, region, queue: [] };
        zones.set(key, known);
        if (!taken.has(id)) {
            known.queue.push({ node: id, index });
        }
    });
    // Taken from the end, which costs the same however many there are.
    zones.forEach(({ queue }) => queue.reverse());
    return [...zones.values()];
}

/** A shard on its way to its nodes. */
class Draft {
    readonly copies: NodeId[] = [];
    readonly copiesByZone: number[];
    lastZone = -1;
    private readonly places: readonly PlaceId[];

    constructor(
        readonly shard: UnplacedShard,
        zones: number,
    ) {
        this.copiesByZone = new Array<number>(zones).fill(0);
        this.places = (shard.group?.perPlace ?? []).flatMap(({ place: where, copies }) =>
            Array.from({ length: copies }, () => where),
        );
    }

    /** Replicas are counted from 1; undefined where it may stand anywhere. */
    placeOfReplica(round: number): PlaceId | undefined {
        return this.places[round - 1];
    }

    get ignoresZones(): boolean {
        const { spread } = this.shard.group ?? {};
        return spread === 'node' || spread === 'none';
    }

    take(zones: readonly Zone[], zone: number): void {
        this.copies.push(zones[zone]!.queue.pop()!.node);
        this.copiesByZone[zone]! += 1;
        this.lastZone = zone;
    }
}

/** The zone with a free node that comes first; undefined if there is none. */
function pick(
    zones: readonly Zone[],
    draft: Draft,
    crowd: readonly number[],
    last: number,
    where?: PlaceId,
): number | undefined {
    const rank = (zone: number): number =>
        draft.ignoresZones
            ? zones[zone]!.queue.at(-1)!.index
            : crowd[zone]! * zones.length + ((zone - last - 1 + zones.length) % zones.length);
    return zones
        .map((_, zone) => zone)
        .filter((zone) => zones[zone]!.queue.length > 0 && isIn(zones[zone]!, where))
        .reduce<number | undefined>(
            (best, zone) => (best === undefined || rank(zone) < rank(best) ? zone : best),
            undefined,
        );
}

function isIn(zone: Zone, where: PlaceId | undefined): boolean {
    switch (where?.kind) {
        case undefined:
            return true;
        case 'zone':
            return zone.zone === where.zone;
        case 'region':
            return zone.region === where.region;
        default:
            return assertNever(where);
    }
}
