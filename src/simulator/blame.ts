import type { Fault, NodeId } from '../topology/index.js';
import type { Cause, NodeOrNone, Point } from './behaviour.js';

interface Strike {
    readonly fault: Fault['kind'];
    readonly points: ReadonlySet<Point>;
}

/** Whom each fault of a run has struck: the hosts and processes of nodes, and the links of nodes and clients. */
export class Blame {
    private readonly last: Int32Array;
    private readonly strikes = new Map<Cause, Strike>();

    constructor(points: number) {
        this.last = new Int32Array(points).fill(-1);
    }

    note(fault: Fault['kind'], points: readonly Point[], cause: Cause): void {
        this.strikes.set(cause, { fault, points: new Set(points) });
        for (const point of points) {
            this.last[point] = cause;
        }
    }

    struckBy(fault: Cause): ReadonlySet<Point> {
        return this.strikes.get(fault)?.points ?? new Set();
    }

    lastFault(point: Point): Cause {
        return this.last[point]!;
    }

    /** Nothing passes between the client and the node: the last fault that changed their link, if the client's links were struck. */
    ofLink(client: Point, node: NodeId): Cause {
        const cut =
            this.last[client]! < 0 ? undefined : [...this.strikes].findLast(([, each]) => changed(each, client, node));
        return cut?.[0] ?? -1;
    }

    /** The last fault that slowed either of them; -1: none. */
    ofDelay(client: Point, node: NodeOrNone): Cause {
        const isSlowed = ({ fault, points }: Strike): boolean =>
            fault === 'slow' && (points.has(client) || points.has(node));
        return [...this.strikes].findLast(([, each]) => isSlowed(each))?.[0] ?? -1;
    }
}

/** Some faults change the links between two sides, others those of the nodes or places that they name. */
function changed({ fault, points }: Strike, client: Point, node: NodeId): boolean {
    const isBetween = fault === 'partition' || fault === 'cut' || fault === 'drop';
    return isBetween ? points.has(client) && points.has(node) : points.has(client);
}
