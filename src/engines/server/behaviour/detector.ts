/** How whoever watches the active server from outside finds out that it is gone. */
import type { HandlerId, RandomStream, World } from '../../../simulator/index.js';
import { assertNever, setDuration, type NodeId } from '../../../topology/index.js';
import type { Detection } from '../front.js';
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
    /** Whether an active server that stops cleanly says so. */
    readonly hearsOfStops: boolean;
    /** How long it may take to notice that a better server is back. */
    readonly failbackMs: number;
}

export function detectorFor(world: World, detection: Detection, draws: RandomStream, events: DetectorEvents): Detector {
    switch (detection.kind) {
        case 'within':
            return new Within(world, detection.maxMs, draws, events);
        case 'lease':
            return new Lease(world, detection, events);
        default:
            return assertNever(detection);
    }
}

/** Nothing but the longest time is known. */
class Within implements Detector {
    readonly hearsOfStops = false;
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

    review(_active: NodeId, isSeen: boolean): void {
        if (!isSeen && !this.pending) {
            this.pending = true;
            this.world.schedule(this.world.now + this.draws.between(0, this.maxMs), this.due);
        }
    }

    installed(): void {
        // The next one is watched like the one before.
    }
}
