/** The scenario that is being clicked together. */
import type { LiveAction, LiveStep } from '../../diagram/index.js';

/** The first step stands here: every system is at rest by then. */
const FIRST_MS = 30_000;

export class LiveScenario {
    #steps: readonly LiveStep[] = [];
    /** The steps that the shown run has. */
    #run: readonly LiveStep[] = [];
    #latestMs = FIRST_MS;
    /** The steps that stand in the file. */
    #saved: readonly LiveStep[] = [];

    /** When the step stands that was added or taken back last: what comes of it is to be seen. */
    get latestMs(): number {
        return this.#latestMs;
    }

    get steps(): readonly LiveStep[] {
        return this.#steps;
    }

    /** When the next step stands: at the playhead, but never before the first one. */
    nextMs(playheadMs: number): number {
        return this.#steps.length === 0 ? FIRST_MS : Math.max(FIRST_MS, Math.round(playheadMs));
    }

    add(action: LiveAction, element: string | null, playheadMs: number): void {
        const atMs = this.nextMs(playheadMs);
        this.#latestMs = atMs;
        this.#steps = [...this.#steps, { atMs, action, element }].sort((one, other) => one.atMs - other.atMs);
    }

    /** Takes back the step that was added last in time. */
    undo(): void {
        this.#latestMs = this.#steps.at(-1)?.atMs ?? FIRST_MS;
        this.#steps = this.#steps.slice(0, -1);
    }

    /** The steps have been run. */
    ran(): void {
        this.#run = this.#steps;
    }

    /** The steps could not be run: those of the shown run are left. */
    revert(): void {
        this.#steps = this.#run;
    }

    /** The steps have been written into the file. */
    save(): void {
        this.#saved = this.#steps;
    }

    /** Steps that would be lost if they were cleared now. */
    get unsaved(): readonly LiveStep[] {
        return this.#steps === this.#saved ? [] : this.#steps;
    }

    /** Steps that were cleared stand again. */
    bring(steps: readonly LiveStep[]): void {
        this.#steps = steps;
    }

    clear(): void {
        this.#steps = [];
        this.#run = [];
    }
}
