/** What lies out of view is not shown to the browser at all: a group a zone, and in zones at its edge a group a card. */
import type { Box, Layout } from '../../diagram/index.js';
import { overlaps, type Positions } from './positions.js';

export interface CulledCard {
    readonly id: string;
    readonly box: Box;
    readonly element: SVGElement;
    /** Shapes that the browser would draw. */
    readonly shapes: number;
    shown: boolean;
}

interface CulledPlace {
    readonly box: Box;
    readonly element: SVGElement;
    readonly cards: readonly CulledCard[];
    shown: boolean;
}

/** So much of the window's length beyond each edge is ready to come into view. */
export const READY = 0.2;

export class Culling {
    #places: readonly CulledPlace[] = [];

    /** After the picture was repainted. */
    renew(layout: Layout, positions: Positions, find: (id: string) => Element | undefined): void {
        this.#places = layout.packing.regions.flatMap(({ places }) =>
            places.flatMap((place) => {
                const box = positions.get(place.id);
                const cards = place.nodes.flatMap(({ id, copies }) => {
                    const [at, element] = [positions.get(id), find(id)?.closest<SVGElement>('.card')];
                    return at === undefined || !(element instanceof SVGElement)
                        ? []
                        : [{ id, box: at, element, shapes: 4 + 2 * copies.length, shown: !isHidden(element) }];
                });
                const element =
                    find(place.id)?.closest<SVGElement>('.place') ?? cards[0]?.element.closest<SVGElement>('.place');
                return box === undefined || !(element instanceof SVGElement)
                    ? []
                    : [{ box, element, cards, shown: !isHidden(element) }];
            }),
        );
    }

    /** The cards in view. `window`: what is in view, in the drawing's pixels. */
    cardsIn(window: Box): readonly CulledCard[] {
        const area = ready(window);
        return this.#places
            .filter(({ box }) => overlaps(box, area))
            .flatMap(({ cards }) => cards.filter(({ box }) => overlaps(box, area)));
    }

    /** Shows what is in view, and nothing else. */
    show(window: Box): void {
        const area = ready(window);
        for (const place of this.#places) {
            toggle(place, overlaps(place.box, area));
            if (place.shown) {
                place.cards.forEach((card) => toggle(card, overlaps(card.box, area)));
            }
        }
    }

    /** Shows every place and leaves the cards to a canvas: each that comes or goes would cost the browser all their styles. */
    showPlaces(): void {
        this.#places.forEach((place) => toggle(place, true));
    }
}

function ready({ x, y, width, height }: Box): Box {
    const [dx, dy] = [width * READY, height * READY];
    return { x: x - dx, y: y - dy, width: width + 2 * dx, height: height + 2 * dy };
}

function toggle(part: { readonly element: SVGElement; shown: boolean }, shown: boolean): void {
    if (part.shown !== shown) {
        part.shown = shown;
        part.element.style.display = shown ? '' : 'none';
    }
}

function isHidden(element: SVGElement): boolean {
    return element.style.display === 'none';
}
