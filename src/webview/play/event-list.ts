import { beliefsOf, clock, visible, type Moment, type Playback, type PlaybackEvent } from '../../diagram/index.js';
import type { SourceRange } from '../../topology/index.js';
import { html } from '../dom.js';

/** So many events before the playhead are listed; earlier ones are reached by moving it. */
const SHOWN = 60;

interface EventActions {
    seek(atMs: number): void;
    reveal(source: SourceRange): void;
}

/** What has happened until the playhead, latest last, each with its cause; or what one node believes. */
export class EventList {
    readonly element = html('div', 'events');
    readonly #heading = html('div', 'lane-group');
    readonly #list = html('ol', '');
    #playback: Playback | undefined;
    #node: { readonly id: string; readonly label: string } | undefined;
    #told = -1;
    #nodes: Moment['nodes'] = new Map();

    constructor(private readonly actions: EventActions) {
        this.#list.tabIndex = 0;
        this.#list.setAttribute('aria-label', 'What has happened');
        this.element.append(this.#heading, this.#list);
    }

    load(playback: Playback): void {
        this.#playback = playback;
        this.#told = -1;
    }

    choose(node: { readonly id: string; readonly label: string } | undefined): void {
        this.#node = node;
        const told = this.#told;
        this.#told = -1;
        if (told >= 0) {
            this.list(told);
        }
    }

    show({ told, nodes }: Moment): void {
        this.#nodes = nodes;
        if (told !== this.#told) {
            this.list(told);
        }
    }

    private list(told: number): void {
        const playback = this.#playback;
        if (playback === undefined) {
            return;
        }
        this.#told = told;
        const node = this.#node;
        if (node === undefined) {
            const from = Math.max(0, told - SHOWN);
            this.#heading.textContent = from > 0 ? `What happened (the last ${SHOWN} of ${told})` : 'What happened';
            this.fill(playback.events.slice(from, told).map((event, index) => ({ event, number: from + index })));
            this.#list.scrollTop = this.#list.scrollHeight;
        } else {
            const beliefs = beliefsOf(playback, node.id, told);
            this.#heading.textContent = `What ${visible(node.label)} believes at this instant`;
            this.fill(beliefs.map((event) => ({ event, number: playback.events.indexOf(event) })));
        }
    }

    private fill(entries: readonly { readonly event: PlaybackEvent; readonly number: number }[]): void {
        this.#list.replaceChildren(
            ...(entries.length === 0
                ? [html('li', 'nothing', this.nothing())]
                : entries.map(({ event, number }) => this.entry(event, number))),
        );
    }

    private nothing(): string {
        if (this.#node === undefined) {
            return 'All is well.';
        }
        const state = this.#nodes.get(this.#node.id)?.state;
        return state === 'off' || state === 'crashed' || state === 'stopped'
            ? 'It does not run, and knows nothing.'
            : 'It has noticed nothing: to it all is well.';
    }

    private entry({ atMs, kind, text, cause, source }: PlaybackEvent, number: number): HTMLElement {
        const item = html('li', kind);
        const time = html('button', 'instant figures', clock(atMs));
        time.title = 'Go to this instant';
        time.addEventListener('click', () => this.actions.seek(atMs));
        const words =
            source === undefined ? html('span', 'story', visible(text)) : html('button', 'story', visible(text));
        if (source !== undefined) {
            words.title = 'Show the line that it stems from';
            words.addEventListener('click', () => this.actions.reveal(source));
        }
        item.append(time, words);
        const led = this.#playback?.events[cause];
        if (led !== undefined && cause !== number) {
            const why = html('button', 'cause', 'why?');
            why.title = `Because: ${led.text}`;
            why.setAttribute('aria-label', why.title);
            why.addEventListener('click', () => this.actions.seek(led.atMs));
            item.append(why);
        }
        return item;
    }
}
