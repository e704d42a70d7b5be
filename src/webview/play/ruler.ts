import { type EventKind, type Playback } from '../../diagram/index.js';
import { html } from '../dom.js';
import { exactly, span, tickLabel, ticks } from './clock.js';
import { instantAt, isShown, shareOf, type TimeScale } from './time-scale.js';

const MOST_TICKS = 8;
/** Pixels that a label with some room beside it takes. */
const TICK_WIDTH = 64;
/** Steps of the scenario and changes of leadership have a mark on the ruler. */
const ICONS: Partial<Record<EventKind, string>> = { fault: '⚡', promotion: '▲', loss: '✖' };

interface Told {
    readonly icon: string;
    readonly words: string;
}

/** More marks outside the shown time are counted. */
const MOST_NAMED = 8;

/** Time from left to right; a slider for keyboard and screen readers. */
export class Ruler {
    readonly element = html('div', 'ruler');
    readonly #marks = html('div', 'marks');
    /** The playhead, beneath the marks so that it covers none. */
    readonly #needle = html('div', 'needle');
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
            return icon === undefined ? [] : [{ kind, atMs, icon, words: `${exactly(atMs)} ${text}` }];
        });
        const shown = told.filter(({ atMs }) => isShown(scale, atMs)).slice(0, MOST_ICONS);
        const marks = shown.map(({ kind, atMs, icon, words }) => {
            const mark = html('span', `event ${kind}`, icon);
            mark.title = words;
            mark.style.setProperty('--at', String(shareOf(scale, atMs)));
            return mark;
        });
        const beyond = [
            beyondEdge(
                'before',
                told.filter(({ atMs }) => atMs < scale.fromMs),
            ),
            beyondEdge(
                'after',
                told.filter(({ atMs }) => atMs > scale.toMs),
            ),
        ];
        this.#marks.replaceChildren(this.#needle, ...labels, ...marks, ...beyond.flat());
    }

    /** Where the playhead stands. */
    point(atMs: number): void {
        this.#needle.hidden = !isShown(this.#scale, atMs);
        this.#needle.style.setProperty('--at', String(shareOf(this.#scale, atMs)));
    }

    show(atMs: number): void {
        this.#atMs = atMs;
        this.element.setAttribute('aria-valuenow', String(atMs));
        this.element.setAttribute('aria-valuetext', exactly(atMs));
    }
}

/** That there are marks outside the shown time, of which kinds, and what they are of. */
function beyondEdge(side: 'before' | 'after', told: readonly Told[]): readonly HTMLElement[] {
    if (told.length === 0) {
        return [];
    }
    const icons = [...new Set(told.map(({ icon }) => icon))].join('');
    const mark = html('span', `beyond ${side}`, side === 'before' ? `◂${icons}` : `${icons}▸`);
    const named = told.slice(0, MOST_NAMED).map(({ words }) => words);
    const more = told.length - named.length;
    const heading = side === 'before' ? 'Before the shown time:' : 'After the shown time:';
    mark.title = [heading, ...named, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
    return [mark];
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
