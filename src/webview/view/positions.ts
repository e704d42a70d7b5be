/** Where everything stands in the drawing, cards included, without asking the page. */
import type { Box, Layout } from '../../diagram/index.js';

export interface Point {
    readonly x: number;
    readonly y: number;
}

/** Boxes by id: regions, places, clusters, clients and nodes. */
export type Positions = ReadonlyMap<string, Box>;

export function positionsOf(layout: Layout): Positions {
    const positions = new Map(layout.boxes);
    for (const region of layout.packing.regions) {
        for (const place of region.places) {
            const corner = layout.boxes.get(place.id);
            for (const [id, card] of corner === undefined ? [] : place.cards) {
                positions.set(id, { ...card, x: card.x + (corner?.x ?? 0), y: card.y + (corner?.y ?? 0) });
            }
        }
    }
    return positions;
}

/** How far what stood next to the point, and still exists, has moved; small things count as nearer than large ones. */
export function movedAt(point: Point, before: Positions, after: Positions): Point {
    let nearest = Number.POSITIVE_INFINITY;
    let by: Point = { x: 0, y: 0 };
    for (const [id, box] of before) {
        const now = after.get(id);
        const [centre, size] = [centreOf(box), box.width];
        const distance = Math.hypot(centre.x - point.x, centre.y - point.y) + size;
        if (now !== undefined && distance < nearest) {
            nearest = distance;
            const there = centreOf(now);
            by = { x: there.x - centre.x, y: there.y - centre.y };
        }
    }
    return by;
}

function centreOf({ x, y, width, height }: Box): Point {
    return { x: x + width / 2, y: y + height / 2 };
}

export function overlaps(one: Box, other: Box): boolean {
    return (
        one.x < other.x + other.width &&
        other.x < one.x + one.width &&
        one.y < other.y + other.height &&
        other.y < one.y + one.height
    );
}
