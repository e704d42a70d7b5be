/** One element of the drawing takes part in the tab order; the arrow keys move it. */

type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export class RovingFocus {
    #current: Element | undefined;

    constructor(
        private readonly stage: HTMLElement,
        private readonly moved: (element: Element) => void,
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
                    ? nearest(current, elements, key)
                    : undefined;
        if (next === undefined) {
            return key === 'Home' || key === 'End' || isDirection(key);
        }
        next.focus({ preventScroll: true });
        this.moved(next);
        return true;
    }

    private elements(): SVGElement[] {
        return [...this.stage.querySelectorAll<SVGElement>('[data-id]')].filter(
            (element) => element.getClientRects().length > 0,
        );
    }

    private rest(element: Element): void {
        this.#current?.setAttribute('tabindex', '-1');
        element.setAttribute('tabindex', '0');
        this.#current = element;
    }
}

function isDirection(key: string): key is Direction {
    return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';
}

/** The closest in a direction. Down leads into a box, sideways past it; what lies aside counts as twice as far. */
function nearest(current: Element, elements: readonly SVGElement[], direction: Direction): SVGElement | undefined {
    const from = current.getBoundingClientRect();
    let best: SVGElement | undefined;
    let shortest = Number.POSITIVE_INFINITY;
    for (const element of elements) {
        const to = element.getBoundingClientRect();
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
        if (element !== current && along > (sideways ? -2 : 1) && way < shortest) {
            shortest = way;
            best = element;
        }
    }
    return best;
}
