import { html } from './dom.js';

export interface MenuEntry {
    readonly label: string;
    readonly hint: string;
    /** Whether a line separates it from the entry above. */
    readonly apart: boolean;
    choose(): void;
}

/** A menu at a point of the page; arrow keys, Enter, Escape and a click elsewhere do what they do everywhere. */
export class Menu {
    readonly #box = html('div', 'menu');
    #returnTo: Element | null = null;

    constructor(private readonly frame: HTMLElement) {
        this.#box.setAttribute('role', 'menu');
        this.#box.hidden = true;
        frame.append(this.#box);
        this.#box.addEventListener('keydown', (event) => this.press(event));
        // A click inside must not count as one on the drawing.
        this.#box.addEventListener('pointerdown', (event) => event.stopPropagation());
        this.#box.addEventListener('click', (event) => event.stopPropagation());
        this.#box.addEventListener('focusout', ({ relatedTarget }) => {
            if (!(relatedTarget instanceof Node) || !this.#box.contains(relatedTarget)) {
                this.#box.hidden = true;
            }
        });
    }

    /** `at`: in the frame's pixels. */
    open(title: string, entries: readonly MenuEntry[], at: { readonly x: number; readonly y: number }): void {
        if (entries.length === 0) {
            return;
        }
        this.#returnTo = document.activeElement;
        this.#box.setAttribute('aria-label', title);
        this.#box.replaceChildren(html('div', 'menu-title', title), ...entries.map((entry) => this.item(entry)));
        this.#box.hidden = false;
        const { clientWidth, clientHeight } = this.frame;
        const { offsetWidth, offsetHeight } = this.#box;
        this.#box.style.left = `${Math.max(4, Math.min(at.x, clientWidth - offsetWidth - 4))}px`;
        this.#box.style.top = `${Math.max(4, Math.min(at.y, clientHeight - offsetHeight - 4))}px`;
        this.items()[0]?.focus();
    }

    close(): void {
        if (!this.#box.hidden) {
            this.#box.hidden = true;
            if (this.#returnTo instanceof HTMLElement || this.#returnTo instanceof SVGElement) {
                this.#returnTo.focus({ preventScroll: true });
            }
        }
    }

    private item(entry: MenuEntry): HTMLElement {
        const { label, hint, apart } = entry;
        const item = html('button', '');
        item.type = 'button';
        item.className = apart ? 'menu-item apart' : 'menu-item';
        item.setAttribute('role', 'menuitem');
        item.tabIndex = -1;
        item.append(html('span', '', label), ' ', html('span', 'detail', hint));
        item.addEventListener('click', () => {
            this.close();
            entry.choose();
        });
        return item;
    }

    private items(): HTMLElement[] {
        return [...this.#box.querySelectorAll<HTMLElement>('[role=menuitem]')];
    }

    private press(event: KeyboardEvent): void {
        const items = this.items();
        const current = items.findIndex((item) => item === document.activeElement);
        const next = nextItem(event.key, current, items);
        if (next !== undefined) {
            next.focus();
        } else if (event.key === 'Escape' || event.key === 'Tab') {
            this.close();
        } else {
            event.stopPropagation();
            return;
        }
        event.preventDefault();
        event.stopPropagation();
    }
}

function nextItem(key: string, current: number, items: readonly HTMLElement[]): HTMLElement | undefined {
    switch (key) {
        case 'ArrowDown':
            return items[(current + 1) % items.length];
        case 'ArrowUp':
            return items[(current + items.length - 1) % items.length];
        case 'Home':
            return items[0];
        case 'End':
            return items.at(-1);
        default: {
            const after = [...items.slice(current + 1), ...items.slice(0, current + 1)];
            return key.length === 1 && key !== ' '
                ? after.find((item) => item.textContent.toLowerCase().startsWith(key.toLowerCase()))
                : undefined;
        }
    }
}
