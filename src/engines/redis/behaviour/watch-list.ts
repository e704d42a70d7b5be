import type { Peer } from './state.js';

/** Nodes of one block stand side by side in every table, and are looked at together. */
const BLOCK = 32;

/**
 * When each node next has to look at the others, block by block, so that a run of its cron need not look at all of them. A
 * time may be too early, since news puts off what is due, but never too late.
 */
export class WatchList {
    /** `[observer * blocks + block]` */
    private readonly bounds: Float64Array;
    private readonly blocks: number;

    constructor(
        private readonly size: number,
        /** When the node has to look at the other, as things stand; perhaps never. */
        private readonly dueAt: (observer: Peer, other: Peer) => number,
        /** Nothing that happens from now on makes anything due before this. */
        private readonly horizon: () => number,
    ) {
        this.blocks = Math.ceil(size / BLOCK);
        this.bounds = new Float64Array(size * this.blocks);
    }

    /** All that was known about the node's others has changed. */
    forget(observer: Peer): void {
        this.bounds.fill(0, observer * this.blocks, (observer + 1) * this.blocks);
    }

    /** Looks at everybody who may be due by `now`, in the order of members. `at` returns when the other is next due. */
    look(observer: Peer, now: number, at: (observer: Peer, other: Peer) => number): void {
        for (let block = 0; block < this.blocks; block++) {
            if (this.bounds[observer * this.blocks + block]! > now) {
                continue;
            }
            const end = Math.min((block + 1) * BLOCK, this.size);
            let due = this.horizon();
            for (let other = block * BLOCK; other < end; other++) {
                due = Math.min(due, at(observer, other));
            }
            this.bounds[observer * this.blocks + block] = due;
        }
    }

    /** When somebody is next due, or `limit` if that is earlier. */
    next(observer: Peer, limit: number): number {
        let next = limit;
        for (let block = 0; block < this.blocks; block++) {
            if (this.bounds[observer * this.blocks + block]! < next) {
                next = Math.min(next, this.renew(observer, block));
            }
        }
        return next;
    }

    /** When somebody of the block is due, as things stand. */
    private renew(observer: Peer, block: number): number {
        const end = Math.min((block + 1) * BLOCK, this.size);
        let due = Number.POSITIVE_INFINITY;
        for (let other = block * BLOCK; other < end; other++) {
            if (other !== observer) {
                due = Math.min(due, this.dueAt(observer, other));
            }
        }
        this.bounds[observer * this.blocks + block] = Math.min(due, this.horizon());
        return due;
    }
}
