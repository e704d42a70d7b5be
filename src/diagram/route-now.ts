/** Ways of lines at an instant of a run, among positions that were laid out for the lines that the file declares. */
import { linkId } from './copying.js';
import { around, GRID, type Box, type Point } from './geometry.js';
import type { Layout } from './layout.js';
import type { LinkNow } from './links-now.js';
import type { Route } from './row-model.js';
import { wayBetween } from './way.js';

/** Undefined where there is no way. Nothing else moves. */
export function routeNow(layout: Layout, link: LinkNow): Route | undefined {
    const known = layout.routes.get(link.id);
    if (known === undefined) {
        return newRoute(layout, link);
    }
    const label = known.label ?? (link.trouble === undefined ? undefined : middleOf(known.points));
    const turned = link.id.startsWith('link:replication:') && link.id !== linkId(link.from, link.to);
    return { points: turned ? [...known.points].reverse() : known.points, ...(label && { label }) };
}

/** So far from boxes as lines that were laid out never run. */
const BESIDE = GRID;
/** With more boxes the search would take longer than a frame: only streets beside the two ends are tried. */
const MOST_BOXES = 24;

function newRoute({ boxes, packing }: Layout, { from, to }: LinkNow): Route | undefined {
    const [one, other] = [boxes.get(from), boxes.get(to)];
    if (one === undefined || other === undefined) {
        return undefined;
    }
    const inRegion = packing.regions.find(({ places }) => places.some(({ id }) => id === from))?.places;
    const inside = new Set(inRegion?.map(({ id }) => id) ?? packing.regions.map(({ id }) => id));
    const obstacles = [...boxes].flatMap(([id, box]) =>
        inside.has(id) || id.startsWith('cluster:') || id.startsWith('client:') ? [box] : [],
    );
    const streets = obstacles.length > MOST_BOXES ? [one, other, around(obstacles)] : obstacles;
    const sides = ({ x, width }: Box): readonly number[] => [x - BESIDE, x + width + BESIDE];
    const level = ({ y, height }: Box): number => y + height / 2;
    const way = wayBetween(
        sides(one).map((x) => ({ x, y: level(one) })),
        sides(other).map((x) => ({ x, y: level(other) })),
        {
            xs: streets.flatMap(sides),
            ys: [level(one), level(other), ...streets.flatMap(({ y, height }) => [y - BESIDE, y + height + BESIDE])],
            obstacles,
        },
    );
    const [first, last] = [way?.[0], way?.at(-1)];
    if (way === undefined || first === undefined || last === undefined) {
        return undefined;
    }
    const edge = ({ x, width }: Box, at: Point): Point => ({ x: at.x < x ? x : x + width, y: at.y });
    const points = [edge(one, first), ...way, edge(other, last)];
    return { points, label: middleOf(points) };
}

/** Of its longest leg: there words have most room. */
function middleOf(points: readonly Point[]): Point {
    const [start = { x: 0, y: 0 }] = points;
    const length = (one: Point, other: Point): number => Math.abs(one.x - other.x) + Math.abs(one.y - other.y);
    const legs = points.slice(1).map((to, at) => ({ from: points[at] ?? to, to }));
    const longest = legs.reduce((best, leg) => (length(leg.from, leg.to) > length(best.from, best.to) ? leg : best), {
        from: start,
        to: start,
    });
    return { x: (longest.from.x + longest.to.x) / 2, y: (longest.from.y + longest.to.y) / 2 };
}
