/** The scenario that is being clicked together. */
import type { LiveAction, LiveStart, LiveStep, Playback } from '../../diagram/index.js';
import type { LiveWish } from '../../protocol/index.js';

/** The first step of an own scenario stands here: every system is at rest by then. */
const FIRST_MS = 30_000;

/** A played scenario that goes on with the steps, and the run of it that was watched. */
interface Start extends LiveStart {
    readonly playback: Playback;
}

interface Plan {
    readonly steps: readonly LiveStep[];
    readonly start?: Start;
}

const NOTHING: Plan = { steps: [] };

export class LiveScenario {
    #plan = NOTHING;
    /** What the shown run has. */
    #run = NOTHING;
    #latestMs = FIRST_MS;
    /** What stands in the file. */
    #saved = NOTHING;

    /** When the step stands that was added or taken back last: what comes of it is to be seen. */
    get latestMs(): number {
        return this.#latestMs;
    }

    get steps(): readonly LiveStep[] {
        return this.#plan.steps;
    }

    /** What is played before the steps; undefined: all is well until the first. */
    get start(): Start | undefined {
        return this.#plan.start;
    }

    /** As it is asked for. */
    get wish(): LiveWish {
        const { steps, start } = this.#plan;
        const after = start && { scenario: start.scenario, untilMs: start.untilMs };
        return { steps, ...(after && { after, seed: start.playback.seed }) };
    }

    /** When the next step stands: at the playhead, but before an own scenario's first one all comes to rest. */
    nextMs(playheadMs: number): number {
        const { steps, start } = this.#plan;
        const atMs = Math.round(playheadMs);
        return start !== undefined ? atMs : steps.length === 0 ? FIRST_MS : Math.max(FIRST_MS, atMs);
    }

    /** The played scenario goes on with what is added, as far as it has come. */
    goOn(playback: Playback, untilMs: number): void {
        const start = startOf(playback, untilMs);
        this.#plan = { steps: [], ...(start && { start }) };
    }

    add(action: LiveAction, element: string | null, playheadMs: number): void {
        const atMs = this.nextMs(playheadMs);
        const steps = [...this.#plan.steps, { atMs, action, element }].sort((one, other) => one.atMs - other.atMs);
        this.#latestMs = atMs;
        this.#plan = { ...this.#plan, steps };
    }

    /** Takes back the step that was added last in time. */
    undo(): void {
        this.#latestMs = this.steps.at(-1)?.atMs ?? FIRST_MS;
        this.#plan = { ...this.#plan, steps: this.steps.slice(0, -1) };
    }

    /** What was asked for has been run. */
    ran(): void {
        this.#run = this.#plan;
    }

    /** It could not be run: what the shown run has is left. */
    revert(): void {
        this.#plan = this.#run;
    }

    /** The steps have been written into the file. */
    save(): void {
        this.#saved = this.#plan;
    }

    /** What would be lost if it were cleared now. */
    get unsaved(): Plan | undefined {
        return this.#plan === this.#saved || this.steps.length === 0 ? undefined : this.#plan;
    }

    /** What was cleared stands again. */
    bring(plan: Plan): void {
        this.#plan = plan;
    }

    clear(): void {
        this.#plan = NOTHING;
        this.#run = NOTHING;
    }
}

/** Undefined where the scenario has done nothing by then: there is nothing to go on with. */
export function startOf(playback: Playback, untilMs: number): Start | undefined {
    const { scenario, events } = playback;
    const begun = events.some(({ kind, atMs }) => kind === 'fault' && atMs <= untilMs);
    return scenario === undefined || !begun ? undefined : { scenario, untilMs: Math.round(untilMs), playback };
}
