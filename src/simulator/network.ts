import type { NodeId, PlaceId, Topology } from '../topology/index.js';
import type { Point } from './behaviour.js';

/** One-way delay between two hosts that nothing slows, in milliseconds. An assumption: no file declares distances. */
export const BASE_DELAY_MS = 1;

/** Membership by point: 1 if it belongs. */
export type PointSet = Uint8Array;

/** What the faults of a scenario make of a point's links; the worst of them where there are several. */
export type LinkState = 'whole' | 'slow' | 'cut' | 'isolated';

/** Where the points of the network are, clients included. */
export interface Position {
    readonly node?: NodeId;
    readonly zone?: number;
    readonly region?: number;
}

/** Packets between the two sets are lost, either way. */
interface Loss {
    readonly one: PointSet;
    readonly other: PointSet;
    /** From 0 to 1; 1 is a cut. */
    readonly share: number;
}

/** Who can send to whom, and how long it takes. */
export class Network {
    private readonly cuts: { readonly from: PointSet; readonly to: PointSet }[] = [];
    private readonly isolated: PointSet[] = [];
    private readonly slow: { readonly points: PointSet; readonly delayMs: number }[] = [];
    private readonly lossy: Loss[] = [];
    /** By point: equal numbers belong to the same sets. Made when it is asked for, until the next change. */
    private kinds: Int32Array | undefined;

    constructor(
        readonly topology: Topology,
        readonly positions: readonly Position[],
    ) {}

    /** One-way delay in milliseconds, or -1 if nothing arrives. */
    delay(from: Point, to: Point): number {
        if (from === to) {
            return 0;
        }
        for (const cut of this.cuts) {
            if (cut.from[from] && cut.to[to] && !(cut.from[to] && cut.to[from])) {
                return -1;
            }
        }
        for (const island of this.isolated) {
            if (island[from] !== island[to]) {
                return -1;
            }
        }
        for (const lossy of this.lossy) {
            if (lossy.share === 1 && isBetween(lossy, from, to)) {
                return -1;
            }
        }
        let delay = BASE_DELAY_MS;
        for (const { points, delayMs } of this.slow) {
            if (points[from] || points[to]) {
                delay += delayMs;
            }
        }
        return delay;
    }

    /** Chance that a packet from one to the other is lost, from 0 to 1; several losses on one way add up as chances do. */
    loss(from: Point, to: Point): number {
        if (this.lossy.length === 0 || from === to) {
            return 0;
        }
        let kept = 1;
        for (const lossy of this.lossy) {
            if (isBetween(lossy, from, to)) {
                kept *= 1 - lossy.share;
            }
        }
        return 1 - kept;
    }

    /** Points with the same number have the same delays to and from all others, until links change. */
    linksOf(point: Point): number {
        this.kinds ??= this.kindsOfPoints();
        return this.kinds[point]!;
    }

    private kindsOfPoints(): Int32Array {
        const sets = [
            ...this.cuts.flatMap(({ from, to }) => [from, to]),
            ...this.isolated,
            ...this.slow.map(({ points }) => points),
            ...this.lossy.flatMap(({ one, other }) => [one, other]),
        ];
        const numbers = new Map<string, number>();
        return Int32Array.from(this.positions, (_, point) => {
            const membership = sets.map((set) => set[point]).join('');
            const known = numbers.get(membership) ?? numbers.size;
            numbers.set(membership, known);
            return known;
        });
    }

    /**
     * One way: what `from` sends to `to` is lost. Points that stand on both sides keep the links among themselves. Returns
     * whether that is new.
     */
    cut(from: PointSet, to: PointSet): boolean {
        const known = this.cuts.some((cut) => same(cut.from, from) && same(cut.to, to));
        if (known || isEmpty(from) || isEmpty(to)) {
            return false;
        }
        this.kinds = undefined;
        this.cuts.push({ from, to });
        return true;
    }

    /** Takes back every cut, delay and loss. Returns how many there were. */
    heal(): number {
        this.kinds = undefined;
        return this.cuts.splice(0).length + this.slow.splice(0).length + this.lossy.splice(0).length;
    }

    /** Sets the share of the packets between the sets that is lost, either way; 0 takes it back. Returns whether that is new. */
    drop(one: PointSet, other: PointSet, share: number): boolean {
        this.kinds = undefined;
        const index = this.lossy.findIndex((known) => same(known.one, one) && same(known.other, other));
        if ((this.lossy[index]?.share ?? 0) === share || isEmpty(one) || isEmpty(other)) {
            return false;
        }
        if (index >= 0) {
            this.lossy.splice(index, 1);
        }
        if (share > 0) {
            this.lossy.push({ one, other, share });
        }
        return true;
    }

    /** Nobody outside the set reaches anybody inside, either way. Returns whether that is new. */
    isolate(points: PointSet): boolean {
        if (this.isolated.some((island) => same(island, points))) {
            return false;
        }
        this.kinds = undefined;
        this.isolated.push(points);
        return true;
    }

    /** Ends every isolation that lies wholly inside the set. Returns how many did. */
    reconnect(points: PointSet): number {
        this.kinds = undefined;
        let ended = 0;
        for (let index = this.isolated.length - 1; index >= 0; index--) {
            if (inside(this.isolated[index]!, points)) {
                this.isolated.splice(index, 1);
                ended++;
            }
        }
        return ended;
    }

    /** Sets the extra delay of every message to or from the set; 0 takes it back. Returns whether that is new. */
    slowDown(points: PointSet, delayMs: number): boolean {
        this.kinds = undefined;
        const index = this.slow.findIndex((other) => same(other.points, points));
        if ((this.slow[index]?.delayMs ?? 0) === delayMs) {
            return false;
        }
        if (index >= 0) {
            this.slow.splice(index, 1);
        }
        if (delayMs > 0) {
            this.slow.push({ points, delayMs });
        }
        return true;
    }

    /** Whether any link is slowed. */
    get isSlowed(): boolean {
        return this.slow.length > 0;
    }

    /** Whether the point's links are slowed. */
    isSlow(point: Point): boolean {
        return this.slow.some(({ points }) => points[point] === 1);
    }

    /** Whether the point is cut off by an isolation of itself or of its place. */
    isIsolated(point: Point): boolean {
        return this.isolated.some((island) => island[point] === 1);
    }

    linkState(point: Point): LinkState {
        if (this.isIsolated(point)) {
            return 'isolated';
        }
        const isCut = this.cuts.some(({ from, to }) => from[point] || to[point]);
        if (isCut || this.lossy.some(({ one, other, share }) => share === 1 && (one[point] || other[point]))) {
            return 'cut';
        }
        return this.isSlow(point) ? 'slow' : 'whole';
    }

    /** The points that stand in the places or are the nodes. */
    select(places: readonly PlaceId[], nodes: readonly NodeId[]): PointSet {
        const set = new Uint8Array(this.positions.length);
        this.positions.forEach((position, point) => {
            if (places.some((place) => stands(position, place))) {
                set[point] = 1;
            }
        });
        for (const node of nodes) {
            set[node] = 1;
        }
        return set;
    }
}

/** Whether something at this position stands in the place. */
export function stands(position: Position, place: PlaceId): boolean {
    return place.kind === 'zone' ? position.zone === place.zone : position.region === place.region;
}

function isBetween({ one, other }: Loss, from: Point, to: Point): boolean {
    return (one[from] === 1 && other[to] === 1) || (other[from] === 1 && one[to] === 1);
}

function same(one: PointSet, other: PointSet): boolean {
    return one.every((value, index) => value === other[index]);
}

function inside(one: PointSet, other: PointSet): boolean {
    return one.every((value, index) => !value || other[index]);
}

function isEmpty(points: PointSet): boolean {
    return !points.includes(1);
}
