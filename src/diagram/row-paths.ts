/** Which way links take: through which channels and gaps, from which place on which side. */
import { freeColumn, portsAlong, type Segment } from './channels.js';
import { GRID } from './geometry.js';
import { middle, type RowLink, type RowOptions, type Slot } from './row-model.js';

/** Between ends of lines on one side of a box. */
const PORT_PITCH = 2 * GRID;

export interface Path {
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

export function pathsOf(
    links: readonly RowLink[],
    slots: ReadonlyMap<string, Slot>,
    loops: RowOptions['loops'],
): Path[] {
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

/** Ends on the same side of a box keep apart, in the order of what they lead to. */
export function setPorts(paths: readonly Path[]): void {
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
export function setColumns(
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

export function segmentsOf(paths: readonly Path[], rowCount: number): Segment[][] {
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
