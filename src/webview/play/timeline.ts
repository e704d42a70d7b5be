/** The panel below the drawing: controls, ruler, lanes and what happened. */
import type { Moment, Playback } from '../../diagram/index.js';
import { html } from '../dom.js';
import { Controls, type ControlActions } from './controls.js';
import { EventList } from './event-list.js';
import { Lanes } from './lanes.js';
import { Ruler } from './ruler.js';
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

    constructor(actions: TimelineActions) {
        this.#controls = new Controls(actions);
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
        this.element.hidden = false;
        this.#controls.load(playback, other);
        this.#ruler.load(playback);
        this.#lanes.load(playback, other);
        this.#events.load(playback);
    }

    show(moment: Moment, playing: boolean): void {
        const share = this.#playback === undefined ? 0 : moment.atMs / Math.max(1, this.#playback.untilMs);
        this.#playhead.style.setProperty('--at', String(share));
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
