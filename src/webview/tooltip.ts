import type { Drawn } from '../diagram/index.js';
import { visible } from '../diagram/index.js';
import { html } from './dom.js';

const DISTANCE = 8;

/** Facts beside an element. Screen readers have them in the element's own label. */
export class Tooltip {
    readonly #box = html('div', 'tooltip');

    constructor(private readonly frame: HTMLElement) {
        this.#box.setAttribute('aria-hidden', 'true');
        this.#box.hidden = true;
        frame.append(this.#box);
        // What it stands beside is elsewhere then.
        frame.addEventListener('wheel', () => this.hide(), { passive: true });
        frame.addEventListener('pointerdown', () => this.hide());
        new ResizeObserver(() => this.hide()).observe(frame);
    }

    /** `now`: what the shown instant adds to the facts. */
    show(drawn: Drawn, element: Element, now: readonly string[]): void {
        this.#box.replaceChildren(
            html('strong', '', visible(drawn.label)),
            ...[...now, ...drawn.facts].map((fact) => html('p', '', visible(fact))),
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

    hide(): void {
        this.#box.hidden = true;
    }
}
