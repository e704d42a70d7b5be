import type { Drawn } from '../diagram/index.js';
import { visible } from '../diagram/index.js';
import { html } from './dom.js';

const DISTANCE = 8;

/** Facts beside an element. Screen readers have them in the element's own label. */
export class Tooltip {
    readonly #box = html('div', 'tooltip');
    #shown: { readonly drawn: Drawn; readonly element: Element; readonly facts: string } | undefined;

    constructor(private readonly frame: HTMLElement) {
        this.#box.setAttribute('aria-hidden', 'true');
        this.#box.hidden = true;
        frame.append(this.#box);
        // What it stands beside is elsewhere then.
        frame.addEventListener('wheel', () => this.hide(), { passive: true });
        frame.addEventListener('pointerdown', () => this.hide());
        new ResizeObserver(() => this.hide()).observe(frame);
    }

    /** `facts`: at the shown instant. */
    show(drawn: Drawn, element: Element, facts: readonly string[]): void {
        this.#shown = { drawn, element, facts: facts.join('\n') };
        const heading = drawn.label === '' ? drawn.facts[0] : undefined;
        this.#box.replaceChildren(
            html('strong', '', nameOf(drawn)),
            ...facts.filter((fact) => fact !== heading).map((fact) => html('p', '', visible(fact))),
        );
        this.#box.hidden = false;
        const [frame, at] = [this.frame.getBoundingClientRect(), element.getBoundingClientRect()];
        const { offsetWidth, offsetHeight } = this.#box;
        const below = at.bottom - frame.top + DISTANCE;
        const top = below + offsetHeight <= frame.height ? below : at.top - frame.top - offsetHeight - DISTANCE;
        const left = Math.min(at.left - frame.left, frame.width - offsetWidth - DISTANCE);
        this.#box.style.left = `${Math.max(DISTANCE, left)}px`;
        this.#box.style.top = `${Math.max(DISTANCE, top)}px`;
    }

    /** After another instant is shown: what stands beside the element is true of that. */
    refresh(factsOf: (drawn: Drawn) => readonly string[]): void {
        const shown = this.#shown;
        if (shown !== undefined && !this.#box.hidden) {
            const facts = factsOf(shown.drawn);
            if (facts.join('\n') !== shown.facts) {
                this.show(shown.drawn, shown.element, facts);
            }
        }
    }

    hide(): void {
        this.#box.hidden = true;
    }
}

/** A line without words on it is called by what it stands for. */
export function nameOf({ label, facts }: Drawn): string {
    return visible(label === '' ? (facts[0] ?? '') : label);
}
