/** Where in a run the reader stands, and how time passes there. */
import { momentAt, type Moment, type Playback } from '../../diagram/index.js';
import { changesOf } from './changes.js';

/** Seconds of the run in a second of the clock on the wall. */
export const SPEEDS = [1, 5, 20, 60] as const;
const USUAL_SPEED = 5;

export class Player {
    #playback: Playback | undefined;
    #changes: readonly number[] = [];
    #atMs = 0;
    #speed: number = USUAL_SPEED;
    #frame = 0;

    /** `changed` hears of every new instant, and of undefined when no run is shown any more. */
    constructor(private readonly changed: (moment: Moment | undefined) => void) {}

    get playback(): Playback | undefined {
        return this.#playback;
    }

    get atMs(): number {
        return this.#atMs;
    }

    get moment(): Moment | undefined {
        return this.#playback && momentAt(this.#playback, this.#atMs);
    }

    get playing(): boolean {
        return this.#frame !== 0;
    }

    get speed(): number {
        return this.#speed;
    }

    /** Begins where the scenario's first step strikes. */
    load(playback: Playback): void {
        this.pause();
        this.#playback = playback;
        this.#changes = changesOf(playback);
        this.seek(playback.events.find(({ kind }) => kind === 'fault')?.atMs ?? 0);
    }

    close(): void {
        this.pause();
        this.#playback = undefined;
        this.changed(undefined);
    }

    seek(atMs: number): void {
        if (this.#playback !== undefined) {
            this.#atMs = Math.min(Math.max(0, Math.round(atMs)), this.#playback.untilMs);
            this.changed(momentAt(this.#playback, this.#atMs));
        }
    }

    /** To the next instant at which something happens, or back to the one before; behind the last to the end of the run. */
    step(direction: 1 | -1): void {
        this.pause();
        this.seek(this.change(direction) ?? (direction > 0 ? Infinity : 0));
    }

    private change(direction: 1 | -1): number | undefined {
        return direction > 0
            ? this.#changes.find((atMs) => atMs > this.#atMs)
            : this.#changes.findLast((atMs) => atMs < this.#atMs);
    }

    setSpeed(speed: number): void {
        this.#speed = speed;
    }

    toggle(): void {
        if (this.playing) {
            this.pause();
            this.seek(this.#atMs);
        } else if (this.#playback !== undefined) {
            if (this.#atMs >= this.#playback.untilMs) {
                this.seek(0);
            }
            this.run(performance.now());
        }
    }

    private run(since: number): void {
        this.#frame = requestAnimationFrame((now) => {
            this.seek(this.#atMs + (now - since) * this.#speed);
            if (this.#atMs < (this.#playback?.untilMs ?? 0)) {
                this.run(now);
            } else {
                this.#frame = 0;
                this.seek(this.#atMs);
            }
        });
    }

    private pause(): void {
        cancelAnimationFrame(this.#frame);
        this.#frame = 0;
    }
}
