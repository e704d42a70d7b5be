/** Single cards of a crowded drawing, whose cards a canvas draws: what is pointed at or has the focus is there itself. */
import type { Box } from '../../diagram/index.js';
import type { CulledCard } from './culling.js';

/** A card that is not shown itself: where it would be in the window, and what of it takes the focus. */
export interface HiddenCard {
    readonly target: SVGElement;
    readonly box: Box;
}

type Reason = 'pointed' | 'focused';

export class Lifted {
    readonly #cards = new Map<Reason, SVGElement>();

    /** Undefined puts it back. */
    lift(reason: Reason, card: SVGElement | undefined): void {
        const before = this.#cards.get(reason);
        if (before === card) {
            return;
        }
        this.#cards.delete(reason);
        if (before !== undefined && ![...this.#cards.values()].includes(before)) {
            before.classList.remove('lifted');
            const others = [...this.#cards.values()].some((each) => each.parentElement === before.parentElement);
            before.parentElement?.classList.toggle('has-lifted', others);
        }
        if (card !== undefined) {
            this.#cards.set(reason, card);
            card.classList.add('lifted');
            card.parentElement?.classList.add('has-lifted');
        }
    }

    clear(): void {
        this.lift('pointed', undefined);
        this.lift('focused', undefined);
    }
}

/** The card under a point of the drawing. */
export function cardAt(cards: readonly CulledCard[], { x, y }: { x: number; y: number }): SVGElement | undefined {
    return cards.find(({ box }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height)
        ?.element;
}

/** Where the cards would be in the window. `origin`: the drawing's corner there. */
export function hiddenCards(
    cards: readonly CulledCard[],
    origin: { readonly x: number; readonly y: number },
    zoom: number,
): readonly HiddenCard[] {
    return cards.flatMap(({ element, box }) => {
        const target = element.querySelector<SVGElement>('[data-id]');
        return target === null
            ? []
            : [
                  {
                      target,
                      box: {
                          x: origin.x + box.x * zoom,
                          y: origin.y + box.y * zoom,
                          width: box.width * zoom,
                          height: box.height * zoom,
                      },
                  },
              ];
    });
}
