import type { HandlerId, World } from '../../../simulator/index.js';
import type { NodeId } from '../../../topology/index.js';

/** Each member's own clock, in whole ticks. It rests while nobody could tell the difference. */
export class TickClock {
    private readonly onTick: HandlerId;
    private awake = false;

    /** @param phaseOf when in a tick interval the member's clock ticks, in ms */
    constructor(
        private readonly world: World,
        private readonly nodes: readonly NodeId[],
        private readonly tickMs: number,
        private readonly phaseOf: (node: NodeId) => number,
        private readonly mayRest: () => boolean,
        tick: (node: NodeId) => void,
    ) {
        this.onTick = world.handler((node) => {
            this.awake = this.awake && !this.mayRest();
            if (this.awake) {
                world.schedule(world.now + this.tickMs, this.onTick, node);
                tick(node);
            }
        });
    }

    get isAwake(): boolean {
        return this.awake;
    }

    wake(): void {
        if (this.awake) {
            return;
        }
        this.awake = true;
        for (const node of this.nodes) {
            const phase = this.phaseOf(node);
            const intervals = Math.floor((this.world.now - phase) / this.tickMs) + 1;
            this.world.schedule(phase + intervals * this.tickMs, this.onTick, node);
        }
    }
}
