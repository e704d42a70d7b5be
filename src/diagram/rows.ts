/**
 * Boxes in rows with channels between the rows, in which links run: the own layout of the drawing's skeleton. Positions
 * follow from order alone, so that an edit moves nothing that it does not touch.
 */
import { assignTracks } from './channels.js';
import { onGrid, type Point } from './geometry.js';
import type { RowItem, RowLayout, RowLink, RowOptions } from './row-model.js';
import { pathsOf, segmentsOf, setColumns, setPorts } from './row-paths.js';
import { boxesOf, placeAlong, pulled, rowTops } from './row-places.js';
import { channelRoute, sideRoutes } from './row-routes.js';

export function layoutRows(
    rows: readonly (readonly RowItem[])[],
    links: readonly RowLink[],
    options: RowOptions,
): RowLayout {
    const index = new Map(
        rows.flatMap((items, row) => items.map((item, column) => [item.id, { row, column }] as const)),
    );
    const isSide = (link: RowLink): boolean => {
        const [from, to] = [index.get(link.from), index.get(link.to)];
        return options.sideways && from?.row === to?.row && Math.abs((from?.column ?? 0) - (to?.column ?? 0)) === 1;
    };
    const known = links.filter((link) => index.has(link.from) && index.has(link.to) && link.from !== link.to);
    const side = known.filter(isSide);
    const slots = pulled(placeAlong(rows, side, options.gap), rows, known, options.gap);
    const paths = pathsOf(
        known.filter((link) => !isSide(link)),
        slots,
        options.loops,
    );
    const columns = setColumns(paths, slots, rows.length);
    setPorts(paths);
    const segments = segmentsOf(paths, rows.length);
    const tracks = segments.map(assignTracks);
    const tops = rowTops(
        rows,
        tracks.map(({ count, pitch }) => count * pitch),
        options.gap,
    );
    const boxes = boxesOf(rows, slots, tops);
    const routes = new Map([
        ...sideRoutes(side, boxes),
        ...paths.map(
            (path) =>
                [
                    path.link.id,
                    channelRoute(
                        path,
                        boxes,
                        tracks.map((track, channel) => (id: string) => {
                            const above = tops.channels[channel] ?? 0;
                            return above + options.gap / 2 + ((track.of.get(id) ?? 0) + 1 / 2) * track.pitch;
                        }),
                    ),
                ] as const,
        ),
    ]);
    return shifted({ boxes, routes, width: 0, height: tops.height }, columns);
}

/** Moves everything right by what runs left of the boxes. */
function shifted(layout: RowLayout, extent: { left: number; right: number }): RowLayout {
    const by = onGrid(-extent.left);
    const move = <T extends Point>(point: T): T => ({ ...point, x: point.x + by });
    return {
        boxes: new Map([...layout.boxes].map(([id, box]) => [id, move(box)])),
        routes: new Map(
            [...layout.routes].map(([id, route]) => [
                id,
                { points: route.points.map(move), ...(route.label === undefined ? {} : { label: move(route.label) }) },
            ]),
        ),
        width: onGrid(extent.right) + by,
        height: layout.height,
    };
}
