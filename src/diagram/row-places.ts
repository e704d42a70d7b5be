/** Where boxes stand: along their row, and the rows one below the other. */
import { inOrder } from './channels.js';
import { GRID, onGrid, type Box } from './geometry.js';
import { middle, SIDE_WORDS, type RowItem, type RowLink, type Slot } from './row-model.js';

/** For the words on a line and its arrow. */
const SIDE_ROOM = onGrid(SIDE_WORDS + 2 * GRID + 3 * GRID);

/** Left to right, each row centred under the widest. */
export function placeAlong(
    rows: readonly (readonly RowItem[])[],
    side: readonly RowLink[],
    gap: number,
): Map<string, Slot> {
    // Wherever lines run from side to side, all gaps are as wide: none moves anything when it is drawn or has other words.
    const room = side.length === 0 ? gap : Math.max(gap, SIDE_ROOM);
    const placed = rows.map((items, row) => {
        let x = 0;
        const slots = items.map((item, column): Slot => {
            const before = items[column - 1];
            x += before === undefined ? 0 : before.width + room;
            return { row, column, x, item };
        });
        const last = slots.at(-1);
        return { slots, width: last === undefined ? 0 : last.x + last.item.width };
    });
    const widest = Math.max(0, ...placed.map(({ width }) => width));
    const centred = new Map(
        placed.flatMap(({ slots, width }) => {
            const indent = onGrid((widest - width) / 2 - GRID + 1);
            return slots.map((slot) => [slot.item.id, { ...slot, x: slot.x + indent }] as const);
        }),
    );
    return new Map([...centred].map(([id, slot]) => [id, { ...slot, x: placeAbove(slot, centred) }]));
}

function placeAbove({ x, item: { above } }: Slot, slots: ReadonlyMap<string, Slot>): number {
    const under = slots.get(above?.id ?? '');
    return above === undefined || under === undefined ? x : under.x + above.offset;
}

/** Moves boxes, from the lowest row up, above what they lead to, as far as their order and the outline allow. What stands above a box already stays. */
export function pulled(
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
        if (own.some(({ item }) => item.above) || below.every((targets) => targets.length === 0)) {
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

interface Tops {
    readonly rows: readonly number[];
    /** Top of each channel. */
    readonly channels: readonly number[];
    readonly height: number;
}

export function rowTops(rows: readonly (readonly RowItem[])[], tracks: readonly number[], gap: number): Tops {
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

export function boxesOf(
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
