/** Finds elements by their names. */
import { visible, type Drawn } from '../../diagram/index.js';
import { button, html } from '../dom.js';

export interface SearchActions {
    /** What can be found, in the drawing's order. */
    entries(): readonly Drawn[];
    /** The element that is looked at. */
    go(id: string): void;
    /** All that were found; undefined: nothing is looked for. */
    found(ids: ReadonlySet<string> | undefined): void;
    /** `hit`: the one that is looked at. */
    closed(hit: string | undefined): void;
}

export class Search {
    readonly element = html('div', 'search');
    readonly #field = html('input', '');
    readonly #count = html('output', 'figures');
    #hits: readonly string[] = [];
    #at = 0;

    constructor(private readonly actions: SearchActions) {
        const previous = button('↑', 'Previous hit (Shift+Enter)');
        const next = button('↓', 'Next hit (Enter)');
        const close = button('✕', 'Close the search (Escape)');
        this.#field.type = 'search';
        this.#field.placeholder = 'Find';
        this.#field.setAttribute('aria-label', 'Find nodes, shards, zones, clusters and clients');
        this.element.setAttribute('role', 'search');
        this.element.append(this.#field, this.#count, previous, next, close);
        this.element.hidden = true;
        this.#field.addEventListener('input', () => this.look(true));
        previous.addEventListener('click', () => this.step(-1));
        next.addEventListener('click', () => this.step(1));
        close.addEventListener('click', () => this.close());
        this.element.addEventListener('keydown', (event) => this.press(event));
    }

    get open(): boolean {
        return !this.element.hidden;
    }

    show(): void {
        this.element.hidden = false;
        this.#field.focus();
        this.#field.select();
        this.look(false);
    }

    close(): void {
        if (this.open) {
            this.element.hidden = true;
            this.actions.found(undefined);
            this.actions.closed(this.#hits[this.#at]);
        }
    }

    /** After the drawing has changed. */
    renew(): void {
        if (this.open) {
            this.look(false);
        }
    }

    private look(go: boolean): void {
        const words = this.#field.value.trim().toLowerCase();
        const entries = words === '' ? [] : this.actions.entries().filter(({ label }) => contains(label, words));
        const before = this.#hits[this.#at];
        this.#hits = entries.map(({ id }) => id);
        this.#at = go ? 0 : Math.max(0, this.#hits.indexOf(before ?? ''));
        this.actions.found(words === '' ? undefined : new Set(this.#hits));
        this.count(words !== '');
        if (go) {
            this.step(0);
        }
    }

    private step(by: number): void {
        const count = this.#hits.length;
        this.#at = count === 0 ? 0 : (this.#at + by + count) % count;
        const hit = this.#hits[this.#at];
        this.count(this.#field.value.trim() !== '');
        if (hit !== undefined) {
            this.actions.go(hit);
        }
    }

    private count(asked: boolean): void {
        const count = this.#hits.length;
        this.#count.textContent = !asked ? '' : count === 0 ? 'no hit' : `${this.#at + 1} of ${count}`;
    }

    private press(event: KeyboardEvent): void {
        if (event.key === 'Escape') {
            this.close();
        } else if (event.key === 'Enter' && event.target === this.#field) {
            this.step(event.shiftKey ? -1 : 1);
        } else {
            return;
        }
        event.preventDefault();
        event.stopPropagation();
    }
}

function contains(label: string, words: string): boolean {
    return visible(label).toLowerCase().includes(words);
}
