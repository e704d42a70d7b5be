import {
    nodeView,
    visible,
    type DrawnNode,
    type Moment,
    type Playback,
    type PlaybackEvent,
} from '../../diagram/index.js';
import { counted, type SourceRange } from '../../topology/index.js';
import { button, html } from '../dom.js';
import { keepingFocus } from '../keep-focus.js';
import { exactly } from './clock.js';

/** So many events before the playhead are listed at first, and so many more each time that earlier ones are asked for. */
const SHOWN = 60;
const MORE = 240;

interface EventActions {
    /** To an instant that the reader named. */
    go(atMs: number): void;
    reveal(source: SourceRange): void;
}

/** What has happened until the playhead, latest last, each with its cause; or how one node sees it, what it believes now last. */
export class EventList {
    readonly element = html('div', 'events');
    readonly #heading = html('div', 'lane-group');
    readonly #list = html('ol', '');
    #playback: Playback | undefined;
    #node: DrawnNode | undefined;
    #moment: Moment | undefined;
    #shown = SHOWN;

    constructor(private readonly actions: EventActions) {
        this.#list.tabIndex = 0;
        this.#list.setAttribute('aria-label', 'What has happened');
        this.element.append(this.#heading, this.#list);
    }

    load(playback: Playback): void {
        this.#playback = playback;
        this.#moment = undefined;
        this.#shown = SHOWN;
    }

    choose(node: DrawnNode | undefined): void {
        this.#node = node;
        this.list();
    }

    show(moment: Moment): void {
        const before = this.#moment;
        this.#moment = moment;
        // What a node sees may change without an event: it is stopped, or begins again.
        if (moment.told !== before?.told || (this.#node !== undefined && moment.atMs !== before.atMs)) {
            this.list();
        }
    }

    /** Where the entry that has the focus is listed no more, the last one gets it: what is at the playhead. */
    private list(): void {
        keepingFocus(
            this.#list,
            () => this.rebuild(),
            () => [...this.#list.querySelectorAll('.instant')].at(-1) ?? this.#list,
        );
    }

    private rebuild(): void {
        const [playback, moment] = [this.#playback, this.#moment];
        if (playback === undefined || moment === undefined) {
            return;
        }
        if (this.#node === undefined) {
            this.listStory(playback, moment.told);
        } else {
            const { heading, sentences, events } = nodeView(playback, this.#node, moment);
            this.#heading.textContent = heading;
            this.#list.replaceChildren(
                ...events.map((event) => this.entry(event, playback.events.indexOf(event))),
                ...sentences.map((sentence) => html('li', 'now', sentence)),
            );
            this.#list.scrollTop = this.#list.scrollHeight;
        }
    }

    private listStory(playback: Playback, told: number): void {
        const from = Math.max(0, told - this.#shown);
        const all = told === playback.events.length;
        this.#heading.textContent = from > 0 ? `What happened (${told - from} of ${told})` : 'What happened';
        this.#list.replaceChildren(
            ...(from > 0 ? [this.earlier(from)] : []),
            ...playback.events.slice(from, told).map((event, index) => this.entry(event, from + index)),
            ...(told === 0 ? [html('li', 'nothing', 'All is well.')] : []),
            ...(all && playback.untold > 0
                ? [html('li', 'nothing', `${counted(playback.untold, 'later event')} more than can be shown here.`)]
                : []),
        );
        this.#list.scrollTop = this.#list.scrollHeight;
    }

    /** Those before the first one that is listed; what was looked at stays where it is. */
    private earlier(hidden: number): HTMLElement {
        const item = html('li', 'earlier');
        const show = button(
            `Show ${Math.min(MORE, hidden)} earlier`,
            `Show earlier: ${counted(hidden, 'event')} before these`,
        );
        show.addEventListener('click', () => {
            const fromEnd = this.#list.scrollHeight - this.#list.scrollTop;
            this.#shown += MORE;
            this.list();
            this.#list.scrollTop = this.#list.scrollHeight - fromEnd;
        });
        item.append(show);
        return item;
    }

    private entry({ atMs, kind, text, cause, source }: PlaybackEvent, number: number): HTMLElement {
        const item = html('li', kind);
        const time = html('button', 'instant figures', exactly(atMs));
        time.title = 'Go to this instant';
        time.dataset['key'] = `instant ${number}`;
        time.addEventListener('click', () => this.actions.go(atMs));
        const words =
            source === undefined ? html('span', 'story', visible(text)) : html('button', 'story', visible(text));
        if (source !== undefined) {
            words.title = 'Show the line that it stems from';
            words.dataset['key'] = `story ${number}`;
            words.addEventListener('click', () => this.actions.reveal(source));
        }
        item.append(time, words);
        const led = this.#playback?.events[cause];
        if (led !== undefined && cause !== number) {
            const why = html('button', 'cause', 'why?');
            why.title = `Because: ${led.text}`;
            why.setAttribute('aria-label', `why? ${why.title}`);
            why.dataset['key'] = `cause ${number}`;
            why.addEventListener('click', () => this.actions.go(led.atMs));
            item.append(why);
        }
        return item;
    }
}
