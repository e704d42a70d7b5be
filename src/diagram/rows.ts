/**
 * Boxes in rows with channels between the rows, in which links run: the own layout of the drawing's skeleton. Positions
 * follow from order alone, so that an edit moves nothing that it does not touch.
 */
import { assignTracks, freeColumn, inOrder, portsAlong, type Segment } from './channels.js';
import { groupedBy } from './wording.js';
import { GRID, onGrid, type Box, type Point, type Size } from './geometry.js';

export interface RowItem extends Size {
    readonly id: string;
    /** Keeps its own height and hangs from the top of its row; others are as high as the row. */
    readonly hanging?: boolean;
}

export interface RowLink {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    /** 0 for a link without words. */
    readonly labelWidth: number;
}

export interface RowOptions {
    /** Between neighbours without a link and between rows without links. */
    readonly gap: number;
    /** Neighbours are joined from side to side. */
    readonly sideways: boolean;
    /** Where links between two boxes of one row run. */
    readonly loops: 'above' | 'below';
}

export interface Route {
    /** Corners of an orthogonal line, from its start to its arrow. */
    readonly points: readonly Point[];
    /** Middle of the words on it. */
    readonly label?: Point;
}

export interface RowLayout extends Size {
    readonly boxes: ReadonlyMap<string, Box>;
    readonly routes: ReadonlyMap<string, Route>;
}

/** Between ends of lines on one side of a box. */
const PORT_PITCH = 2 * GRID;
const SIDE_PITCH = 3 * GRID;
/** Side links leave near the top, where the eye looks for a container's name. */
const SIDE_MIDDLE = 15 * GRID;
const ARROW_ROOM = 4 * GRID;

interface Slot {
    readonly row: number;
    readonly column: number;
    readonly x: number;
    readonly item: RowItem;
}

interface Path {
    readonly link: RowLink;
    readonly from: Slot;
    readonly to: Slot;
    /** Channel `n` lies above row `n`. */
    readonly exit: number;
    readonly entry: number;
    exitX: number;
    entryX: number;
    column?: number;
}

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
        ...sideRoutes(side, slots, boxes),
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

/** Left to right, each row centred under the widest. */
function placeAlong(rows: readonly (readonly RowItem[])[], side: readonly RowLink[], gap: number): Map<string, Slot> {
    const room = (left: string, right: string): number => {
        const between = side.filter(
            ({ from, to }) => (from === left && to === right) || (from === right && to === left),
        );
        return Math.max(gap, ...between.map((link) => onGrid(link.labelWidth + ARROW_ROOM)));
    };
    const placed = rows.map((items, row) => {
        let x = 0;
        const slots = items.map((item, column): Slot => {
            const before = items[column - 1];
            x += before === undefined ? 0 : before.width + room(before.id, item.id);
            return { row, column, x, item };
        });
        const last = slots.at(-1);
        return { slots, width: last === undefined ? 0 : last.x + last.item.width };
    });
    const widest = Math.max(0, ...placed.map(({ width }) => width));
    return new Map(
        placed.flatMap(({ slots, width }) => {
            const indent = onGrid((widest - width) / 2 - GRID + 1);
            return slots.map((slot) => [slot.item.id, { ...slot, x: slot.x + indent }] as const);
        }),
    );
}

/** Moves boxes, from the lowest row up, above what they lead to, as far as their order and the outline allow. */
function pulled(
    slots: ReadonlyMap<string, Slot>,
    rows: readonly (readonly RowItem[])[],
    links: readonly RowLink[],
    gap: number,
): Map<string, Slot> {
    const result = new Map(slots);
    const right = Math.max(0, ...[...slots.values()].map((slot) => slot.x + slot.item.width));
    for (let row = rows.length - 2; row >= 0; row -= 1) {
        const own = (rows[row] ?? []).flatMap((item) => result.get(item.id) ?? []);
        const below = own.map((slot) =>
            links
                .filter((link) => link.from === slot.item.id)
                .flatMap((link) => result.get(link.to) ?? [])
                .filter((target) => target.row > row)
                .map(middle),
        );
        if (below.every((targets) => targets.length === 0)) {
            continue;
        }
        const wanted = own.map((slot, at) => {
            const targets = below[at] ?? [];
            const centre =
                targets.length === 0 ? middle(slot) : targets.reduce((sum, x) => sum + x, 0) / targets.length;
            return centre - slot.item.width / 2;
        });
        const widths = own.map((slot) => slot.item.width);
        inOrder(wanted, widths, gap, right).forEach((x, at) => {
            const slot = own[at];
            if (slot !== undefined) {
                result.set(slot.item.id, { ...slot, x });
            }
        });
    }
    return result;
}

function pathsOf(links: readonly RowLink[], slots: ReadonlyMap<string, Slot>, loops: RowOptions['loops']): Path[] {
    return links.flatMap((link) => {
        const [from, to] = [slots.get(link.from), slots.get(link.to)];
        if (from === undefined || to === undefined) {
            return [];
        }
        const down = to.row > from.row || (to.row === from.row && loops === 'below');
        const exit = down ? from.row + 1 : from.row;
        const entry = to.row === from.row ? exit : down ? to.row : to.row + 1;
        return [{ link, from, to, exit, entry, exitX: 0, entryX: 0 }];
    });
}

function middle(slot: Slot): number {
    return slot.x + slot.item.width / 2;
}

/** Ends on the same side of a box keep apart, in the order of what they lead to. */
function setPorts(paths: readonly Path[]): void {
    const sides = new Map<string, { slot: Slot; ends: { wanted: number; set: (x: number) => void }[] }>();
    const add = (slot: Slot, top: boolean, wanted: number, set: (x: number) => void): void => {
        const key = `${slot.row}/${slot.column}/${top}`;
        const side = sides.get(key) ?? { slot, ends: [] };
        side.ends.push({ wanted, set });
        sides.set(key, side);
    };
    for (const path of paths) {
        const exit = path.column ?? towards(path.from, path.to);
        const entry = path.column ?? towards(path.to, path.from);
        add(path.from, path.exit === path.from.row, exit, (x) => (path.exitX = x));
        add(path.to, path.entry === path.to.row, entry, (x) => (path.entryX = x));
    }
    for (const { slot, ends } of sides.values()) {
        ends.sort((left, right) => left.wanted - right.wanted);
        const wanted = ends.map((end) => end.wanted);
        portsAlong(wanted, slot.x + PORT_PITCH, slot.x + slot.item.width - PORT_PITCH, PORT_PITCH).forEach((x, at) =>
            ends[at]?.set(x),
        );
    }
}

/** Where a line leaves a box: straight at the other one where they face each other, near the edge next to it otherwise. */
function towards(slot: Slot, other: Slot): number {
    const left = Math.max(slot.x, other.x) + PORT_PITCH;
    const right = Math.min(slot.x + slot.item.width, other.x + other.item.width) - PORT_PITCH;
    if (left <= right && slot.row !== other.row) {
        const narrow = slot.item.width < other.item.width ? slot : other;
        return Math.min(right, Math.max(left, middle(narrow)));
    }
    const lean = Math.sign(middle(other) - middle(slot)) * Math.min(slot.item.width / 4, 6 * GRID);
    return middle(slot) + lean;
}

/** Leads what passes rows through gaps in them. Returns how far that reaches beyond the boxes. */
function setColumns(
    paths: readonly Path[],
    slots: ReadonlyMap<string, Slot>,
    rowCount: number,
): { left: number; right: number } {
    const right = Math.max(0, ...[...slots.values()].map((slot) => slot.x + slot.item.width));
    const extent = { left: 0, right };
    const blocked = Array.from({ length: rowCount }, (_, row) =>
        [...slots.values()]
            .filter((slot) => slot.row === row)
            .map((slot) => ({ start: slot.x - GRID, end: slot.x + slot.item.width + GRID })),
    );
    for (const path of paths.filter(({ exit, entry }) => exit !== entry)) {
        const passed = blocked.slice(Math.min(path.exit, path.entry), Math.max(path.exit, path.entry));
        const column = freeColumn(passed.flat(), middle(path.from), middle(path.to), right);
        passed.forEach((row) => row.push({ start: column - GRID, end: column + GRID }));
        path.column = column;
        extent.left = Math.min(extent.left, column - GRID);
        extent.right = Math.max(extent.right, column + GRID);
    }
    return extent;
}

function segmentsOf(paths: readonly Path[], rowCount: number): Segment[][] {
    const segments: Segment[][] = Array.from({ length: rowCount + 1 }, () => []);
    const add = (channel: number, { id, labelWidth }: RowLink, one: number, other: number): void => {
        segments[channel]?.push({ id, start: Math.min(one, other), end: Math.max(one, other), words: labelWidth });
    };
    for (const { link, exit, entry, exitX, entryX, column } of paths) {
        if (column === undefined) {
            add(exit, link, exitX, entryX);
        } else {
            add(exit, link, exitX, column);
            add(entry, { ...link, labelWidth: 0 }, column, entryX);
        }
    }
    return segments;
}

interface Tops {
    readonly rows: readonly number[];
    /** Top of each channel. */
    readonly channels: readonly number[];
    readonly height: number;
}

function rowTops(rows: readonly (readonly RowItem[])[], tracks: readonly number[], gap: number): Tops {
    const channels: number[] = [];
    const tops: number[] = [];
    let y = 0;
    rows.forEach((items, row) => {
        channels.push(row === 0 ? y - gap / 2 : y);
        const lines = tracks[row] ?? 0;
        y += (row === 0 ? (lines === 0 ? 0 : gap / 2) : gap) + lines;
        tops.push(y);
        y += Math.max(0, ...items.map((item) => item.height));
    });
    channels.push(y);
    const last = tracks[rows.length] ?? 0;
    return { rows: tops, channels, height: y + (last === 0 ? 0 : gap / 2 + last + GRID) };
}

function boxesOf(
    rows: readonly (readonly RowItem[])[],
    slots: ReadonlyMap<string, Slot>,
    tops: Tops,
): Map<string, Box> {
    return new Map(
        [...slots.values()].map(({ item, row, x }) => {
            const rowHeight = Math.max(...(rows[row] ?? []).map(({ height }) => height));
            const height = item.hanging === true ? item.height : rowHeight;
            return [item.id, { x, y: tops.rows[row] ?? 0, width: item.width, height }] as const;
        }),
    );
}

function sideRoutes(
    side: readonly RowLink[],
    slots: ReadonlyMap<string, Slot>,
    boxes: ReadonlyMap<string, Box>,
): [string, Route][] {
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

function channelRoute(path: Path, boxes: ReadonlyMap<string, Box>, trackY: readonly ((id: string) => number)[]): Route {
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
