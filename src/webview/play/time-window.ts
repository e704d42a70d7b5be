/** The part of the run that is shown: that in which something happens, the whole, or what the reader looks at more closely. */
import type { Playback } from '../../diagram/index.js';
import { eventful, following, instantAt, isShown, magnified, wholeRun, type TimeScale } from './time-scale.js';

const STEP = 1.5;
/** Steps for each pixel that a wheel turns: a notch is about one. */
const WHEEL = 0.01;

export class TimeWindow {
    #untilMs = 1;
    /** In which something happens. */
    #part: TimeScale | undefined;
    #mode: 'eventful' | 'whole' = 'eventful';
    #own: TimeScale | undefined;

    constructor(private readonly changed: () => void) {}

    get scale(): TimeScale {
        const part = this.#mode === 'eventful' ? this.#part : undefined;
        return this.#own ?? part ?? wholeRun({ untilMs: this.#untilMs });
    }

    /** Whether less than the whole run is shown. */
    get isPart(): boolean {
        return this.#own !== undefined || (this.#mode === 'eventful' && this.hasPart);
    }

    /** Whether some part of the run is worth a scale of its own. */
    get hasPart(): boolean {
        return this.#part !== undefined;
    }

    /** Of two runs that are shown beside each other, what happens in either. */
    load(playback: Playback, other: Playback | undefined): void {
        this.#untilMs = playback.untilMs;
        this.#part = eventful(other === undefined ? [playback] : [playback, other]);
        this.#own = undefined;
    }

    /** From a part to the whole run, or back to what is eventful. */
    toggle(): void {
        this.#mode = this.isPart ? 'whole' : 'eventful';
        this.#own = undefined;
        this.changed();
    }

    /** Positive: closer. */
    magnify(steps: number, atMs: number): void {
        this.#own = magnified(this.scale, STEP ** -steps, atMs, this.#untilMs);
        this.#mode = this.#own === undefined ? 'whole' : this.#mode;
        this.changed();
    }

    /** Keeps the playhead in view: what the reader looks at more closely moves along, and otherwise the whole run is shown. */
    follow(atMs: number): void {
        if (isShown(this.scale, atMs)) {
            return;
        }
        if (this.#own === undefined) {
            this.#mode = 'whole';
        } else {
            this.#own = following(this.#own, atMs, this.#untilMs);
        }
        this.changed();
    }

    /** The wheel with Ctrl, or two fingers that are spread, looks closer at what lies under the pointer. */
    listen(track: HTMLElement, marks: HTMLElement): void {
        track.addEventListener(
            'wheel',
            (event) => {
                if (event.ctrlKey || event.metaKey) {
                    event.preventDefault();
                    const { left, width } = marks.getBoundingClientRect();
                    const share = Math.min(1, Math.max(0, (event.clientX - left) / Math.max(1, width)));
                    this.magnify(-event.deltaY * WHEEL, instantAt(this.scale, share));
                }
            },
            { passive: false },
        );
    }
}
