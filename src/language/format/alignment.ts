import type { Gap } from './layout.js';
import type { Piece } from './pieces.js';

/** A line as it will be written. */
interface Line {
    readonly indent: number;
    readonly cells: readonly Cell[];
    /** Whether a comment is all there is. */
    readonly isComment: boolean;
    /** Whether nothing may be compared with the line in front of it. */
    readonly isCut: boolean;
}

interface Cell {
    /** Index of its piece; none for the mark that a setting gets. */
    readonly index?: number;
    readonly width: number;
    readonly isNumber: boolean;
    /** Which word of its line it is, or that it is a comment: only what has the same rank is aligned. */
    readonly rank: number | 'comment';
    /** Blanks in front of it; those of the first cell indent the line. */
    blanks: number;
    /** Blanks that remain where nothing above or below begins in the same column. */
    readonly least: number;
}

/**
 * Decides which runs of blanks align something: those behind which a piece begins, or a number ends, in the column where its
 * counterpart in the line above or below does as well. The others are taken back, which may take the ground from under their neighbours.
 *
 * @param gaps for each piece; undefined where the text stays as it is
 * @returns blanks in front of each piece
 */
export function alignColumns(pieces: readonly Piece[], gaps: readonly (Gap | undefined)[]): number[] {
    const lines = neighbours(readLines(pieces, gaps));
    const pending = new Set(lines.filter(({ line }) => line.cells.some(isWide)));
    for (const entry of pending) {
        pending.delete(entry);
        if (!narrow(entry)) continue;
        for (const other of entry.beside) if (other.line.cells.some(isWide)) pending.add(other);
    }
    const blanks = gaps.map((gap) => gap?.blanks ?? 0);
    for (const { line } of lines)
        for (const { index, blanks: kept } of line.cells) if (index !== undefined) blanks[index] = kept;
    return blanks;
}

/** Nobody aligns columns farther right; whoever generates such lines shall not wait for them. */
const MOST_CELLS = 200;

interface Entry {
    readonly line: Line;
    readonly beside: Entry[];
}

/** Takes back the first run of blanks that aligns nothing, and then the others; false if there is none. */
function narrow({ line, beside }: Entry): boolean {
    const others = new Set(beside.flatMap((other) => edgesOf(other.line)));
    let changed = false;
    let column = 0;
    line.cells.forEach((cell, position) => {
        const end = column + cell.blanks + cell.width;
        if (position > 0 && isWide(cell) && !edges(cell, end).some((edge) => others.has(edge))) {
            column += cell.least + cell.width;
            cell.blanks = cell.least;
            changed = true;
        } else column = end;
    });
    return changed;
}

function edgesOf({ cells }: Line): string[] {
    let column = 0;
    return cells.flatMap((cell) => {
        column += cell.blanks + cell.width;
        return edges(cell, column);
    });
}

/** Where a cell begins and, for a number, where it ends, in a form that can be compared. */
function edges({ rank, blanks, width, isNumber }: Cell, end: number): string[] {
    if (blanks === 0) return [];
    const start = `${rank} from ${end - width}`;
    return isNumber ? [start, `${rank} to ${end}`] : [start];
}

function isWide(cell: Cell): boolean {
    return cell.blanks > cell.least;
}

function readLines(pieces: readonly Piece[], gaps: readonly (Gap | undefined)[]): Line[] {
    const lines: Line[] = [];
    let cells: Cell[] = [];
    let words = 0;
    let broken = true;
    const add = (cell: Omit<Cell, 'rank'>, isComment: boolean): void => {
        if (broken) return;
        if (cell.blanks > 0) words++;
        cells.push({ ...cell, rank: isComment ? 'comment' : words });
        if (cells.length === MOST_CELLS) broken = true;
    };
    pieces.forEach(({ kind, image }, index) => {
        const gap = gaps[index];
        if (gap?.mark) add({ width: 1, isNumber: false, blanks: 1, least: 1 }, false);
        if (!gap || gap.newlines > 0 || index === 0) {
            cells = [];
            words = 0;
            broken = !gap;
        }
        if (!gap) return;
        const isComment = kind !== 'token';
        if (cells.length === 0 && !broken) {
            lines.push({ indent: gap.blanks, cells, isComment, isCut: gap.newlines > 1 || !gaps[index - 1] });
        }
        const isNumber = !isComment && /^-?[0-9]/.test(image);
        add({ index, width: image.length, isNumber, blanks: gap.aligned ?? gap.blanks, least: gap.blanks }, isComment);
        // Behind a comment of several lines there is no column to speak of.
        if (image.includes('\n')) broken = true;
    });
    return lines;
}

/** Links each line with those above and below, looking over lines of comments but not over empty lines. */
function neighbours(lines: readonly Line[]): Entry[] {
    let above: Entry | undefined;
    return lines.map((line) => {
        const entry: Entry = { line, beside: [] };
        if (line.isCut) above = undefined;
        if (line.isComment) return entry;
        if (above && above.line.indent === line.indent) {
            above.beside.push(entry);
            entry.beside.push(above);
        }
        above = entry;
        return entry;
    });
}
