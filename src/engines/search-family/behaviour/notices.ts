/** When clients have to look again. */
import type { HandlerId, World } from '../../../simulator/index.js';
import type { ShardId } from '../../../topology/index.js';
import type { Concerned } from './entries.js';

/** Requests that may be alike again are looked at after as long a time as has passed since the last change, but not sooner. */
const FIRST_LOOK_MS = 50;

export class Notices {
    /** What has changed in this millisecond. */
    private pending: Set<ShardId> | 'all' | undefined;
    private lastChangeMs = 0;
    private isLookPlanned = false;
    private readonly flush: HandlerId;
    private readonly look: HandlerId;

    constructor(private readonly world: World) {
        this.flush = world.handler(() => this.onFlush());
        this.look = world.handler(() => this.onLook());
    }

    /** Requests to these shards may end differently from now on. Changes of one millisecond are told together. */
    tell(concerned: Concerned): void {
        const pending = this.pending ?? new Set<ShardId>();
        if (this.pending === undefined) {
            this.pending = pending;
            this.world.schedule(this.world.now, this.flush);
        }
        if (concerned === 'all') {
            this.pending = 'all';
        } else if (pending !== 'all') {
            concerned.forEach((shard) => pending.add(shard));
        }
    }

    /**
     * Requests may be more alike than before. Until somebody looks they are simulated one by one, which is as true but takes
     * longer; so this can wait, and the longer nothing else changes the longer.
     */
    tellInTime(): void {
        if (!this.isLookPlanned) {
            this.isLookPlanned = true;
            const { now } = this.world;
            this.world.schedule(now + Math.max(FIRST_LOOK_MS, now - this.lastChangeMs), this.look);
        }
    }

    private onFlush(): void {
        const { pending } = this;
        this.pending = undefined;
        if (pending === 'all') {
            this.lastChangeMs = this.world.now;
        }
        this.world.changed(pending === 'all' ? undefined : pending);
    }

    private onLook(): void {
        this.isLookPlanned = false;
        this.world.changed();
    }
}
