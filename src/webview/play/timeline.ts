/** The panel below the drawing: controls, ruler, lanes and what happened. */
import type { Moment, Playback } from '../../diagram/index.js';
import { html } from '../dom.js';
import { Controls, type ControlActions } from './controls.js';
import { EventList } from './event-list.js';
import { Lanes } from './lanes.js';
import { Ruler } from './ruler.js';
import { eventful, isShown, shareOf, wholeRun, type TimeScale } from './time-scale.js';
import type { SourceRange } from '../../topology/index.js';

export interface TimelineActions extends ControlActions {
    seek(atMs: number): void;
    reveal(source: SourceRange): void;
}

export class Timeline {
    readonly element = html('section', 'timeline');
    readonly #controls: Controls;
    readonly #ruler: Ruler;
    readonly #lanes: Lanes;
    readonly #events: EventList;
    readonly #playhead = html('div', 'playhead');
    #playback: Playback | undefined;
    #other: Playback | undefined;
    #scale: TimeScale = { fromMs: 0, toMs: 1 };
    #zoomed = true;
    #moment: Moment | undefined;

    constructor(actions: TimelineActions) {
        this.#controls = new Controls(actions, () => this.zoom());
        this.#ruler = new Ruler((atMs) => actions.seek(atMs));
        this.#lanes = new Lanes(actions);
        this.#events = new EventList(actions);
        const track = html('div', 'track');
        track.append(this.#ruler.element, this.#lanes.element, this.#playhead);
        const body = html('div', 'timeline-body');
        body.append(track, this.#events.element);
        this.element.setAttribute('aria-label', 'Timeline');
        this.element.append(this.#controls.element, body);
        this.element.hidden = true;
    }

    /** `other`: a run to be compared with it, drawn below each lane. */
    load(playback: Playback, other?: Playback): void {
        this.#playback = playback;
        this.#other = other;
        this.element.hidden = false;
        this.#controls.load(playback, other);
        this.#events.load(playback);
        this.draw();
    }

    private zoom(): void {
        this.#zoomed = !this.#zoomed;
        this.draw();
        if (this.#moment !== undefined) {
            this.movePlayhead(this.#moment);
        }
    }

    private draw(): void {
        if (this.#playback === undefined) {
            return;
        }
        const part = eventful(this.#playback);
        this.#scale = (this.#zoomed ? part : undefined) ?? wholeRun(this.#playback);
        this.#controls.showZoom(part !== undefined, this.#zoomed);
        this.#ruler.load(this.#playback, this.#scale);
        this.#lanes.load(this.#playback, this.#other, this.#scale);
    }

    private movePlayhead({ atMs }: Moment): void {
        this.#playhead.hidden = !isShown(this.#scale, atMs);
        this.#playhead.style.setProperty('--at', String(shareOf(this.#scale, atMs)));
    }

    show(moment: Moment, playing: boolean): void {
        this.#moment = moment;
        this.movePlayhead(moment);
        this.#controls.show(moment.atMs, playing);
        this.#ruler.show(moment.atMs);
        this.#events.show(moment);
    }

    /** What one node believes, until another or none is chosen. */
    choose(node: { readonly id: string; readonly label: string } | undefined): void {
        this.#events.choose(node);
    }

    hide(): void {
        this.element.hidden = true;
        this.#playback = undefined;
    }
}
