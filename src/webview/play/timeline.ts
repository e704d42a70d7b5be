/** The panel below the drawing: controls, ruler, lanes and what happened. */
import type { DrawnNode, Moment, Playback } from '../../diagram/index.js';
import { html } from '../dom.js';
import { keepingFocus } from '../keep-focus.js';
import { Controls, type ControlActions } from './controls.js';
import { EventList } from './event-list.js';
import { Lanes } from './lanes.js';
import { Remarks, type Outdated, type RemarkActions } from './remarks.js';
import { Ruler } from './ruler.js';
import { isShown, shareOf } from './time-scale.js';
import { TimeWindow } from './time-window.js';
import type { SourceRange } from '../../topology/index.js';

export interface TimelineActions extends ControlActions, RemarkActions {
    seek(atMs: number): void;
    /** To an instant that the reader named. */
    go(atMs: number): void;
}

export class Timeline {
    readonly element = html('section', 'timeline');
    readonly #controls: Controls;
    readonly #remarks: Remarks;
    readonly #ruler: Ruler;
    readonly #lanes: Lanes;
    readonly #events: EventList;
    readonly #playhead = html('div', 'playhead');
    readonly #window = new TimeWindow(() => this.draw());
    #playback: Playback | undefined;
    #other: Playback | undefined;
    #moment: Moment | undefined;
    /** Ids of the clusters that are looked at; none: all. */
    #chosen: ReadonlySet<string> = new Set();
    /** Of the ruler, in pixels: so much is there to write on. */
    #width = 0;

    constructor(actions: TimelineActions) {
        this.#controls = new Controls(actions, () => this.#window.toggle());
        this.#remarks = new Remarks(actions);
        this.#ruler = new Ruler(
            (atMs) => actions.seek(atMs),
            (steps) => this.#window.magnify(steps, this.#moment?.atMs ?? 0),
        );
        this.#lanes = new Lanes(actions);
        this.#events = new EventList(actions);
        const track = html('div', 'track');
        track.append(this.#ruler.element, this.#lanes.element, this.#playhead);
        this.#window.listen(track, this.#ruler.marks);
        new ResizeObserver(() => {
            if (this.#width !== this.#ruler.marks.clientWidth) {
                this.draw();
            }
        }).observe(track);
        const body = html('div', 'timeline-body');
        body.append(track, this.#events.element);
        this.element.setAttribute('aria-label', 'Timeline');
        this.element.append(this.#remarks.element, this.#controls.element, body);
        this.element.hidden = true;
    }

    /** `other`: a run to be compared with it, drawn below each lane. */
    load(playback: Playback, other?: Playback): void {
        this.#playback = playback;
        this.#other = other;
        this.element.hidden = false;
        this.#window.load(playback, other);
        this.keepingFocus(() => {
            if (other === undefined) {
                this.#remarks.clear();
            }
            this.#controls.load(playback, other);
            this.#events.load(playback);
            this.draw();
        });
    }

    /** Buttons come and go with what can be done: the ruler is always there. */
    private keepingFocus(change: () => void): void {
        keepingFocus(this.element, change, () => this.#ruler.element);
    }

    private draw(): void {
        if (this.#playback === undefined) {
            return;
        }
        const { scale, hasPart, isPart } = this.#window;
        this.#width = this.#ruler.marks.clientWidth;
        this.#controls.showZoom(hasPart || isPart, isPart);
        this.#ruler.load(this.#playback, scale);
        this.#lanes.load({
            playback: this.#playback,
            other: this.#other,
            chosen: this.#chosen,
            track: { scale, width: this.#width },
        });
        if (this.#moment !== undefined) {
            this.movePlayhead(this.#moment);
        }
    }

    private movePlayhead({ atMs }: Moment): void {
        const { scale } = this.#window;
        this.#playhead.hidden = !isShown(scale, atMs);
        this.#playhead.style.setProperty('--at', String(shareOf(scale, atMs)));
        this.#ruler.point(atMs);
    }

    show(moment: Moment, playing: boolean): void {
        this.#moment = moment;
        this.keepingFocus(() => this.#window.follow(moment.atMs));
        this.movePlayhead(moment);
        this.#controls.show(moment.atMs, playing);
        this.#ruler.show(moment.atMs);
        this.#events.show(moment);
    }

    /** Only the lanes of these clusters are drawn; of none: of all. */
    filter(chosen: ReadonlySet<string>): void {
        if ([...chosen].join() !== [...this.#chosen].join()) {
            this.#chosen = new Set(chosen);
            this.draw();
        }
    }

    /** What one node believes, until another or none is chosen. */
    choose(node: DrawnNode | undefined): void {
        this.#events.choose(node);
    }

    /** Whether the run and what it is compared with are of an older text, and of another system than is drawn. */
    outdate(outdated: Outdated, otherSystem: boolean): void {
        this.keepingFocus(() => this.#remarks.outdate(outdated, otherSystem));
    }

    /** The file has these scenarios now. */
    offered(names: readonly string[]): void {
        this.keepingFocus(() => this.#remarks.offered(names));
    }

    tellSaved(name: string, source: SourceRange): void {
        this.#remarks.tellSaved(name, source);
    }

    /** A run is under way that will take the place of what is shown, or stand beside it. */
    wait(waiting: boolean): void {
        this.element.classList.toggle('waiting', waiting);
        this.element.setAttribute('aria-busy', String(waiting));
    }

    hide(): void {
        this.element.hidden = true;
        this.#playback = undefined;
    }
}
