/** What the user looks at stays where it is when the drawing is laid out anew. */
import type { Page } from './page.js';

interface Point {
    readonly x: number;
    readonly y: number;
}

/**
 * Remembers the smallest element about the middle of the frame. The returned function, called after the new picture is there,
 * says how far that element has moved, in pixels; nowhere if it is gone.
 */
export function anchorIn({ frame, stage }: Page): () => Point {
    const middle = centreOf(frame);
    const places = [...stage.querySelectorAll<SVGElement>('[data-id]')].map((element) => ({
        id: element.dataset['id'],
        at: centreOf(element),
        size: element.getBoundingClientRect().width,
    }));
    places.sort((a, b) => distance(a.at, middle) + a.size - distance(b.at, middle) - b.size);
    return () => {
        const present = new Map(
            [...stage.querySelectorAll<SVGElement>('[data-id]')].map((element) => [element.dataset['id'], element]),
        );
        for (const { id, at } of places) {
            const element = present.get(id);
            if (element !== undefined) {
                const now = centreOf(element);
                return { x: now.x - at.x, y: now.y - at.y };
            }
        }
        return { x: 0, y: 0 };
    };
}

function centreOf(element: Element): Point {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
