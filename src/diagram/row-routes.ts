/** The corners of links, once every box has its place. */
import { GRID, type Box } from './geometry.js';
import type { RowLink, Route } from './row-model.js';
import type { Path } from './row-paths.js';
import { groupedBy } from '../topology/index.js';

const SIDE_PITCH = 3 * GRID;
/** Side links leave near the top, where the eye looks for a container's name. */
const SIDE_MIDDLE = 15 * GRID;

export function sideRoutes(side: readonly RowLink[], boxes: ReadonlyMap<string, Box>): [string, Route][] {
    const pairs = groupedBy(side, ({ from, to }) => [from, to].sort().join(' '));
    return [...pairs.values()].flatMap((links) =>
        links.flatMap((link, at): [string, Route][] => {
            const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
            if (from === undefined || to === undefined) {
                return [];
            }
            const rightwards = from.x < to.x;
            const start = rightwards ? from.x + from.width : from.x;
            const end = rightwards ? to.x : to.x + to.width;
            const centre = Math.max(from.y, to.y) + Math.min(from.height / 2, to.height / 2, SIDE_MIDDLE);
            const y = Math.round(centre + (at - (links.length - 1) / 2) * SIDE_PITCH);
            const label = link.labelWidth === 0 ? {} : { label: { x: (start + end) / 2, y } };
            return [
                [
                    link.id,
                    {
                        points: [
                            { x: start, y },
                            { x: end, y },
                        ],
                        ...label,
                    },
                ],
            ];
        }),
    );
}

export function channelRoute(
    path: Path,
    boxes: ReadonlyMap<string, Box>,
    trackY: readonly ((id: string) => number)[],
): Route {
    const [from, to] = [boxes.get(path.link.from), boxes.get(path.link.to)];
    if (from === undefined || to === undefined) {
        return { points: [] };
    }
    const { exitX, entryX, exit, entry, link } = path;
    const startY = exit === path.from.row ? from.y : from.y + from.height;
    const endY = entry === path.to.row ? to.y : to.y + to.height;
    const exitY = trackY[exit]?.(link.id) ?? startY;
    const entryY = trackY[entry]?.(link.id) ?? endY;
    const column = path.column;
    const inner =
        column === undefined
            ? [
                  { x: exitX, y: exitY },
                  { x: entryX, y: exitY },
              ]
            : [
                  { x: exitX, y: exitY },
                  { x: column, y: exitY },
                  { x: column, y: entryY },
                  { x: entryX, y: entryY },
              ];
    const points = [{ x: exitX, y: startY }, ...inner, { x: entryX, y: endY }];
    const [labelStart, labelEnd] = column === undefined ? [exitX, entryX] : [exitX, column];
    return { points, ...(link.labelWidth === 0 ? {} : { label: { x: (labelStart + labelEnd) / 2, y: exitY } }) };
}
