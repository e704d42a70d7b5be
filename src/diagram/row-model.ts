/** What the layout in rows takes and gives. */
import type { Box, Point, Size } from './geometry.js';

export interface RowItem extends Size {
    readonly id: string;
    /** Keeps its own height and hangs from the top of its row; others are as high as the row. */
    readonly hanging?: boolean;
    /** Stands above the box of another row, so far right of its left edge, whatever else stands in its own row. */
    readonly above?: { readonly id: string; readonly offset: number };
}

/** More words than so many pixels of them never stand on a line between neighbours. */
export const SIDE_WORDS = 56;

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

/** A box that has its place in a row, not yet its height on the page. */
export interface Slot {
    readonly row: number;
    readonly column: number;
    readonly x: number;
    readonly item: RowItem;
}

export function middle(slot: Slot): number {
    return slot.x + slot.item.width / 2;
}
