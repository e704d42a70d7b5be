/** The size of a node's card, from what stands on it. */
import type { DrawnCopy, DrawnNode } from './drawing.js';
import { GRID, onGrid, TYPE, type Size } from './geometry.js';
import { nameWidth, textWidth } from './text.js';

export const CARD = {
    minimumWidth: 136,
    maximumWidth: 200,
    padding: 12,
    /** From the top edge to the baseline of the name. */
    nameBaseline: 21,
    header: 32,
    rolesHeight: 16,
    rowHeight: 24,
    pillHeight: 16,
    pillPadding: 8,
    /** Room for what stands beside a copy in a run. */
    mark: 8,
    bottom: 8,
    /** Room for the diamond of a node that takes part in control, in front of its name. */
    control: 16,
    /** More copies than this are counted in the last row. */
    maximumRows: 8,
} as const;

export interface CardRows {
    readonly shown: readonly DrawnCopy[];
    readonly hidden: readonly DrawnCopy[];
}

export function cardRows(node: DrawnNode): CardRows {
    const all = node.copies;
    const fit = all.length <= CARD.maximumRows ? all.length : CARD.maximumRows - 1;
    return { shown: all.slice(0, fit), hidden: all.slice(fit) };
}

/** Letters are set apart a little: see {@link rolesText}. */
export const ROLE_SPACING = 0.5;

export function rolesText(node: DrawnNode): string {
    return node.roles.join(' · ').toUpperCase();
}

export interface CardSize extends Size {
    /** So wide that no role is shortened: they are few words, and the same on many cards. */
    readonly leastWidth: number;
}

export function cardSize(node: DrawnNode): CardSize {
    const roles = rolesText(node);
    const { shown, hidden } = cardRows(node);
    const widest = Math.max(
        nameWidth(node.label) + (node.controls ? CARD.control : 0),
        ...shown.map((copy) => textWidth(copy.label, TYPE.detail) + 2 * CARD.pillPadding),
    );
    const rows = shown.length + (hidden.length === 0 ? 0 : 1);
    const leastWidth = cardWidth(textWidth(roles, TYPE.caption) + roles.length * ROLE_SPACING);
    return {
        width: Math.max(leastWidth, cardWidth(widest)),
        leastWidth,
        height:
            CARD.header +
            (roles === '' ? 0 : CARD.rolesHeight) +
            (rows === 0 ? 0 : rows * CARD.rowHeight + CARD.bottom),
    };
}

/** For words of a width. */
function cardWidth(words: number): number {
    return Math.min(CARD.maximumWidth, Math.max(CARD.minimumWidth, onGrid(words + 2 * CARD.padding + 2 * GRID)));
}
