/** Breaking things: what can be done to an element, and the scenario that is made of what was done. */
import {
    actionsOn,
    momentAt,
    nodesWithin,
    standingAt,
    standingIn,
    visible,
    type Drawing,
    type Drawn,
    type LiveAction,
    type Playback,
} from '../../diagram/index.js';
import type { FromWebview } from '../../protocol/index.js';
import { counted } from '../../topology/index.js';
import type { MenuEntry } from '../menu.js';
import { exactly } from './clock.js';
import { LiveScenario, startOf } from './live.js';
import { WayBack } from './way-back.js';

/** What the timeline shows while something is broken. */
interface Shown {
    playback(): Playback | undefined;
    atMs(): number;
    /** The run that is asked for is to be shown at this instant. */
    keep(atMs: number): void;
    /** Of the drawing: what has the focus when nothing else can. */
    current(): Element;
}

export class Breaking {
    readonly #live = new LiveScenario();
    readonly #wayBack: WayBack;
    #drawing: Drawing | undefined;

    constructor(
        private readonly post: (message: FromWebview) => void,
        private readonly shown: Shown,
    ) {
        this.#wayBack = new WayBack(() => shown.current());
    }

    /** An offer of what was left. */
    get element(): HTMLElement {
        return this.#wayBack.element;
    }

    renew(drawing: Drawing): void {
        this.#drawing = drawing;
    }

    /** When the step stands that was added or taken back last. */
    get latestMs(): number {
        return this.#live.latestMs;
    }

    /** What would change something if it were done to the element where the next step stands. */
    entries(drawn: Drawn): readonly MenuEntry[] {
        const kind = kindOf(drawn.id);
        const drawing = this.#drawing;
        if (kind === undefined || drawing === undefined) {
            return [];
        }
        const within = (id: string): readonly string[] => nodesWithin(drawing, id).map((node) => node.id);
        const playback = this.shown.playback();
        const { start, atMs } = this.next();
        // Before anything was done all is well.
        const goesOn = start !== undefined || playback?.scenario === undefined;
        const moment = playback && goesOn ? momentAt(playback, atMs) : undefined;
        const nodes = nodesWithin(drawing, drawn.id).map(({ id, drains = false }) => ({
            id,
            drains,
            ...(moment?.nodes.get(id) ?? { state: 'serving' as const, connection: 'whole' as const }),
        }));
        const places = drawing.regions.flatMap((region) => [region.id, ...region.zones.map(({ id }) => id)]);
        const before = start && standingIn(momentAt(start.playback, Math.min(start.untilMs, atMs)), places, within);
        const standing = standingAt(this.#live.steps, atMs, within, before);
        return actionsOn({ kind, id: drawn.id, nodes }, standing).map(({ action, label, hint, mends }, index, all) => ({
            label: kind === 'link' || action === 'heal' ? label : `${label} ${kind} ${drawn.label}`,
            hint,
            apart: mends && all[index - 1]?.mends === false,
            choose: () => this.act(action, drawn.id),
        }));
    }

    /** When the next step would stand, and which played scenario would go on with it. */
    private next(): { readonly atMs: number; readonly start: LiveScenario['start'] } {
        const [playback, atMs] = [this.shown.playback(), this.shown.atMs()];
        const isNew = this.#live.steps.length === 0 && playback !== undefined;
        const start = isNew ? startOf(playback, atMs) : this.#live.start;
        return { start, atMs: start?.untilMs === undefined || !isNew ? this.#live.nextMs(atMs) : start.untilMs };
    }

    /** Runs the steps anew, with another seed if one is named. */
    run(beside: boolean, seed?: number): void {
        this.post({ type: 'break', ...this.#live.wish, beside, ...(seed === undefined ? {} : { seed }) });
    }

    save(): void {
        this.post({ type: 'save-scenario', ...this.#live.wish });
    }

    saved(): void {
        this.#live.save();
    }

    /** Takes back the last step; false: there is nothing left to be shown. */
    undo(): boolean {
        const { start } = this.#live;
        this.#live.undo();
        if (this.#live.steps.length > 0) {
            this.run(false);
        } else if (start !== undefined) {
            this.playAgain(start.playback, start.scenario, start.untilMs);
        }
        return this.#live.steps.length > 0 || start !== undefined;
    }

    /** The steps have been run. */
    ran(): void {
        this.#live.ran();
        this.tellLeft();
    }

    /** The steps could not be run. */
    failed(): void {
        if (this.shown.playback() === undefined) {
            this.leave();
        } else {
            this.#live.revert();
        }
    }

    /** Something else is under way: what was left before is not offered any more. */
    begun(): void {
        this.#wayBack.withdraw();
    }

    /** Steps that are not saved can be had back. */
    leave(): void {
        const { unsaved } = this.#live;
        const atMs = this.shown.atMs();
        this.#live.clear();
        if (unsaved !== undefined) {
            const count = unsaved.steps.length;
            const words = `${counted(count, 'step')} of yours ${count === 1 ? 'was' : 'were'} not saved.`;
            this.#wayBack.offer(words, 'Bring back', () => {
                this.#live.bring(unsaved);
                this.shown.keep(atMs);
                this.run(false);
            });
        }
    }

    private act(action: LiveAction, element: string): void {
        const [playback, atMs] = [this.shown.playback(), this.shown.atMs()];
        this.#wayBack.withdraw();
        if (playback?.scenario !== undefined && this.#live.steps.length === 0) {
            this.#live.goOn(playback, atMs);
        }
        this.#live.add(action, action === 'heal' ? null : element, atMs);
        this.run(false);
    }

    /** A scenario that goes on with somebody's steps does not do what it would have done later. */
    private tellLeft(): void {
        const [playback, atMs] = [this.shown.playback(), this.shown.atMs()];
        const untilMs = this.#live.start?.untilMs;
        const later = playback?.events.some((event) => event.kind === 'fault' && event.atMs > (untilMs ?? 0)) === true;
        if (playback?.scenario !== undefined && later) {
            const { scenario } = playback;
            const name = visible(scenario);
            const left = untilMs === undefined ? '' : ` after ${exactly(untilMs)}`;
            this.#wayBack.offer(`What ${name} does${left} is not part of this run.`, `Back to ${name}`, () =>
                this.playAgain(playback, scenario, atMs),
            );
        }
    }

    private playAgain({ seed }: Playback, scenario: string, atMs: number): void {
        this.shown.keep(atMs);
        this.post({ type: 'play', scenario, beside: false, seed });
    }
}

function kindOf(id: string): 'node' | 'zone' | 'region' | 'link' | undefined {
    const kind = id.slice(0, id.indexOf(':'));
    if (kind === 'node' || kind === 'zone' || kind === 'region') {
        return kind;
    }
    return /^link:replication:(zone|region):/.test(id) ? 'link' : undefined;
}
