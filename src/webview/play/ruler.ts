import { type EventKind, type Playback } from '../../diagram/index.js';
import { html } from '../dom.js';
import { exactly, span, tickLabel, ticks } from './clock.js';
import { instantAt, isShown, shareOf, type TimeScale } from './time-scale.js';

const MOST_TICKS = 8;
/** Pixels that a label with some room beside it takes. */
const TICK_WIDTH = 64;
/** Steps of the scenario and changes of leadership have a mark on the ruler. */
const ICONS: Partial<Record<EventKind, string>> = { fault: '⚡', promotion: '▲', loss: '✖' };

/** Time from left to right; a slider for keyboard and screen readers. */
export class Ruler {
    readonly element = html('div', 'ruler');
    readonly #marks = html('div', 'marks');
    #untilMs = 1;
    #scale: TimeScale = { fromMs: 0, toMs: 1 };
    #atMs = 0;

    /** `magnify`: positive to look closer at the playhead, negative to step back. */
    constructor(seek: (atMs: number) => void, magnify: (steps: number) => void) {
        this.element.tabIndex = 0;
        this.element.setAttribute('role', 'slider');
        this.element.setAttribute('aria-label', 'Instant of the run');
        this.element.title = 'Drag to move in time; + and −, or Ctrl and the wheel, to look closer';
        this.element.setAttribute('aria-valuemin', '0');
        this.element.setAttribute('aria-valuenow', '0');
        this.element.append(this.#marks);
        const seekTo = (event: PointerEvent): void => {
            const { left, width } = this.#marks.getBoundingClientRect();
            seek(instantAt(this.#scale, Math.min(1, Math.max(0, (event.clientX - left) / Math.max(1, width)))));
        };
        this.element.addEventListener('pointerdown', (event) => {
            this.element.setPointerCapture(event.pointerId);
            seekTo(event);
        });
        this.element.addEventListener('pointermove', (event) => {
            if (this.element.hasPointerCapture(event.pointerId)) {
                seekTo(event);
            }
        });
        this.element.addEventListener('keydown', (event) => {
            const [step, closer] = [STEPS[event.key], CLOSER[event.key]];
            if (event.ctrlKey || event.metaKey || event.altKey || (step === undefined && closer === undefined)) {
                return;
            }
            event.preventDefault();
            event.stopPropagation();
            if (closer !== undefined) {
                magnify(closer);
            } else if (step !== undefined) {
                seek(step(this.#atMs, this.#untilMs));
            }
        });
    }

    /** Where time runs, from its left edge to its right one. */
    get marks(): HTMLElement {
        return this.#marks;
    }

    load({ untilMs, events }: Playback, scale: TimeScale): void {
        this.#scale = scale;
        this.#untilMs = Math.max(1, untilMs);
        this.element.setAttribute('aria-valuemax', String(untilMs));
        const room = Math.max(2, Math.min(MOST_TICKS, Math.floor(this.#marks.clientWidth / TICK_WIDTH)));
        const instants = ticks(scale.fromMs, scale.toMs, room);
        const labels = instants.map((atMs) => {
            const mark = html('span', 'tick figures', scale.fromMs > 0 ? tickLabel(atMs, instants) : plain(atMs));
            mark.style.setProperty('--at', String(shareOf(scale, atMs)));
            return mark;
        });
        const told = events.flatMap(({ kind, atMs, text }) => {
            const icon = ICONS[kind];
            if (icon === undefined || !isShown(scale, atMs)) {
                return [];
            }
            const mark = html('span', `event ${kind}`, icon);
            mark.title = `${exactly(atMs)} ${text}`;
            mark.style.setProperty('--at', String(shareOf(scale, atMs)));
            return [mark];
        });
        this.#marks.replaceChildren(...labels, ...told.slice(0, MOST_ICONS));
    }

    show(atMs: number): void {
        this.#atMs = atMs;
        this.element.setAttribute('aria-valuenow', String(atMs));
        this.element.setAttribute('aria-valuetext', exactly(atMs));
    }
}

function plain(atMs: number): string {
    return atMs === 0 ? '0' : span(atMs).replace(/\.0 s$/, ' s');
}

const CLOSER: Readonly<Record<string, number>> = { '+': 1, '=': 1, '-': -1 };

/** More icons than this would only be a smear. */
const MOST_ICONS = 400;

const STEPS: Readonly<Record<string, (atMs: number, untilMs: number) => number>> = {
    ArrowLeft: (atMs) => atMs - 1_000,
    ArrowRight: (atMs) => atMs + 1_000,
    ArrowDown: (atMs) => atMs - 100,
    ArrowUp: (atMs) => atMs + 100,
    PageDown: (atMs) => atMs - 10_000,
    PageUp: (atMs) => atMs + 10_000,
    Home: () => 0,
    End: (_, untilMs) => untilMs,
};
