import type { HandlerId, World } from '../../../simulator/index.js';

/** A history that copies follow, each some time behind. */
export interface Followed {
    readonly copies: number;
    /** How far the copy is behind when the fault strikes, in whole milliseconds. */
    lagMs(copy: number, fault: number): number;
    /** Writes in the history so far that the copy is to have. */
    count(copy: number): number;
    /** Whether what is written reaches the copy. */
    flows(copy: number): boolean;
}

/**
 * How much of a history each copy has. A copy that nothing reaches any more keeps what the history counted one lag before:
 * faults strike at known instants, so nothing else needs to be looked at. One that is reached again has everything at once,
 * an assumption.
 */
export class Followers {
    /** What a copy has at a fault: `sampled[fault * copies + copy]`. */
    private readonly sampled: (number | undefined)[] = [];
    /** What a copy has that nothing reaches. */
    private readonly held: (number | undefined)[];
    private readonly times: readonly number[];
    private readonly take: HandlerId;

    constructor(
        private readonly world: World,
        private readonly followed: Followed,
    ) {
        this.held = new Array<number | undefined>(followed.copies).fill(undefined);
        this.times = [...new Set(world.faultTimes)];
        this.take = world.handler((slot) => {
            this.sampled[slot] = followed.count(slot % followed.copies);
        });
    }

    start(): void {
        const { copies } = this.followed;
        this.times.forEach((time, fault) => {
            for (let copy = 0; copy < copies; copy++) {
                const at = time - this.followed.lagMs(copy, fault);
                const slot = fault * copies + copy;
                if (at < 0) {
                    this.sampled[slot] = 0;
                } else if (at < time) {
                    this.world.schedule(at, this.take, slot);
                }
            }
        });
    }

    /** To be called after every change. */
    review(): void {
        for (let copy = 0; copy < this.followed.copies; copy++) {
            if (this.followed.flows(copy)) {
                this.held[copy] = undefined;
            } else {
                this.held[copy] ??= this.wouldHave(copy);
            }
        }
    }

    /** The copy has lost all it had. To be followed by a review: where the history reaches it, it has everything again. */
    empty(copy: number): void {
        this.held[copy] = 0;
    }

    /** Whether nothing reaches the copy. */
    isCutOff(copy: number): boolean {
        return this.held[copy] !== undefined;
    }

    /** Whether nothing reaches the copy and it misses nothing yet, so that the next write changes what reads find there. */
    isAboutToMiss(copy: number): boolean {
        const held = this.held[copy];
        return held !== undefined && held >= this.followed.count(copy);
    }

    /** Writes of the history that the copy has; one that is still reached has those that its lag allows at a fault. */
    has(copy: number): number {
        return this.held[copy] ?? this.followed.count(copy);
    }

    /** What the copy would have if it were cut off in this instant. */
    wouldHave(copy: number): number {
        const fault = this.times.indexOf(this.world.now);
        const sampled = fault < 0 ? undefined : this.sampled[fault * this.followed.copies + copy];
        return Math.min(sampled ?? Infinity, this.followed.count(copy));
    }
}
