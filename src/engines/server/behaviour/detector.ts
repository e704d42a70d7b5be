/** How whoever watches the active server from outside finds out that it is gone. */
import type { HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { assertNever, setDuration, type NodeId } from '../../../topology/index.js';
import { PROMOTED_AT_ONCE, type Detection } from '../front.js';
import { Lease } from './lease.js';

export interface DetectorEvents {
    /** The active server counts as gone: why, as the end of a sentence that begins with its name. */
    gone(why: string): void;
    /** The server, cut off from whoever watches, stops acting by itself. */
    stepsBack(node: NodeId, why: string): void;
}

export interface Detector {
    /** To be called after every change. */
    review(active: NodeId, isSeen: boolean): void;
    /** Another server is the active one from now on. */
    installed(): void;
    /** How long after it was told to stop an active server says that it has stopped; undefined: it never says so. */
    readonly releaseMs?: number;
    /** How long whoever takes over waits for another server that does not answer its questions. */
    readonly patienceMs: number;
    /** How long whoever has taken over needs before it acts, drawn anew each time. */
    promotionMs(): number;
    /** The longest way in ms, one way, of which it is known what whoever watches makes of it. */
    readonly slowestLinkMs: number;
    /** How long it may take to notice that a better server is back. */
    readonly failbackMs: number;
}

export function detectorFor(world: World, detection: Detection, draws: RandomStream, events: DetectorEvents): Detector {
    switch (detection.kind) {
        case 'within':
            return new Within(world, detection.maxMs, draws, events);
        case 'lease':
            return new Lease(world, detection, draws, events);
        default:
            return assertNever(detection);
    }
}

/** Nothing but the longest time is known. */
class Within implements Detector {
    readonly patienceMs = 0;
    private pending = false;
    private readonly due: HandlerId;

    constructor(
        private readonly world: World,
        private readonly maxMs: number,
        private readonly draws: RandomStream,
        events: DetectorEvents,
    ) {
        this.due = world.handler(() => {
            this.pending = false;
            events.gone(`is found dead, within the ${setDuration(maxMs)} that the policy allows`);
        });
    }

    get failbackMs(): number {
        return this.maxMs;
    }

    /** An answer that comes within the time that a failure may take to be noticed shows no failure. */
    get slowestLinkMs(): number {
        return this.maxMs / 2;
    }

    review(_active: NodeId, isSeen: boolean): void {
        if (!isSeen && !this.pending) {
            this.pending = true;
            this.world.schedule(this.world.now + this.draws.between(0, this.maxMs), this.due);
        }
    }

    installed(): void {
        // The next one is watched like the one before.
    }

    /** The time that the policy allows is all there is. */
    promotionMs(): number {
        this.world.assume({ brief: 'whoever is promoted serves at once', sentence: PROMOTED_AT_ONCE });
        return 0;
    }
}
