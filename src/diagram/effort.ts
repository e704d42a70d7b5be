/** How hard a picture is to read: the yardstick by which one layout is preferred to another. */
import type { Point } from './geometry.js';
import type { Layout } from './layout.js';

/** A crossing costs as much as two corners: the eye loses a line there more easily. */
const CROSSING = 2;

interface Leg {
    readonly link: string;
    readonly from: Point;
    readonly to: Point;
}

/** Corners of all lines and their crossings. */
export function effort(layout: Layout): number {
    const legs = [...layout.routes].flatMap(([link, { points }]) => {
        const corners = points.filter((point, at) => !isStraight(points[at - 1], point, points[at + 1]));
        return corners.slice(1).map((to, at): Leg => ({ link, from: corners[at] ?? to, to }));
    });
    const corners = legs.length - layout.routes.size;
    return corners + CROSSING * crossings(legs);
}

/** Whether a line goes straight on (or stands still) where the point is. */
function isStraight(before: Point | undefined, point: Point, after: Point | undefined): boolean {
    return (
        before !== undefined &&
        after !== undefined &&
        ((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y))
    );
}

function crossings(legs: readonly Leg[]): number {
    const across = legs.filter(({ from, to }) => from.y === to.y);
    const upright = legs.filter(({ from, to }) => from.x === to.x);
    return across.reduce(
        (sum, one) => sum + upright.filter((other) => other.link !== one.link && cross(one, other)).length,
        0,
    );
}

function cross(across: Leg, upright: Leg): boolean {
    return within(upright.from.x, across.from.x, across.to.x) && within(across.from.y, upright.from.y, upright.to.y);
}

function within(value: number, one: number, other: number): boolean {
    return value > Math.min(one, other) && value < Math.max(one, other);
}
