import type { Cause, Point, World } from '../../../simulator/index.js';
import type { NodeId, ZoneId } from '../../../topology/index.js';
import { connected, roundTrip } from '../../shared/simulation/index.js';
import { READ_QUORUM, SEGMENTS, SEGMENTS_IN_ZONE, storageZones, STORAGE_ZONES, WRITE_QUORUM } from '../volume.js';

/** The copies of the data as the instances reach them. */
export class Storage {
    private readonly zones: readonly ZoneId[];
    private powered = SEGMENTS;
    /** Round trips of each instance to the copies that it reaches, until something changes. */
    private readonly known = new Map<NodeId, readonly number[]>();

    constructor(private readonly world: World) {
        this.zones = storageZones(world.topology, world.cluster);
    }

    canRead(node: NodeId): boolean {
        return this.distances(node).length >= READ_QUORUM;
    }

    /** Why the instance cannot write; undefined if it can. */
    whyNotWritable(node: NodeId): string | undefined {
        const reached = this.distances(node).length;
        return reached >= WRITE_QUORUM
            ? undefined
            : `${this.world.topology.nodes[node]!.name} reaches ${reached} of ${SEGMENTS} copies of the data, and a write needs ${WRITE_QUORUM}`;
    }

    /** A write is acknowledged when the fourth copy has it: milliseconds that this takes. */
    writeMs(node: NodeId): number {
        return this.distances(node)[WRITE_QUORUM - 1] ?? Infinity;
    }

    /** To be called after every change. Tells when zones with copies lose power or regain it. */
    review(cause: Cause): void {
        this.known.clear();
        const dark = this.zones.filter((zone) => !this.world.hasPower(this.world.providerIn(zone)));
        const powered = SEGMENTS - SEGMENTS_IN_ZONE * dark.length;
        if (powered !== this.powered) {
            this.powered = powered;
            const left = `${powered} of ${SEGMENTS} copies of the data of ${this.world.cluster.name} have power`;
            const means =
                powered >= WRITE_QUORUM
                    ? `enough to write, which takes ${WRITE_QUORUM}`
                    : powered >= READ_QUORUM
                      ? `enough to read, which takes ${READ_QUORUM}, and too few to write`
                      : `too few to read, which takes ${READ_QUORUM}`;
            this.world.record({ kind: 'state', text: `${left}: ${means}`, cause });
            this.world.changed();
        }
    }

    /** Whether every copy is there. */
    get isWhole(): boolean {
        return this.powered === SEGMENTS;
    }

    /** Round trips to the copies that the instance reaches, the shortest first. */
    private distances(node: NodeId): readonly number[] {
        const known = this.known.get(node) ?? this.measured(node);
        this.known.set(node, known);
        return known;
    }

    private measured(node: NodeId): readonly number[] {
        const declared = this.zones.map((zone) => this.world.providerIn(zone));
        const own = this.world.topology.nodes[node]!.zone;
        const beyond: readonly Point[] = [
            ...this.zones.filter((zone) => zone !== own).map((zone) => this.world.providerIn(zone)),
            this.world.outside,
        ];
        // A zone that is not declared is reached like anything else outside the instance's own.
        const link = beyond.find((point) => connected(this.world, node, point));
        const undeclared = link === undefined ? [] : new Array<Point>(STORAGE_ZONES - this.zones.length).fill(link);
        const reached = declared.filter((point) => this.world.hasPower(point) && connected(this.world, node, point));
        return [...reached, ...undeclared]
            .flatMap((point) => new Array<number>(SEGMENTS_IN_ZONE).fill(roundTrip(this.world, node, point)))
            .sort((one, other) => one - other);
    }
}
