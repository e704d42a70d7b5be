import { clock, type EventKind, type Playback } from '../../diagram/index.js';
import { html } from '../dom.js';
import { span, ticks } from './clock.js';
import { instantAt, isShown, shareOf, type TimeScale } from './time-scale.js';

const MOST_TICKS = 8;
/** Steps of the scenario and changes of leadership have a mark on the ruler. */
const ICONS: Partial<Record<EventKind, string>> = { fault: '⚡', promotion: '▲', loss: '✖' };

/** Time from left to right; a slider for keyboard and screen readers. */
export class Ruler {
    readonly element = html('div', 'ruler');
    readonly #marks = html('div', 'marks');
    #untilMs = 1;
    #scale: TimeScale = { fromMs: 0, toMs: 1 };
    #atMs = 0;

    constructor(seek: (atMs: number) => void) {
        this.element.tabIndex = 0;
        this.element.setAttribute('role', 'slider');
        this.element.setAttribute('aria-label', 'Instant of the run');
        this.element.setAttribute('aria-valuemin', '0');
        this.element.setAttribute('aria-valuenow', '0');
        this.element.append(this.#marks);
        const seekTo = (event: PointerEvent): void => {
            const { left, width } = this.#marks.getBoundingClientRect();
            seek(instantAt(this.#scale, (event.clientX - left) / Math.max(1, width)));
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
            const step = STEPS[event.key];
            if (step !== undefined) {
                event.preventDefault();
                event.stopPropagation();
                seek(step(this.#atMs, this.#untilMs));
            }
        });
    }

    load({ untilMs, events }: Playback, scale: TimeScale): void {
        this.#scale = scale;
        this.#untilMs = Math.max(1, untilMs);
        this.element.setAttribute('aria-valuemax', String(untilMs));
        const labels = ticks(scale.fromMs, scale.toMs, MOST_TICKS).map((atMs) => {
            const mark = html('span', 'tick figures', scale.fromMs > 0 ? clock(atMs) : plain(atMs));
            mark.style.setProperty('--at', String(shareOf(scale, atMs)));
            return mark;
        });
        const told = events.flatMap(({ kind, atMs, text }) => {
            const icon = ICONS[kind];
            if (icon === undefined || !isShown(scale, atMs)) {
                return [];
            }
            const mark = html('span', `event ${kind}`, icon);
            mark.title = `${clock(atMs)} ${text}`;
            mark.style.setProperty('--at', String(shareOf(scale, atMs)));
            return [mark];
        });
        this.#marks.replaceChildren(...labels, ...told.slice(0, MOST_ICONS));
    }

    show(atMs: number): void {
        this.#atMs = atMs;
        this.element.setAttribute('aria-valuenow', String(atMs));
        this.element.setAttribute('aria-valuetext', clock(atMs));
    }
}

function plain(atMs: number): string {
    return atMs === 0 ? '0' : span(atMs).replace(/\.0 s$/, ' s');
}

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
