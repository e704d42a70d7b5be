/** The scenario that is being clicked together. */
import type { LiveAction, LiveStep } from '../../diagram/index.js';

/** The first step stands here: every system is at rest by then. */
const FIRST_MS = 30_000;

export class LiveScenario {
    #steps: readonly LiveStep[] = [];

    get steps(): readonly LiveStep[] {
        return this.#steps;
    }

    /** The step stands at the playhead, but never before the first one. */
    add(action: LiveAction, element: string | null, playheadMs: number): void {
        const atMs = this.#steps.length === 0 ? FIRST_MS : Math.max(FIRST_MS, Math.round(playheadMs));
        this.#steps = [...this.#steps, { atMs, action, element }].sort((one, other) => one.atMs - other.atMs);
    }

    /** Takes back the step that was added last in time. */
    undo(): void {
        this.#steps = this.#steps.slice(0, -1);
    }

    clear(): void {
        this.#steps = [];
    }
}
