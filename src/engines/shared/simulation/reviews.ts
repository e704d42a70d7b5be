import type { HandlerId, World } from '../../../simulator/index.js';

/** How long a change that alters no answer may wait to be looked at. */
const WAIT_MS = 1000;

/**
 * Looks anew at how requests end, once for all that happens within a second. It is for changes that can only spare looking at
 * requests one by one: whatever has varied until then goes on to be simulated as it is, and what ends alike still does.
 */
export class Reviews {
    private readonly due: HandlerId;
    private isDue = false;

    constructor(private readonly world: World) {
        this.due = world.handler(() => {
            this.isDue = false;
            world.changed();
        });
    }

    soon(): void {
        if (!this.isDue) {
            this.isDue = true;
            this.world.schedule(this.world.now + WAIT_MS, this.due);
        }
    }
}
