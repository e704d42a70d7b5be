import type { HandlerId, World } from '../../../simulator/index.js';

/** Timers that are put off far more often than they run out, one for each index: only one event waits for each. */
export class Deadlines {
    private readonly due: number[] = [];
    private readonly armed: number[] = [];
    private readonly handler: HandlerId;

    constructor(
        private readonly world: World,
        onExpiry: (index: number) => void,
    ) {
        this.handler = world.handler((index) => this.onEvent(index, onExpiry));
    }

    /** Runs out at this time, rounded up to a millisecond, instead of any earlier setting. */
    set(index: number, timeMs: number): void {
        this.due[index] = Math.max(Math.ceil(timeMs), this.world.now);
        if (this.due[index] < (this.armed[index] ?? Infinity)) {
            this.arm(index);
        }
    }

    clear(index: number): void {
        this.due[index] = Infinity;
    }

    private onEvent(index: number, onExpiry: (index: number) => void): void {
        const { now } = this.world;
        // An event that an earlier deadline has overtaken.
        if (this.armed[index] !== now) {
            return;
        }
        this.armed[index] = Infinity;
        if (this.due[index] === now) {
            this.due[index] = Infinity;
            onExpiry(index);
        } else if (this.due[index]! < Infinity) {
            this.arm(index);
        }
    }

    private arm(index: number): void {
        this.armed[index] = this.due[index]!;
        this.world.schedule(this.due[index]!, this.handler, index);
    }
}
