/** One element of the drawing takes part in the tab order; the arrow keys move it. */
import type { Box } from '../diagram/index.js';

interface Candidate {
    readonly target: SVGElement;
    /** In the window. */
    readonly box: Box;
}

/** Elements that can be gone to though they are not shown themselves. */
interface HiddenElements {
    elements(): readonly Candidate[];
    /** The element is to have the focus: it must be shown now. */
    reveal(element: SVGElement): void;
}

type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export class RovingFocus {
    #current: Element | undefined;

    constructor(
        private readonly stage: HTMLElement,
        private readonly moved: (element: Element) => void,
        private readonly hidden: HiddenElements,
    ) {
        stage.addEventListener('focusin', ({ target }) => {
            if (target instanceof SVGElement && target.dataset['id'] !== undefined) {
                this.rest(target);
            }
        });
    }

    /** After the drawing was built anew: the same element if it still exists, otherwise the first. */
    renew(focused: boolean): void {
        if (this.#current !== undefined && this.stage.contains(this.#current)) {
            this.rest(this.#current);
            if (focused && document.activeElement !== this.#current && this.#current instanceof SVGElement) {
                this.#current.focus({ preventScroll: true });
            }
            return;
        }
        const id = this.#current instanceof SVGElement ? this.#current.dataset['id'] : undefined;
        const elements = this.elements();
        const next = elements.find((element) => element.dataset['id'] === id) ?? elements[0];
        this.#current = undefined;
        if (next !== undefined) {
            this.rest(next);
            if (focused) {
                next.focus({ preventScroll: true });
            }
        }
    }

    /** Whether the key moved the focus. */
    press(key: string): boolean {
        const elements = this.elements();
        const current = elements.find((element) => element === this.#current);
        const next =
            key === 'Home'
                ? elements[0]
                : key === 'End'
                  ? elements.at(-1)
                  : isDirection(key) && current !== undefined
                    ? nearest(current, this.candidates(elements), key)
                    : undefined;
        if (next === undefined) {
            return key === 'Home' || key === 'End' || isDirection(key);
        }
        this.hidden.reveal(next);
        next.focus({ preventScroll: true });
        this.moved(next);
        return true;
    }

    private elements(): SVGElement[] {
        return [...this.stage.querySelectorAll<SVGElement>('[data-id]')].filter(
            (element) => element.getClientRects().length > 0,
        );
    }

    private candidates(elements: readonly SVGElement[]): readonly Candidate[] {
        const shown = elements.map((target): Candidate => ({ target, box: target.getBoundingClientRect() }));
        const known = new Set(elements);
        return [...shown, ...this.hidden.elements().filter(({ target }) => !known.has(target))];
    }

    private rest(element: Element): void {
        this.#current?.setAttribute('tabindex', '-1');
        element.setAttribute('tabindex', '0');
        this.#current = element;
    }
}

function edges({ x, y, width, height }: Box): Record<'left' | 'right' | 'top' | 'bottom', number> {
    return { left: x, right: x + width, top: y, bottom: y + height };
}

function isDirection(key: string): key is Direction {
    return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';
}

/** The closest in a direction. Down leads into a box, sideways past it; what lies aside counts as twice as far. */
function nearest(current: Element, candidates: readonly Candidate[], direction: Direction): SVGElement | undefined {
    const from = edges(current.getBoundingClientRect());
    let best: SVGElement | undefined;
    let shortest = Number.POSITIVE_INFINITY;
    for (const { target, box } of candidates) {
        const to = edges(box);
        const sideways = direction === 'ArrowLeft' || direction === 'ArrowRight';
        const along = {
            ArrowLeft: from.left - to.right,
            ArrowRight: to.left - from.right,
            ArrowUp: from.top - to.top,
            ArrowDown: to.top - from.top,
        }[direction];
        const apart = sideways
            ? Math.max(0, to.top - from.bottom, from.top - to.bottom)
            : Math.max(0, to.left - from.right, from.left - to.right);
        const askew = Math.abs(sideways ? to.top - from.top : to.left - from.left);
        const way = along + 2 * apart + askew / 8;
        if (target !== current && along > (sideways ? -2 : 1) && way < shortest) {
            shortest = way;
            best = target;
        }
    }
    return best;
}
